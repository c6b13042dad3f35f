import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createUser } from "@/lib/identity/users";
import type { PresetContent } from "@/lib/schemas/preset";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import { runSql } from "@/lib/testing/run-sql";
import { savePreset } from "./save-preset";
import {
  appendVersion,
  findUsablePreset,
  insertPreset,
  patchPreset,
  removePreset,
  selectPreset,
  selectPresets,
  selectVersion,
  selectVersions,
} from "./store";

const ALL = { offset: 0, limit: 100 };
const CONTENT: PresetContent = {
  systemPrompt: 'You are "it".',
  config: {
    model: "openai/gpt-4o",
    temperature: 0.1,
    // The order of properties is the order of the answer: it must not be changed.
    response_format: {
      type: "json_schema",
      json_schema: { name: "n", schema: { type: "object", properties: { z: {}, a: {}, m: { enum: ["\0", "é"] } } } },
    },
  },
};

const database = connectTestDatabase();
let ada: string;
let bob: string;

beforeAll(async () => {
  ada = (await createUser({ name: "Ada", email: "ada@example.com", password: "password of ada" })).accountId;
  bob = (await createUser({ name: "Bob", email: "bob@example.com", password: "password of bob" })).accountId;
});

beforeEach(() => sql(`delete from "Preset"`));

const owned = (accountId: string, slug = "writer") => ({ accountId, slug, creatorUserId: "user_1" });
const fresh = (accountId: string, slug = "writer") => ({ ...owned(accountId, slug), name: slug, description: null });
const versionOf = async (accountId: string, slug = "writer") => (await findUsablePreset(accountId, slug))?.version;
const save = (accountId: string, content: PresetContent) => savePreset(owned(accountId), content, new Date());

test("a preset is kept as it was given, down to the order of keys", async () => {
  await insertPreset(fresh(ada), CONTENT);

  const usable = await findUsablePreset(ada, "writer");
  expect(usable).toMatchObject({ slug: "writer", version: 1, status: "active", ...CONTENT });
  expect(JSON.stringify(usable?.config.response_format)).toBe(JSON.stringify(CONTENT.config.response_format));
  expect((await selectPreset(ada, "writer"))?.version).toMatchObject({
    version: 1,
    creatorUserId: "user_1",
    ...CONTENT,
  });
});

test("a NUL character, which the database does not take, is left out of a prompt", async () => {
  const saved = await insertPreset(fresh(ada), { systemPrompt: "a\0b", config: {} });
  expect(saved?.version.systemPrompt).toBe("ab");
});

describe("versions", () => {
  test("are numbered, never changed, and the latest is used", async () => {
    await save(ada, CONTENT);
    const second = { systemPrompt: null, config: { temperature: 2 } };
    const saved = await save(ada, second);

    expect(saved.version).toMatchObject({ version: 2, ...second });
    expect(await findUsablePreset(ada, "writer")).toMatchObject({ version: 2, ...second });
    const { versions, totalCount } = await selectVersions(saved.preset.id, ALL);
    expect([versions.map(({ version }) => version), totalCount]).toEqual([[1, 2], 2]);
    expect(await selectVersion(saved.preset.id, 1)).toMatchObject(CONTENT);
    expect(saved.preset.latestVersionId).toBe(versions[1]?.id);
  });

  test("made at the same time get a number each, also when the first makes the preset", async () => {
    const saved = await Promise.all(
      Array.from({ length: 8 }, (_, seed) => save(ada, { systemPrompt: null, config: { seed } })),
    );
    expect(saved.map(({ version }) => version.version).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(saved.map(({ preset }) => preset.id)).size).toBe(1);
    const last = saved.find(({ version }) => version.version === 8);
    expect((await findUsablePreset(ada, "writer"))?.config).toEqual(last?.version.config);
  });

  test("come in pages, with the count of all", async () => {
    for (const seed of [1, 2, 3]) await save(ada, { systemPrompt: null, config: { seed } });
    const id = (await selectPreset(ada, "writer"))?.preset.id ?? "";
    const { versions, totalCount } = await selectVersions(id, { offset: 1, limit: 1 });
    expect([versions.map(({ version }) => version), totalCount]).toEqual([[2], 3]);
    expect((await selectVersions(id, { offset: 3, limit: 1 })).versions).toEqual([]);
  });

  test("are not put on a preset that is put away, nor on one that is not there", async () => {
    await save(ada, CONTENT);
    await patchPreset(ada, "writer", { status: "archived" }, new Date());

    expect(await appendVersion(owned(ada), CONTENT, new Date())).toBeNull();
    await expect(save(ada, CONTENT)).rejects.toMatchObject({ code: "conflict" });
    expect(await appendVersion(owned(ada, "nothing"), CONTENT, new Date())).toBeNull();
    expect(await versionOf(ada)).toBe(1);
  });
});

test("of one slug an account has one preset, and another account its own", async () => {
  await insertPreset(fresh(ada), CONTENT);
  expect(await insertPreset(fresh(ada), CONTENT)).toBeNull();
  await insertPreset(fresh(bob), { systemPrompt: "Bob's", config: {} });

  expect(await findUsablePreset(ada, "writer")).toMatchObject(CONTENT);
  expect(await findUsablePreset(bob, "writer")).toMatchObject({ systemPrompt: "Bob's" });
});

test("what is another account's is not there", async () => {
  await insertPreset(fresh(ada), CONTENT);

  expect([await selectPreset(bob, "writer"), await findUsablePreset(bob, "writer")]).toEqual([null, null]);
  expect(await selectPresets(bob, ALL)).toEqual({ presets: [], totalCount: 0 });
  expect(await patchPreset(bob, "writer", { name: "Mine" }, new Date())).toBe("missing");
  expect(await appendVersion(owned(bob), CONTENT, new Date())).toBeNull();
  expect(await removePreset(bob, "writer")).toBe(false);
  expect(await selectPreset(ada, "writer")).toMatchObject({ preset: { name: "writer" } });
});

test("lists begin with what changed last", async () => {
  for (const slug of ["a", "b", "c"]) await insertPreset(fresh(ada, slug), CONTENT);
  await appendVersion(owned(ada, "a"), CONTENT, new Date(Date.now() + 1_000));
  await patchPreset(ada, "b", { name: "B" }, new Date(Date.now() + 2_000));

  const { presets, totalCount } = await selectPresets(ada, { offset: 0, limit: 2 });
  expect([presets.map(({ slug }) => slug), totalCount]).toEqual([["b", "a"], 3]);
});

test("a change touches what it names; a slug that is taken stays where it is", async () => {
  await insertPreset({ ...fresh(ada), description: "Writes" }, CONTENT);
  await insertPreset(fresh(ada, "other"), CONTENT);
  const now = new Date("2030-01-01T00:00:00Z");

  expect(await patchPreset(ada, "writer", { slug: "other" }, now)).toBe("taken");
  expect(await patchPreset(ada, "writer", { slug: "author", status: "disabled" }, now)).toBe("changed");
  expect(await selectPreset(ada, "writer")).toBeNull();
  expect((await selectPreset(ada, "author"))?.preset).toMatchObject({
    name: "writer",
    description: "Writes",
    status: "disabled",
    statusUpdatedAt: now,
    updatedAt: now,
  });
});

test("a preset goes with its versions, and with its account", async () => {
  const left = () => sql(`select 1 from "PresetVersion"`);
  await insertPreset(fresh(ada), CONTENT);
  expect(await removePreset(ada, "writer")).toBe(true);
  expect([await removePreset(ada, "writer"), await left()]).toEqual([false, []]);

  const { accountId } = await createUser({ name: "Eve", email: "eve@example.com", password: "password of eve" });
  await insertPreset(fresh(accountId), CONTENT);
  await sql(`delete from "User" where "accountId" = '${accountId}'`);
  await sql(`delete from "Account" where "id" = '${accountId}'`);
  expect(await left()).toEqual([]);
});

function sql(statement: string): Promise<Record<string, unknown>[]> {
  return runSql(database.url, statement);
}
