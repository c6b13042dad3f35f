import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getPool } from "@/lib/db/connection";
import type { User } from "@/lib/schemas/account";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import { openSession } from "./open-session";
import { findSession, revokeSession } from "./sessions";
import { createUser } from "./users";

const DAY_MS = 86_400_000;
const RIGHT = { email: "ada@example.com", password: "password of ada" };
const WRONG = { ...RIGHT, password: "password of eve" };
const ORIGIN = { address: "192.0.2.1", userAgent: "Firefox" };

connectTestDatabase();
let ada: User;

beforeAll(async () => {
  ada = await createUser({ name: "Ada", ...RIGHT });
});

beforeEach(async () => {
  await getPool().query(`TRUNCATE "RateLimit", "AuditEvent", "Session"`);
});

async function rowsOf(sql: string): Promise<Record<string, unknown>[]> {
  return (await getPool().query(sql)).rows;
}

async function signIn(): Promise<string> {
  const opened = await openSession(RIGHT, ORIGIN);
  if (opened === null) throw new Error("the right password was refused");
  return opened.sessionId;
}

describe("a session", () => {
  test("starts with the right password and lasts 30 days", async () => {
    const startedMs = Date.now();
    const opened = await openSession(RIGHT, ORIGIN);

    expect(opened?.user).toEqual(ada);
    const session = await findSession(opened?.sessionId ?? "");
    expect(session).toMatchObject({ id: opened?.sessionId, userId: ada.id, user: ada });
    const lastsMs = (session?.expiresAt.getTime() ?? 0) - startedMs;
    expect(lastsMs).toBeGreaterThanOrEqual(30 * DAY_MS - 1_000);
    expect(lastsMs).toBeLessThan(30 * DAY_MS + 60_000);
  });

  test("is over once it is revoked, and other sessions are not", async () => {
    const [first, second] = [await signIn(), await signIn()];
    await revokeSession(first);
    await revokeSession(first);

    expect(await findSession(first)).toBeNull();
    expect(await findSession(second)).not.toBeNull();
    expect(await rowsOf(`SELECT "target" FROM "AuditEvent" WHERE "action" = 'session.revoked'`)).toEqual([
      { target: first },
    ]);
  });

  test("is over when its time is", async () => {
    const id = await signIn();
    await getPool().query(`UPDATE "Session" SET "expiresAt" = now() - interval '1 second'`);

    expect(await findSession(id)).toBeNull();
  });

  test("that never was is no session, and revoking it is no error", async () => {
    await revokeSession("nowhere");

    expect(await findSession("nowhere")).toBeNull();
  });
});

describe("the audit log", () => {
  test("says who signed in and from where", async () => {
    const target = await signIn();

    expect(await rowsOf(`SELECT "accountId", "userId", "action", "target", "detail" FROM "AuditEvent"`)).toEqual([
      {
        accountId: ada.accountId,
        userId: ada.id,
        action: "session.opened",
        target,
        detail: { address: ORIGIN.address },
      },
    ]);
  });

  test("notes a failure without what was typed", async () => {
    expect(await openSession(WRONG, ORIGIN)).toBeNull();

    expect(await rowsOf(`SELECT "accountId", "userId", "action", "target", "detail" FROM "AuditEvent"`)).toEqual([
      { accountId: null, userId: null, action: "session.refused", target: null, detail: { address: ORIGIN.address } },
    ]);
  });
});

describe("guessing", () => {
  const guess = (index: number, credentials = WRONG) =>
    openSession(credentials, { address: `198.51.100.${index}`, userAgent: null });

  test("ten guesses at one account are heard, from wherever they come, and then not even the right one", async () => {
    for (let index = 0; index < 10; index += 1) expect(await guess(index)).toBeNull();

    const refusal = await openSession(RIGHT, ORIGIN).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "rate_limited", status: 429, retryAfterSeconds: expect.any(Number) });
    expect(refusal).toHaveProperty(
      "retryAfterSeconds",
      expect.toSatisfy((seconds: number) => seconds > 800 && seconds <= 900),
    );
  });

  test("guesses at the same time are all counted", async () => {
    const results = await Promise.allSettled(Array.from({ length: 14 }, (_, index) => guess(index)));

    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  });

  test("whoever signs in is not held to their earlier slips", async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < 9; index += 1) await guess(index);
      expect(await openSession(RIGHT, ORIGIN)).not.toBeNull();
    }
  });

  test("one address gets fifty guesses at all accounts together, and signing in itself does not bring them back", async () => {
    const elsewhere = { ...WRONG, password: "x" };
    for (let index = 0; index < 49; index += 1) {
      await openSession({ ...elsewhere, email: `user${index}@example.com` }, ORIGIN);
    }
    expect(await openSession(RIGHT, ORIGIN)).not.toBeNull();
    expect(await openSession({ ...elsewhere, email: "user50@example.com" }, ORIGIN)).toBeNull();

    await expect(openSession(RIGHT, ORIGIN)).rejects.toMatchObject({ code: "rate_limited" });
    expect(await openSession(RIGHT, { ...ORIGIN, address: "192.0.2.2" })).not.toBeNull();
  });

  test("signing in often is no guessing", async () => {
    for (let index = 0; index < 60; index += 1) await signIn();
  });

  test("an account is free again when its quarter of an hour is over", async () => {
    for (let index = 0; index < 11; index += 1) await guess(index).catch(() => null);
    await getPool().query(`UPDATE "RateLimit" SET "expire" = 1`);

    expect(await openSession(RIGHT, ORIGIN)).not.toBeNull();
  });

  test("no e-mail address can be read in the counters", async () => {
    await guess(1);

    expect(JSON.stringify(await rowsOf(`SELECT "key" FROM "RateLimit"`))).not.toContain("ada");
  });
});
