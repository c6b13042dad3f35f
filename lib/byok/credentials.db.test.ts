import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { getPool } from "@/lib/db/connection";
import { setEnv } from "@/lib/env";
import { newUuid } from "@/lib/id";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import {
  createCredential,
  openCredential,
  removeCredential,
  renderCredential,
  requireCredential,
  updateCredential,
} from "./credentials";
import { parseEncryptionKeys } from "./encryption-keys";
import { rotateSecrets } from "./rotate-secrets";
import { selectCredentials, selectUsableCredentials } from "./store";

const SECRET = "sk-a-secret-of-nobody-4321";
const newKey = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const FIRST_KEY = newKey("k1");

const database = connectTestDatabase();
let ada: { accountId: string; userId: null };
let bob: typeof ada;

beforeAll(async () => {
  setEnv({ ENCRYPTION_KEYS: FIRST_KEY });
});

beforeEach(async () => {
  [ada, bob] = [await newAccount(), await newAccount()];
});

async function newAccount() {
  const accountId = newUuid();
  await getPool().query(`INSERT INTO "Account" ("id", "name") VALUES ($1, 'Ada')`, [accountId]);
  return { accountId, userId: null };
}

const add = (name: string, given = {}) => createCredential(ada, { provider: "groq", key: SECRET, name, ...given });

async function order(provider = "groq"): Promise<(string | null)[]> {
  const { rows } = await selectCredentials(ada.accountId, { provider, offset: 0, limit: 100 });
  expect(rows.map(({ sortOrder }) => sortOrder)).toEqual(rows.map((_, index) => index));
  return rows.map(({ name }) => name);
}

test("a secret is stored encrypted, opens again, and is in nothing else that is written or shown", async () => {
  const row = await add("Mine");
  expect(openCredential(row)).toBe(SECRET);
  expect(renderCredential(row)).toMatchObject({ label: "…4321", name: "Mine", allowed_models: null, sort_order: 0 });
  const { rows } = await getPool().query(
    `SELECT c::text AS stored FROM "ProviderCredential" c UNION SELECT a::text FROM "AuditEvent" a`,
  );
  expect(rows.length).toBeGreaterThan(1);
  expect(JSON.stringify(rows)).not.toContain(SECRET);
  expect(() => openCredential({ ...row, accountId: bob.accountId })).toThrow();
});

test("a change names what it changes, and a new key replaces the old one", async () => {
  const { id } = await add("Mine", { allowed_models: ["a/b"], is_required: true });
  const renamed = await updateCredential(ada, id, { name: "Ours" });
  expect(renamed).toMatchObject({ name: "Ours", allowedModels: ["a/b"], isRequired: true });
  expect(openCredential(renamed)).toBe(SECRET);
  const replaced = await updateCredential(ada, id, { key: "sk-another-one-8765", allowed_models: null });
  expect(openCredential(replaced)).toBe("sk-another-one-8765");
  expect(replaced).toMatchObject({ label: "…8765", allowedModels: [], name: "Ours" });
});

test("is found, changed and deleted by its own account only", async () => {
  const { id } = await add("Mine");
  for (const attempt of [
    () => requireCredential(bob.accountId, id),
    () => requireCredential(ada.accountId, "not-an-id"),
    () => updateCredential(bob, id, { disabled: true }),
    () => removeCredential(bob, id),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "not_found", message: "Provider key not found" });
  }
  expect(await selectUsableCredentials(bob.accountId)).toEqual([]);
  await removeCredential(ada, id);
  await expect(requireCredential(ada.accountId, id)).rejects.toMatchObject({ code: "not_found" });
});

test("the order within a provider has no gaps, whoever comes, moves and goes at the same time", async () => {
  await Promise.all(["a", "b", "c", "d"].map((name) => add(name)));
  await add("elsewhere", { provider: "openai" });
  const { rows } = await selectCredentials(ada.accountId, { provider: "groq", offset: 0, limit: 100 });
  const idOf = (name: string) => rows.find((row) => row.name === name)?.id ?? "";
  for (const [place, name] of ["a", "b", "c", "d"].entries()) {
    await updateCredential(ada, idOf(name), { sort_order: place });
  }
  expect(await order()).toEqual(["a", "b", "c", "d"]);
  await updateCredential(ada, idOf("d"), { sort_order: 1 });
  expect(await order()).toEqual(["a", "d", "b", "c"]);
  await add("new", { sort_order: 0 });
  expect(await order()).toEqual(["new", "a", "d", "b", "c"]);
  await Promise.all([
    removeCredential(ada, idOf("a")),
    updateCredential(ada, idOf("c"), { sort_order: 0 }),
    updateCredential(ada, idOf("b"), { sort_order: 99 }),
  ]);
  expect((await order()).sort()).toEqual(["b", "c", "d", "new"]);
  expect(await order("openai")).toEqual(["elsewhere"]);
});

test("every change is told to all processes, and what is only counted is not", async () => {
  const heard: string[] = [];
  const listener = new Client({ connectionString: database.url });
  await listener.connect();
  listener.on("notification", ({ payload }) => heard.push(payload ?? ""));
  await listener.query("LISTEN signalbox");
  try {
    const expected = `credentials:${ada.accountId}`;
    const { id } = await add("Mine");
    await updateCredential(ada, id, { disabled: true });
    await getPool().query(`UPDATE "ProviderCredential" SET "requests" = 7, "lastUsedAt" = now() WHERE "id" = $1`, [id]);
    await removeCredential(ada, id);
    await expect.poll(() => heard.length).toBe(3);
    expect(heard).toEqual([expected, expected, expected]);
  } finally {
    await listener.end();
  }
});

test("a rotation encrypts anew what it can open, and says what it cannot", async () => {
  const rows = [await add("One"), await add("Two")];
  const lost = await add("Lost");
  await getPool().query(`UPDATE "ProviderCredential" SET "encryptionKeyId" = 'gone' WHERE "id" = $1`, [lost.id]);
  const keys = parseEncryptionKeys(`${newKey("k2")},${FIRST_KEY}`);

  const { unreadable } = await rotateSecrets(keys);
  expect(unreadable).toEqual([lost.id]);
  const after = await selectUsableCredentials(ada.accountId);
  expect(after.map(({ encryptionKeyId }) => encryptionKeyId)).toEqual(["k2", "k2", "gone"]);
  expect(after.map(({ secret }) => secret)).not.toContain(rows[0]?.secret);
  expect(await rotateSecrets(keys)).toEqual({ rotated: 0, unreadable: [lost.id] });
});
