import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getPool } from "@/lib/db/connection";
import { setEnv } from "@/lib/env";
import { hashOf, newApiKey } from "@/lib/id";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import { findApiKey } from "./api-keys";
import { ensureAdministrator, ensureStarterKey } from "./bootstrap";
import { createUser, findUser, findUserByCredentials, getUser } from "./users";

// Who is first is the question here, so each test has an installation of its own.
connectTestDatabase({ per: "test" });

const person = (name: string) => ({ name, email: `${name}@example.com`, password: `password of ${name}` });

async function rowsOf(sql: string): Promise<Record<string, unknown>[]> {
  return (await getPool().query(sql)).rows;
}

describe("signing up", () => {
  test("the first person is the administrator and the second is not", async () => {
    const first = await createUser(person("ada"));
    const second = await createUser(person("bob"));

    expect(first).toEqual({
      id: expect.stringMatching(/^user_[A-Za-z0-9]{27}$/),
      accountId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      email: "ada@example.com",
      name: "ada",
      isAdmin: true,
    });
    expect(second.isAdmin).toBe(false);
    expect(second.accountId).not.toBe(first.accountId);
    expect(await getUser(second.id)).toEqual(second);
  });

  test("of people who sign up at the same time exactly one is the administrator", async () => {
    const users = await Promise.all(["a", "b", "c", "d", "e", "f"].map((name) => createUser(person(name))));

    expect(users.filter(({ isAdmin }) => isAdmin)).toHaveLength(1);
    expect(new Set(users.map(({ accountId }) => accountId)).size).toBe(6);
  });

  test("an e-mail address has one account, however it is written", async () => {
    await createUser(person("ada"));

    await expect(createUser({ ...person("eve"), email: "ADA@Example.com" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await rowsOf(`SELECT "email" FROM "User"`)).toEqual([{ email: "ada@example.com" }]);
    expect(await rowsOf(`SELECT "name" FROM "Account"`)).toEqual([{ name: "ada" }]);
  });

  test("of two sign-ups with one address at the same time one is refused", async () => {
    const results = await Promise.allSettled([createUser(person("ada")), createUser(person("ada"))]);

    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  });

  test("neither the password nor the address is in the audit log", async () => {
    await createUser(person("ada"));

    const events = await rowsOf(`SELECT * FROM "AuditEvent"`);
    expect(events).toMatchObject([{ action: "user.created", detail: { isAdmin: true } }]);
    expect(JSON.stringify(events, (_, value) => (typeof value === "bigint" ? value.toString() : value))).not.toMatch(
      /example|password/,
    );
  });

  test("a user who does not exist is null to those who look and an error to those who rely on it", async () => {
    expect(await findUser("user_nobody")).toBeNull();
    await expect(getUser("user_nobody")).rejects.toThrow("user_nobody");
  });
});

describe.each(["closed", "invite"])("with SIGNUP=%s", (SIGNUP) => {
  beforeAll(() => setEnv({ SIGNUP }));
  afterAll(() => setEnv({ SIGNUP: "open" }));

  test("the first person can sign up, or nobody could ever", async () => {
    expect(await createUser(person("ada"))).toMatchObject({ isAdmin: true });
  });

  test("nobody else can, and nobody learns who has an account", async () => {
    await createUser(person("ada"));

    await expect(createUser(person("bob"))).rejects.toMatchObject({ code: "forbidden" });
    await expect(createUser(person("ada"))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("of people who sign up at the same time one gets in", async () => {
    const results = await Promise.allSettled(["a", "b", "c"].map((name) => createUser(person(name))));

    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("the administrator of the configuration is created all the same", async () => {
    await createUser(person("ada"));

    await ensureAdministrator(person("root"));

    expect(await findUserByCredentials("root@example.com", "password of root")).toMatchObject({ isAdmin: true });
  });
});

describe("credentials", () => {
  test.each([
    { name: "the right password", email: "ada@example.com", password: "password of ada", found: true },
    { name: "the address in capitals", email: " ADA@EXAMPLE.COM ", password: "password of ada", found: true },
    { name: "a wrong password", email: "ada@example.com", password: "password of bob", found: false },
    { name: "an unknown address", email: "eve@example.com", password: "password of ada", found: false },
  ])("$name", async ({ email, password, found }) => {
    const user = await createUser(person("ada"));

    expect(await findUserByCredentials(email, password)).toEqual(found ? user : null);
  });
});

describe("the starter key", () => {
  test("waits on an account that the first person to sign up takes over", async () => {
    const key = newApiKey();
    const { accountId } = await ensureStarterKey(key);
    const ada = await createUser(person("ada"));
    const bob = await createUser(person("bob"));

    expect(ada).toMatchObject({ accountId, isAdmin: true });
    expect(bob.accountId).not.toBe(accountId);
    expect(await rowsOf(`SELECT "name" FROM "Account" ORDER BY "createdAt"`)).toEqual([
      { name: "ada" },
      { name: "bob" },
    ]);
    expect(await findApiKey(accountId, hashOf(key))).toMatchObject({ name: "Starter key", limit: null });
  });

  test("is put on the first administrator's account where there is one", async () => {
    const ada = await createUser(person("ada"));
    await ensureAdministrator(person("root"));

    expect(await ensureStarterKey(newApiKey())).toEqual({ accountId: ada.accountId });
  });

  test("is made once by any number of instances that start together", async () => {
    const key = newApiKey();
    const results = await Promise.all([1, 2, 3, 4].map(() => ensureStarterKey(key)));

    expect(new Set(results.map(({ accountId }) => accountId)).size).toBe(1);
    expect(await rowsOf(`SELECT count(*)::int AS n FROM "ApiKey"`)).toEqual([{ n: 1 }]);
    expect(await rowsOf(`SELECT count(*)::int AS n FROM "AuditEvent"`)).toEqual([{ n: 1 }]);
  });

  test("stays where it is when people sign up later", async () => {
    const key = newApiKey();
    const before = await ensureStarterKey(key);
    await createUser(person("ada"));

    expect(await ensureStarterKey(key)).toEqual(before);
  });

  test("stays deleted", async () => {
    const key = newApiKey();
    const { accountId } = await ensureStarterKey(key);
    await getPool().query(`UPDATE "ApiKey" SET "deletedAt" = now()`);
    await ensureStarterKey(key);

    expect(await findApiKey(accountId, hashOf(key))).toBeNull();
  });
});

describe("the administrator of the configuration", () => {
  test("is created once, with their key, however many instances start together", async () => {
    const provisioningKey = newApiKey();
    const results = await Promise.all([1, 2, 3].map(() => ensureAdministrator({ ...person("root"), provisioningKey })));

    expect(new Set(results.map(({ accountId }) => accountId)).size).toBe(1);
    const [result] = results;
    expect(await findUserByCredentials("root@example.com", "password of root")).toMatchObject({
      ...result,
      isAdmin: true,
    });
    expect(await rowsOf(`SELECT "hash", "kind", "accountId" FROM "ApiKey"`)).toEqual([
      { hash: hashOf(provisioningKey), kind: "provisioning", ...result },
    ]);
  });

  test("takes over the starter key's account when they are the first", async () => {
    const { accountId } = await ensureStarterKey(newApiKey());

    expect(await ensureAdministrator(person("root"))).toEqual({ accountId });
  });

  test("keeps the password that they have, and gets the rights that they lack", async () => {
    await createUser(person("ada"));
    const bob = await createUser(person("bob"));

    expect(await ensureAdministrator({ email: "BOB@example.com", password: "another password" })).toEqual({
      accountId: bob.accountId,
    });
    expect(await findUserByCredentials(bob.email, "password of bob")).toEqual({ ...bob, isAdmin: true });
    expect(await findUserByCredentials(bob.email, "another password")).toBeNull();
  });

  test("can be given a new provisioning key, and the old one keeps working", async () => {
    const keys = [newApiKey(), newApiKey()];
    for (const provisioningKey of keys) await ensureAdministrator({ ...person("root"), provisioningKey });

    const hashes = await rowsOf(`SELECT "hash" FROM "ApiKey" ORDER BY "createdAt"`);
    expect(hashes).toEqual(keys.map((key) => ({ hash: hashOf(key) })));
  });

  test("gets their key on their own account although somebody else was first", async () => {
    await createUser(person("ada"));
    const provisioningKey = newApiKey();
    const { accountId } = await ensureAdministrator({ ...person("root"), provisioningKey });

    expect(await findApiKey(accountId, hashOf(provisioningKey))).toMatchObject({ workspace_id: accountId });
  });
});
