import { Client } from "pg";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { createUser } from "@/lib/identity/users";
import { watchNotifications } from "@/lib/notified-cache";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { connectGatedDatabase } from "@/lib/testing/connect-gated-database";
import { runSql } from "@/lib/testing/run-sql";
import { findPresets, forgetCachedPreset } from "./find-presets";
import { savePreset } from "./save-preset";
import { patchPreset, removePreset } from "./store";

const NOW_MS = Date.now();

const database = connectGatedDatabase();
let ada: string;
let bob: string;

beforeAll(async () => {
  ada = (await createUser({ name: "Ada", email: "ada@example.com", password: "password of ada" })).accountId;
  bob = (await createUser({ name: "Bob", email: "bob@example.com", password: "password of bob" })).accountId;
  watchNotifications(() => true);
});

beforeEach(async () => {
  forgetCachedPreset();
  await runSql(database.url, `delete from "Preset"`);
  await save(ada, 1);
});

function save(accountId: string, seed: number, slug = "writer") {
  const content = { systemPrompt: null, config: { seed } };
  return savePreset({ accountId, slug, creatorUserId: null }, content, new Date());
}

function find(accountId: string, fields: Partial<ChatRequest>) {
  return findPresets({ messages: [{ role: "user", content: "hi" }], ...fields }, accountId, NOW_MS);
}

const seedOf = async (accountId: string) => (await find(accountId, { preset: "writer" })).get("writer")?.config.seed;

test("every preset that a request names is found", async () => {
  await save(ada, 2, "second");
  const presets = await find(ada, { model: "openai/gpt-4o@preset/second", models: ["@preset/writer"] });
  expect([...presets].map(([slug, { config }]) => [slug, config.seed])).toEqual([
    ["second", 2],
    ["writer", 1],
  ]);
});

test("a request without a preset asks for nothing, nor does a preset that is known", async () => {
  await find(ada, { preset: "writer" });
  await database.gate.close();
  expect([...(await find(ada, { model: "openai/gpt-4o", models: ["a/b"] }))]).toEqual([]);
  expect(await seedOf(ada)).toBe(1);
  await expect(find(ada, { preset: "other" })).rejects.toMatchObject({ code: "unavailable" });
  await database.gate.open();
});

test("unknown, foreign, impossible and deleted presets are refused alike", async () => {
  await save(ada, 2, "doomed");
  await find(ada, { preset: "doomed" });
  await removePreset(ada, "doomed");
  forgetCachedPreset(`${ada}:doomed`);

  const refusals: [string, string][] = [
    [ada, "nothing"],
    [bob, "writer"],
    [ada, "doomed"],
    [ada, "a\0b"],
    [ada, "Writer"],
    [ada, "../writer"],
    [ada, ""],
  ];
  for (const [accountId, slug] of refusals) {
    await expect(find(accountId, { model: `@preset/${slug}` })).rejects.toMatchObject({
      code: "not_found",
      message: `Preset "${slug}" not found`,
    });
  }
});

test.each(["disabled", "archived"] as const)("a preset that is %s is not used, and it is said why", async (status) => {
  await patchPreset(ada, "writer", { status }, new Date());
  await expect(seedOf(ada)).rejects.toMatchObject({ code: "not_found", message: `Preset "writer" is ${status}` });
});

test("every change is told to all processes, under the name that the cache knows", async () => {
  const listener = new Client({ connectionString: database.url });
  await listener.connect();
  await listener.query("listen signalbox");
  const payloads: string[] = [];
  listener.on("notification", ({ payload }) => payloads.push(payload ?? ""));
  const name = `preset:${ada}:writer`;

  expect(await seedOf(ada)).toBe(1);
  await save(ada, 2);
  await expect.poll(() => payloads).toEqual([name]);
  expect(await seedOf(ada)).toBe(1);
  forgetCachedPreset(name.slice("preset:".length));
  expect(await seedOf(ada)).toBe(2);

  await patchPreset(ada, "writer", { slug: "author" }, new Date());
  await expect.poll(() => payloads).toEqual([name, name, `preset:${ada}:author`]);
  await removePreset(ada, "author");
  await save(bob, 3);
  await expect.poll(() => payloads.slice(3)).toEqual([`preset:${ada}:author`, `preset:${bob}:writer`]);
  await listener.end();
});
