import { Client } from "pg";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { watchNotifications } from "@/lib/notified-cache";
import { type AccountSettings, DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import { runSql } from "@/lib/testing/run-sql";
import { findCachedKey, forgetCachedKeys } from "../caller-cache";
import { findSessionCaller } from "../session-caller";
import { insertSession } from "../store";
import { createUser } from "../users";
import { patchSettings, selectSettings } from "./store";

const EVERYTHING: AccountSettings = {
  allowTrainingPaid: false,
  allowTrainingFree: false,
  zeroDataRetention: true,
  logContent: true,
  defaultModel: "openai/gpt-4o",
  defaultSort: "latency",
  allowedProviders: ["OpenAI", "azure/eu"],
  ignoredProviders: ['it\'s {odd}, "quoted"'],
  lockAllowedProviders: true,
  plugins: [{ id: "web", enabled: true, preventOverrides: true, config: { z: 1, a: { y: null, b: ["\0", 0.1] } } }],
};

const database = connectTestDatabase();
let ada: string;
let bob: string;

beforeAll(async () => {
  ada = (await createUser({ name: "Ada", email: "ada@example.com", password: "password of ada" })).accountId;
  bob = (await createUser({ name: "Bob", email: "bob@example.com", password: "password of bob" })).accountId;
  watchNotifications(() => true);
});

beforeEach(() => sql(`delete from "AccountSettings"`));

test("an account that never set anything has the defaults", async () => {
  expect(await selectSettings(ada)).toEqual(DEFAULT_ACCOUNT_SETTINGS);
});

test("everything is kept as it was given", async () => {
  expect(await patchSettings(ada, EVERYTHING, null)).toEqual(EVERYTHING);
  const kept = await selectSettings(ada);
  expect(kept).toEqual(EVERYTHING);
  // The order of keys too: a plugin's configuration may hold a JSON schema.
  expect(JSON.stringify(kept.plugins)).toBe(JSON.stringify(EVERYTHING.plugins));
});

test("a change touches what it names, in its own account", async () => {
  await patchSettings(ada, EVERYTHING, null);
  await patchSettings(ada, { defaultSort: null, ignoredProviders: [] }, null);

  expect(await selectSettings(ada)).toEqual({ ...EVERYTHING, defaultSort: null, ignoredProviders: [] });
  expect(await selectSettings(bob)).toEqual(DEFAULT_ACCOUNT_SETTINGS);
});

test("changes at the same time do not undo each other", async () => {
  const patches: Partial<AccountSettings>[] = [
    { allowTrainingPaid: false },
    { zeroDataRetention: true },
    { defaultModel: "openai/gpt-4o" },
    { allowedProviders: ["azure"] },
    { plugins: EVERYTHING.plugins },
  ];
  await Promise.all(patches.map((patch) => patchSettings(ada, patch, null)));
  expect(await selectSettings(ada)).toEqual(Object.assign({}, DEFAULT_ACCOUNT_SETTINGS, ...patches));
});

test("the audit log says who changed which, and not to what", async () => {
  await patchSettings(ada, { ignoredProviders: ["secret-provider"] }, "user_1");
  const events = await sql(`select "userId", "detail" from "AuditEvent" where "action" = 'settings.updated'
    and "accountId" = '${ada}' order by "id" desc limit 1`);
  expect(events).toEqual([{ userId: "user_1", detail: { changed: ["ignoredProviders"] } }]);
});

test("settings go with their account", async () => {
  const { accountId } = await createUser({ name: "Eve", email: "eve@example.com", password: "password of eve" });
  await patchSettings(accountId, EVERYTHING, null);
  await sql(`delete from "User" where "accountId" = '${accountId}'`);
  await sql(`delete from "Account" where "id" = '${accountId}'`);
  expect(await sql(`select 1 from "AccountSettings" where "accountId" = '${accountId}'`)).toEqual([]);
});

test("a caller carries the settings, asks for them once, and every process hears of a change", async () => {
  await sql(`insert into "ApiKey" ("hash", "accountId", "name", "label", "kind")
             values ('k1', '${ada}', 'Key', 'sk…', 'inference'), ('k2', '${bob}', 'Key', 'sk…', 'inference')`);
  const nowMs = Date.now();
  const settingsOf = async (hash: string) => (await findCachedKey(hash, nowMs))?.settings;
  expect([await settingsOf("k1"), await settingsOf("k2")]).toEqual([
    DEFAULT_ACCOUNT_SETTINGS,
    DEFAULT_ACCOUNT_SETTINGS,
  ]);

  const listener = new Client({ connectionString: database.url });
  await listener.connect();
  await listener.query("listen signalbox");
  const payloads: string[] = [];
  listener.on("notification", ({ payload }) => payloads.push(payload ?? ""));
  await patchSettings(ada, EVERYTHING, null);
  await patchSettings(ada, { zeroDataRetention: false }, null);
  await sql(`update "AccountSettings" set "zeroDataRetention" = true where "accountId" = '${bob}'`);
  await expect.poll(() => payloads).toEqual([`account:${ada}`, `account:${ada}`]);
  await listener.end();

  expect(await settingsOf("k1")).toEqual(DEFAULT_ACCOUNT_SETTINGS);
  await patchSettings(bob, { logContent: true }, null);
  forgetCachedKeys(ada);
  expect(await settingsOf("k1")).toEqual({ ...EVERYTHING, zeroDataRetention: false });
  expect(await settingsOf("k2")).toEqual(DEFAULT_ACCOUNT_SETTINGS);
});

test("a signed-in person's requests carry the settings of their account", async () => {
  const user = await createUser({ name: "Sue", email: "sue@example.com", password: "password of sue" });
  await patchSettings(user.accountId, EVERYTHING, null);
  const expiresAt = new Date(Date.now() + 60_000);
  const event = { accountId: user.accountId, userId: user.id, action: "session.opened" };
  await insertSession({ id: "session-1", userId: user.id, expiresAt, userAgent: null }, event);

  expect(await findSessionCaller("session-1", user.id, Date.now())).toMatchObject({ key: null, settings: EVERYTHING });
});

function sql(statement: string): Promise<Record<string, unknown>[]> {
  return runSql(database.url, statement);
}
