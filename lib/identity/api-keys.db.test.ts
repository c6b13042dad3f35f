import { beforeAll, describe, expect, test } from "vitest";
import { getPool } from "@/lib/db/connection";
import { hashOf, newApiKey } from "@/lib/id";
import { DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import { createApiKey, deleteApiKey, findApiKey, listApiKeys, updateApiKey } from "./api-keys";
import { ensureStarterKey } from "./bootstrap";
import { DEFAULT_KEY_SETTINGS } from "./key-settings";
import { findKeyForCaller } from "./store";
import { createUser } from "./users";

const USD = 1_000_000_000n;

connectTestDatabase();
let accountId: string;
let otherAccountId: string;
let userId: string;

beforeAll(async () => {
  const ada = await createUser({ name: "Ada", email: "ada@example.com", password: "password of ada" });
  const bob = await createUser({ name: "Bob", email: "bob@example.com", password: "password of bob" });
  [accountId, userId, otherAccountId] = [ada.accountId, ada.id, bob.accountId];
});

function create(settings: Partial<Parameters<typeof createApiKey>[0]> = {}) {
  return createApiKey({ accountId, userId, kind: "inference", name: "Key", ...DEFAULT_KEY_SETTINGS, ...settings });
}

async function rowsOf(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return (await getPool().query(sql, values)).rows;
}

describe("a new key", () => {
  test("is shown once, and only its hash is stored", async () => {
    const { key, record } = await create({
      name: "Customer",
      limitNanoUsd: 25n * USD,
      limitReset: "monthly",
      includeByokInLimit: true,
      expiresAt: new Date("2099-01-01T00:00:00Z"),
    });

    expect(key).toMatch(/^sk-or-v1-[0-9a-f]{64}$/);
    expect(record).toEqual({
      hash: hashOf(key),
      name: "Customer",
      label: `${key.slice(0, 12)}...${key.slice(-3)}`,
      disabled: false,
      limit: 25,
      limit_remaining: 25,
      limit_reset: "monthly",
      include_byok_in_limit: true,
      usage: 0,
      usage_daily: 0,
      usage_weekly: 0,
      usage_monthly: 0,
      byok_usage: 0,
      byok_usage_daily: 0,
      byok_usage_weekly: 0,
      byok_usage_monthly: 0,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/),
      updated_at: null,
      last_used_at: null,
      expires_at: "2099-01-01T00:00:00.000+00:00",
      creator_user_id: userId,
      external_user: null,
      workspace_id: accountId,
    });
    expect(await findApiKey(accountId, record.hash)).toEqual(record);

    const stored = await rowsOf(`SELECT row_to_json(k)::text AS text FROM "ApiKey" k UNION ALL
                                 SELECT row_to_json(e)::text FROM "AuditEvent" e`);
    expect(JSON.stringify(stored)).not.toContain(key.slice(9));
  });
});

describe("usage", () => {
  test("of past days does not count for today, and the rest of the limit follows its period", async () => {
    const { record } = await create({ limitNanoUsd: 10n * USD, limitReset: "daily" });
    await getPool().query(
      `UPDATE "ApiKey" SET "usageNanoUsd" = 4000000000, "usageDailyNanoUsd" = 3000000000, "usageDate" = $2
       WHERE "hash" = $1`,
      [record.hash, new Date().toISOString().slice(0, 10)],
    );
    expect(await findApiKey(accountId, record.hash)).toMatchObject({ usage: 4, usage_daily: 3, limit_remaining: 7 });

    await getPool().query(`UPDATE "ApiKey" SET "usageDate" = '2020-01-01' WHERE "hash" = $1`, [record.hash]);
    expect(await findApiKey(accountId, record.hash)).toMatchObject({ usage: 4, usage_daily: 0, limit_remaining: 10 });
  });
});

describe("a change", () => {
  test("touches only what it names", async () => {
    const { record } = await create({ name: "Before", limitNanoUsd: 5n * USD, limitReset: "weekly" });

    expect(await updateApiKey(accountId, record.hash, { disabled: true })).toEqual({
      ...record,
      disabled: true,
      updated_at: expect.any(String),
    });
    expect(await updateApiKey(accountId, record.hash, { limitNanoUsd: null, name: "After" })).toMatchObject({
      name: "After",
      disabled: true,
      limit: null,
      limit_remaining: null,
      limit_reset: "weekly",
    });
  });

  test("of nothing changes nothing, not even the time of the last change", async () => {
    const { record } = await create();

    expect(await updateApiKey(accountId, record.hash, {})).toEqual(record);
  });
});

describe("a deleted key", () => {
  test("is gone, and deleting it again says that there was none", async () => {
    const { record } = await create();

    expect(await deleteApiKey(accountId, record.hash)).toBe(true);
    expect(await deleteApiKey(accountId, record.hash)).toBe(false);
    expect(await findApiKey(accountId, record.hash)).toBeNull();
    expect(await updateApiKey(accountId, record.hash, { disabled: false })).toBeNull();
  });

  test("deleted by several at once was deleted by one", async () => {
    const { record } = await create();
    const results = await Promise.all([1, 2, 3, 4].map(() => deleteApiKey(accountId, record.hash)));

    expect(results.filter(Boolean)).toHaveLength(1);
  });
});

describe("another account's key", () => {
  test("is to be seen, changed and deleted as little as one that does not exist", async () => {
    const { record } = await create();

    expect(await findApiKey(otherAccountId, record.hash)).toBeNull();
    expect(await updateApiKey(otherAccountId, record.hash, { disabled: true })).toBeNull();
    expect(await deleteApiKey(otherAccountId, record.hash)).toBe(false);
    expect(await findApiKey(accountId, record.hash)).toEqual(record);
  });
});

describe("the list", () => {
  test("has the newest first, in pages, by kind, without deleted ones, and disabled ones when asked for", async () => {
    const { accountId: listed } = await createUser({
      name: "Cid",
      email: "cid@example.com",
      password: "password of cid",
    });
    const made: string[] = [];
    for (const name of ["a", "b", "c", "d"]) made.push((await create({ accountId: listed, name })).record.hash);
    await create({ accountId: listed, name: "manager", kind: "provisioning" });
    await deleteApiKey(listed, made[1] ?? "");
    await updateApiKey(listed, made[2] ?? "", { disabled: true });
    const names = async (query: {
      kind?: "inference" | "provisioning";
      offset?: number;
      limit?: number;
      all?: boolean;
    }) => {
      const { all: includeDisabled = false, offset = 0, limit = 100, ...rest } = query;
      return (await listApiKeys({ accountId: listed, offset, limit, includeDisabled, ...rest })).map(
        ({ name }) => name,
      );
    };

    expect(await names({})).toEqual(["manager", "d", "a"]);
    expect(await names({ all: true })).toEqual(["manager", "d", "c", "a"]);
    expect(await names({ kind: "inference" })).toEqual(["d", "a"]);
    expect(await names({ kind: "provisioning" })).toEqual(["manager"]);
    expect(await names({ all: true, offset: 1, limit: 2 })).toEqual(["d", "c"]);
    expect(await names({ offset: 3 })).toEqual([]);
  });
});

describe("the audit log", () => {
  test("says who made, changed and deleted a key, and what was changed", async () => {
    const { record } = await create();
    await updateApiKey(accountId, record.hash, { disabled: true, limitNanoUsd: USD }, "user_other");
    await deleteApiKey(accountId, record.hash, "user_other");

    expect(
      await rowsOf(
        `SELECT "accountId", "userId", "action", "detail" FROM "AuditEvent" WHERE "target" = $1 ORDER BY "id"`,
        [record.hash],
      ),
    ).toEqual([
      { accountId, userId, action: "api_key.created", detail: { kind: "inference" } },
      { accountId, userId: "user_other", action: "api_key.updated", detail: { changed: ["disabled", "limitNanoUsd"] } },
      { accountId, userId: "user_other", action: "api_key.deleted", detail: null },
    ]);
  });

  test("does not note a change that did not happen", async () => {
    const { record } = await create();
    await updateApiKey(otherAccountId, record.hash, { disabled: true });

    expect(await rowsOf(`SELECT 1 FROM "AuditEvent" WHERE "target" = $1`, [record.hash])).toHaveLength(1);
  });
});

describe("authentication", () => {
  test("finds all it needs, of deleted and disabled keys too", async () => {
    const expiresAt = new Date("2099-01-01T00:00:00Z");
    const { record } = await create({
      kind: "provisioning",
      limitNanoUsd: 3n * USD,
      limitReset: "daily",
      includeByokInLimit: true,
      expiresAt,
    });
    const expected = {
      hash: record.hash,
      label: record.label,
      kind: "provisioning",
      accountId,
      creatorUserId: userId,
      disabled: false,
      deletedAt: null,
      expiresAt,
      limitNanoUsd: 3n * USD,
      limitReset: "daily",
      includeByokInLimit: true,
      settings: DEFAULT_ACCOUNT_SETTINGS,
    };
    expect(await findKeyForCaller(record.hash)).toEqual(expected);

    await updateApiKey(accountId, record.hash, { disabled: true });
    await deleteApiKey(accountId, record.hash);
    expect(await findKeyForCaller(record.hash)).toEqual({ ...expected, disabled: true, deletedAt: expect.any(Date) });
  });

  test("finds nothing for an unknown key, and a key without limits as such", async () => {
    const key = newApiKey();
    expect(await findKeyForCaller(hashOf(key))).toBeNull();

    await ensureStarterKey(key);
    expect(await findKeyForCaller(hashOf(key))).toMatchObject({
      limitNanoUsd: null,
      limitReset: null,
      expiresAt: null,
    });
  });
});
