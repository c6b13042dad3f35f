import { Client } from "pg";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { watchNotifications } from "@/lib/notified-cache";
import { connectGatedDatabase } from "@/lib/testing/connect-gated-database";
import { runSql } from "@/lib/testing/run-sql";
import { findCachedKey, forgetCachedKey, forgetCachedKeys } from "./caller-cache";
import { createUser } from "./users";

const HASH = "hash-of-a-key";
const NOW_MS = Date.now();

const database = connectGatedDatabase();
let fresh = true;

beforeAll(async () => {
  const { accountId } = await createUser({ name: "Ada", email: "ada@example.com", password: "password of ada" });
  await sql(`insert into "ApiKey" ("hash", "accountId", "name", "label", "kind")
             values ('${HASH}', '${accountId}', 'Key', 'sk…', 'inference')`);
  watchNotifications(() => fresh);
});

beforeEach(async () => {
  fresh = true;
  forgetCachedKeys();
  await setDisabled(false);
});

test("a key is read once, and remembered until it is forgotten", async () => {
  expect(await findCachedKey(HASH, NOW_MS)).toMatchObject({ key: { hash: HASH } });
  await setDisabled(true);
  expect(await findCachedKey(HASH, NOW_MS + 1_000)).not.toBeNull();
  forgetCachedKey(HASH);
  expect(await findCachedKey(HASH, NOW_MS + 1_000)).toBeNull();
});

test("even a key that nobody said anything about is read again after a minute", async () => {
  await findCachedKey(HASH, NOW_MS);
  await setDisabled(true);
  expect(await findCachedKey(HASH, NOW_MS + 60_001)).toBeNull();
});

test("what was read before a change is not remembered after it", async () => {
  // The query is held up while the change is made and its notification comes.
  const locker = new Client({ connectionString: database.url });
  await locker.connect();
  await locker.query('begin; lock table "ApiKey" in access exclusive mode');
  const reading = findCachedKey(HASH, NOW_MS);
  await expect.poll(waitingQueries).toBe(1);
  forgetCachedKey(HASH);
  await locker.query("commit");
  await locker.end();
  expect(await reading).not.toBeNull();
  await setDisabled(true);
  expect(await findCachedKey(HASH, NOW_MS)).toBeNull();
});

test("while changes do not reach us nothing that is remembered is trusted", async () => {
  await findCachedKey(HASH, NOW_MS);
  await setDisabled(true);
  fresh = false;
  expect(await findCachedKey(HASH, NOW_MS)).toBeNull();
});

test("a database that is away makes keys unavailable, and not invalid", async () => {
  await database.gate.close();
  for (const hash of [HASH, "unknown"]) {
    await expect(findCachedKey(hash, NOW_MS)).rejects.toMatchObject({ code: "unavailable", retryAfterSeconds: 5 });
  }
  await database.gate.open();
  expect(await findCachedKey(HASH, NOW_MS)).not.toBeNull();
});

async function waitingQueries(): Promise<number> {
  const [row] = await sql(`select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`);
  return Number(row?.count);
}

function setDisabled(disabled: boolean): Promise<unknown> {
  return sql(`update "ApiKey" set "disabled" = ${disabled} where "hash" = '${HASH}'`);
}

function sql(statement: string): Promise<Record<string, unknown>[]> {
  return runSql(database.url, statement);
}
