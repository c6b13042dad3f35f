import fc from "fast-check";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getPool } from "@/lib/db/connection";
import { newUuid } from "@/lib/id";
import { connectGatedDatabase } from "@/lib/testing/connect-gated-database";
import { FreeRequestBook, type FreeRequestRefusal, type FreeRequestTicket } from "./free-request-book";
import type { FreeRequestLimits } from "./store";

const LIMITS: FreeRequestLimits = { perMinute: 20, perDay: 50, perDayOfBuyers: 1_000, buyerNanoUsd: 10_000_000_000n };

const database = connectGatedDatabase();
let listener: Client;
let accountId: string;
let nowMs = Date.now();
/** Two processes. */
let books: [FreeRequestBook, FreeRequestBook];

beforeAll(async () => {
  // What every process does with the others' requests for what it has left.
  listener = new Client({ connectionString: database.url });
  await listener.connect();
  listener.on("notification", ({ payload = "" }) => {
    const [kind, wanted = ""] = payload.split(":");
    if (kind === "free") for (const book of books) void book.reclaim(wanted);
  });
  await listener.query("listen signalbox");
});

afterAll(async () => {
  await listener.end();
});

beforeEach(() => {
  accountId = newUuid();
  nowMs = Date.now();
  open(LIMITS);
});

function open(limits: FreeRequestLimits): void {
  books = [new FreeRequestBook(limits, () => nowMs), new FreeRequestBook(limits, () => nowMs)];
}

type Outcome = FreeRequestTicket | FreeRequestRefusal;

const admittedOf = (outcomes: readonly Outcome[]) => outcomes.filter(({ kind }) => kind === "admitted");

async function takeInTurn(count: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let index = 0; index < count; index += 1) {
    const [first, second] = books;
    outcomes.push(await (index % 2 === 0 ? first : second).take(accountId));
  }
  return outcomes;
}

/** What the database counts: requests made, and those that processes may still make. */
async function counted() {
  const { rows } = await getPool().query<{ dayUsed: number; minuteUsed: number }>(
    `SELECT "dayUsed", "minuteUsed" FROM "FreeModelUse" WHERE "accountId" = $1`,
    [accountId],
  );
  return rows[0];
}

/** Moves the account's minute into the past, as if it had passed. */
const passMinute = () =>
  getPool().query(
    `UPDATE "FreeModelUse" SET "minuteStart" = "minuteStart" - interval '61 seconds' WHERE "accountId" = $1`,
    [accountId],
  );

describe("requests to free models", () => {
  test("are as many in a minute as are allowed, one after the other over two processes", async () => {
    const outcomes = await takeInTurn(23);
    expect(admittedOf(outcomes)).toHaveLength(20);
    expect(outcomes.slice(20)).toEqual(
      Array.from({ length: 3 }, () => ({
        kind: "refused",
        because: "minute",
        limit: 20,
        resetMs: expect.any(Number),
      })),
    );
    for (const outcome of outcomes.slice(20)) {
      if (outcome.kind !== "refused") throw new Error("admitted");
      expect(outcome.resetMs).toBeGreaterThan(nowMs);
      expect(outcome.resetMs).toBeLessThanOrEqual(nowMs + 60_000);
    }
  });

  test("are as many in a minute as are allowed, all at once over two processes", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => (index % 3 === 0 ? books[0] : books[1]).take(accountId)),
    );
    expect(admittedOf(outcomes)).toHaveLength(20);
    expect(await counted()).toEqual({ dayUsed: 20, minuteUsed: 20 });
  });

  test("are as many on a day as are allowed, whatever the minutes", async () => {
    let admitted = 0;
    for (let minute = 0; minute < 4; minute += 1) {
      admitted += admittedOf(await takeInTurn(25)).length;
      await passMinute();
      nowMs += 61_000;
    }
    expect(admitted).toBe(50);
    const refusal = await books[0].take(accountId);
    expect(refusal).toMatchObject({ kind: "refused", because: "day", limit: 50 });
    expect(refusal.kind === "refused" && refusal.resetMs % 86_400_000 < 2_000 + 4 * 61_000).toBe(true);
  });

  test("are more for an account that has bought credits", async () => {
    await getPool().query(
      `INSERT INTO "LedgerEntry" ("accountId", "kind", "amountNanoUsd") VALUES ($1, 'purchase', $2)`,
      [accountId, 10_000_000_000n],
    );
    open({ ...LIMITS, perMinute: null, perDayOfBuyers: 70 });
    expect(admittedOf(await takeInTurn(75))).toHaveLength(70);
  });

  test.each([
    { name: "the minute", limits: { ...LIMITS, perMinute: null }, admitted: 50 },
    { name: "the day", limits: { ...LIMITS, perDay: null }, admitted: 20 },
  ])("are not held back by what has no limit: $name", async ({ limits, admitted }) => {
    open(limits);
    expect(admittedOf(await takeInTurn(55))).toHaveLength(admitted);
  });

  test("begin anew on the next day, with what the records say at first", async () => {
    open({ ...LIMITS, perMinute: null });
    await takeInTurn(50);
    await getPool().query(`UPDATE "FreeModelUse" SET "day" = "day" - 1 WHERE "accountId" = $1`, [accountId]);
    nowMs += 2_000; // what was refused is asked for again
    expect((await books[0].take(accountId)).kind).toBe("admitted");
  });

  test("of another account are its own", async () => {
    await takeInTurn(25);
    accountId = newUuid();
    expect(admittedOf(await takeInTurn(20))).toHaveLength(20);
  });
});

describe("a request that was counted and not made", () => {
  test("can be made by another process", async () => {
    const outcomes = await takeInTurn(20);
    const [first] = outcomes;
    if (first?.kind !== "admitted") throw new Error("refused");
    await books[0].giveBack(accountId, first);
    expect((await books[1].take(accountId)).kind).toBe("admitted");
    expect((await books[0].take(accountId)).kind).toBe("refused");
  });

  test("is no request of the minute after", async () => {
    const first = await books[0].take(accountId);
    if (first.kind !== "admitted") throw new Error("refused");
    await passMinute();
    nowMs += 61_000;
    const outcomes = [await books[0].take(accountId)];
    await books[0].giveBack(accountId, first);
    outcomes.push(...(await takeInTurn(25)));
    expect(admittedOf(outcomes)).toHaveLength(20);
    expect(await counted()).toEqual({ dayUsed: 20, minuteUsed: 20 });
  });
});

describe("what a process has left", () => {
  test("needs no query while there is some", async () => {
    await books[0].take(accountId);
    for (let index = 0; index < 2; index += 1) expect(books[0].take(accountId)).toMatchObject({ kind: "admitted" });
  });

  test("goes back by itself after a while", async () => {
    await books[0].take(accountId);
    await books[0].releaseIdle();
    expect((await counted())?.dayUsed).toBeGreaterThan(1);
    nowMs += 6_000;
    await books[0].releaseIdle();
    expect(await counted()).toEqual({ dayUsed: 1, minuteUsed: 1 });
  });

  test("goes back when the process ends", async () => {
    await takeInTurn(2);
    for (const book of books) await book.releaseAll();
    expect(await counted()).toEqual({ dayUsed: 2, minuteUsed: 2 });
  });

  test("can be used while the database is away, and no more than that", async () => {
    await books[0].take(accountId);
    await database.gate.close();
    try {
      for (let index = 0; index < 4; index += 1) expect((await books[0].take(accountId)).kind).toBe("admitted");
      await expect(books[0].take(accountId)).rejects.toThrow();
    } finally {
      await database.gate.open();
    }
    expect((await books[0].take(accountId)).kind).toBe("admitted");
  });
});

test("whatever two processes do, no more requests are made than are allowed, and what is not made can be", async () => {
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant("take" as const),
        at: fc.nat(1),
        count: fc.integer({ min: 1, max: 6 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("give back" as const), at: fc.nat(1), count: fc.constant(1) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("pass a minute" as const), at: fc.nat(1), count: fc.constant(1) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("stand idle" as const), at: fc.nat(1), count: fc.constant(1) }),
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const limits = { ...LIMITS, perMinute: 8, perDay: 15 };
      open(limits);
      accountId = newUuid();
      nowMs = Date.now();
      /** Of each process, requests that were let in and are being made, by minute. */
      let made: { at: number; minute: number; ticket: FreeRequestTicket }[] = [];
      let minute = 0;
      for (const { kind, at, count } of steps) {
        const book = at === 0 ? books[0] : books[1];
        if (kind === "take") {
          const outcomes = await Promise.all(Array.from({ length: count }, async () => book.take(accountId)));
          for (const ticket of outcomes) if (ticket.kind === "admitted") made.push({ at, minute, ticket });
        }
        if (kind === "give back") {
          const given = made.find((one) => one.at === at);
          if (given === undefined) continue;
          made = made.filter((one) => one !== given);
          await book.giveBack(accountId, given.ticket);
        }
        if (kind === "pass a minute") {
          await passMinute();
          nowMs += 61_000;
          minute += 1;
        }
        if (kind === "stand idle") {
          nowMs += 6_000;
          await book.releaseIdle();
        }
        expect(made.filter((one) => one.minute === minute).length).toBeLessThanOrEqual(limits.perMinute);
        expect(made.length).toBeLessThanOrEqual(limits.perDay);
      }
      await passMinute();
      nowMs += 61_000;
      for (const book of books) await book.releaseAll();
      // Nothing is lost: the day's count is what was made.
      if (steps.some(({ kind }) => kind === "take")) expect((await counted())?.dayUsed).toBe(made.length);
      const rest = await takeInTurn(20);
      expect(admittedOf(rest)).toHaveLength(Math.min(limits.perMinute, limits.perDay - made.length));
    }),
    { numRuns: 12 },
  );
}, 60_000);
