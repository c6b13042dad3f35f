import fc from "fast-check";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getPool } from "@/lib/db/connection";
import { newUuid } from "@/lib/id";
import { connectGatedDatabase } from "@/lib/testing/connect-gated-database";
import { exampleGeneration } from "@/lib/testing/insert-generation";
import { LeaseBook } from "./lease-book";
import { grantCredits } from "./ledger";
import { readBalance, settleAll } from "./store";

const CREDITS = 1_000_000n;
const IDLE_MS = 10_000;

const database = connectGatedDatabase();
let listener: Client;
let accountId: string;
let nowMs = 0;
/** Two processes, as far as the database can tell. */
let books: [LeaseBook, LeaseBook];

beforeAll(async () => {
  // What every process does with the others' requests for credit.
  listener = new Client({ connectionString: database.url });
  await listener.connect();
  listener.on("notification", ({ payload = "" }) => {
    const [kind, id = ""] = payload.split(":");
    if (kind === "reclaim") for (const book of books) void book.reclaimAccount(id);
  });
  await listener.query("listen signalbox");
});

afterAll(async () => {
  await listener.end();
});

beforeEach(async () => {
  books = [new LeaseBook(1, () => nowMs), new LeaseBook(2, () => nowMs)];
  await openAccount();
});

describe("credit that one process has set aside and does not use", () => {
  test("can be had by another at once", async () => {
    await take(books[0], CREDITS / 2n);
    books[0].settle(accountId, "", CREDITS / 2n, 0n);
    expect(await books[1].reserve(accountId, "", CREDITS, CREDITS)).toEqual({ kind: "held", amountNanoUsd: CREDITS });
  });

  test("can be had by another key of the same process", async () => {
    await take(books[0], CREDITS);
    books[0].settle(accountId, "", CREDITS, 0n);
    const key = await insertKey(undefined);
    expect(await books[0].reserve(accountId, key, CREDITS, CREDITS)).toMatchObject({ kind: "held" });
  });

  test("goes back by itself after a while", async () => {
    await take(books[0], 10n);
    books[0].settle(accountId, "", 10n, 0n);
    await books[0].releaseIdle();
    expect(await leased()).toBeGreaterThan(0n);
    nowMs += IDLE_MS;
    await books[0].releaseIdle();
    expect(await leased()).toBe(0n);
  });

  test("does not go back while a request holds part of it", async () => {
    await take(books[0], 10n);
    nowMs += IDLE_MS;
    await books[0].releaseIdle();
    expect(await leased()).toBeGreaterThanOrEqual(10n);
  });
});

describe("when there is not enough", () => {
  test("what was spent is not spent again", async () => {
    await take(books[0], CREDITS);
    books[0].settle(accountId, "", CREDITS, CREDITS);
    await adjust(-CREDITS);
    await query(`UPDATE "Lease" SET "amountNanoUsd" = 0 WHERE "accountId" = $1`, [accountId]);
    expect(await books[0].reserve(accountId, "", 1n, 1n)).toMatchObject({ kind: "refused", because: "account" });
  });

  test("less than what is wanted is held if it is at least the minimum", async () => {
    const wanted = CREDITS + 1n;
    expect(await books[0].reserve(accountId, "", wanted, CREDITS)).toEqual({ kind: "held", amountNanoUsd: CREDITS });
    expect(await books[1].reserve(accountId, "", 1n, 1n)).toMatchObject({ kind: "refused", because: "account" });
  });

  test("it is said whether the key or the account is short", async () => {
    const key = await insertKey(100n);
    const refusedKey = await books[0].reserve(accountId, key, 200n, 200n);
    expect(refusedKey).toMatchObject({ kind: "refused", because: "key", availableNanoUsd: 100n });
    const generous = await insertKey(2n * CREDITS);
    const refusedAccount = await books[0].reserve(accountId, generous, CREDITS + 1n, CREDITS + 1n);
    expect(refusedAccount).toMatchObject({ kind: "refused", because: "account", balanceNanoUsd: CREDITS });
  });

  test("a key that is short does not wait for credit of other keys, which could not help it", async () => {
    const [short, other] = [await insertKey(100n), await insertKey(undefined)];
    await books[1].reserve(accountId, other, CREDITS / 2n, 1n);
    const startedMs = performance.now();
    expect(await books[0].reserve(accountId, short, 200n, 200n)).toMatchObject({ kind: "refused", because: "key" });
    expect(performance.now() - startedMs).toBeLessThan(250);
  });

  test("what costs nothing needs nothing, but no debt", async () => {
    await openAccount(0n);
    expect(await books[0].reserve(accountId, "", 0n, 0n)).toEqual({ kind: "held", amountNanoUsd: 0n });
    // Paid and free candidates together: the free ones remain.
    expect(await books[0].reserve(accountId, "", 50n, 0n)).toEqual({ kind: "held", amountNanoUsd: 0n });
    await adjust(-1n);
    books[0].noteBalance(accountId, -1n);
    expect(await books[0].reserve(accountId, "", 0n, 0n)).toMatchObject({ kind: "refused", because: "account" });
    await adjust(1n);
    expect(await books[0].reserve(accountId, "", 0n, 0n)).toMatchObject({ kind: "held" });
  });
});

describe("a database that goes away", () => {
  test("refuses what needs it, and serves what is set aside", async () => {
    await take(books[0], 10n);
    books[0].settle(accountId, "", 10n, 0n);
    await database.gate.close();
    expect(await books[0].reserve(accountId, "", 10n, 10n)).toEqual({ kind: "held", amountNanoUsd: 10n });
    await expect(Promise.resolve(books[0].reserve(accountId, "", CREDITS, CREDITS))).rejects.toThrow();
    await database.gate.open();
    books[0].settle(accountId, "", 10n, 0n);
    expect(await books[0].reserve(accountId, "", CREDITS, CREDITS)).toMatchObject({ kind: "held" });
  });

  test("strands no credit for good, whichever statement it cut short", async () => {
    await take(books[0], 10n);
    books[0].settle(accountId, "", 10n, 0n);
    await database.gate.close();
    await expect(books[0].reclaimAccount(accountId)).rejects.toThrow();
    await database.gate.open();
    // What was given back may not have arrived; it is never counted twice.
    nowMs += IDLE_MS;
    await books[0].releaseIdle();
    expect(await leased()).toBe(0n);
    expect(await books[1].reserve(accountId, "", CREDITS, CREDITS)).toMatchObject({ kind: "held" });
  });
});

test("a process that was taken for dead spends nothing more of what it had set aside", async () => {
  await take(books[0], 10n);
  await query(`DELETE FROM "Lease" WHERE "instanceId" = 1`);
  books[0].forgetFree();
  expect(await books[1].reserve(accountId, "", CREDITS, CREDITS)).toMatchObject({ kind: "held" });
  expect(await books[0].reserve(accountId, "", 10n, 10n)).toMatchObject({ kind: "refused" });
});

type Step =
  | { do: "reserve"; book: number; key: number; wanted: bigint; strict: boolean }
  | { do: "settle"; index: number; share: number; twice: boolean }
  | { do: "wait"; book: number };

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("reserve" as const),
      book: fc.nat(1),
      key: fc.nat(2),
      wanted: fc.bigInt({ min: 0n, max: CREDITS / 2n }),
      strict: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("settle" as const),
      index: fc.nat(50),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      twice: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("wait" as const), book: fc.nat(1) }) },
);

test("whatever two processes do, no more is held than there is, the books agree, and nothing is stranded", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { minLength: 5, maxLength: 25 }), async (steps) => {
      books = [new LeaseBook(1, () => nowMs), new LeaseBook(2, () => nowMs)];
      await query(`DELETE FROM "Lease"`);
      await openAccount();
      const limit = CREDITS / 3n;
      const keys = ["", await insertKey(undefined), await insertKey(limit)];
      const held: { book: LeaseBook; instance: number; key: string; amount: bigint }[] = [];
      let charged = 0n;

      const settle = async (index: number, share: number, twice: boolean) => {
        const [hold] = held.splice(index % Math.max(held.length, 1), 1);
        if (hold === undefined) return;
        const spent = BigInt(Math.floor(Number(hold.amount) * share));
        const generation = exampleGeneration(accountId, { apiKeyHash: hold.key || null, costNanoUsd: String(spent) });
        const entry = {
          accountId,
          kind: "usage" as const,
          amountNanoUsd: String(-spent),
          generationId: generation.id,
          apiKeyHash: hold.key || null,
          state: "exact" as const,
          computation: {},
        };
        for (let time = 0; time < (twice ? 2 : 1); time += 1) await settleAll(hold.instance, [{ generation, entry }]);
        hold.book.settle(accountId, hold.key, hold.amount, spent);
        charged += spent;
      };
      const check = async () => {
        const sum = held.reduce((total, { amount }) => total + amount, 0n);
        expect(sum + charged).toBeLessThanOrEqual(CREDITS);
        const limited = held.filter(({ key }) => key === keys[2]).reduce((total, { amount }) => total + amount, 0n);
        expect(limited).toBeLessThanOrEqual(limit);
        expect((await readBalance(accountId))?.balanceNanoUsd).toBe(CREDITS - charged);
        expect((await leased()) + charged).toBeLessThanOrEqual(CREDITS);
        expect(await leased()).toBeGreaterThanOrEqual(sum);
      };

      for (const step of steps) {
        if (step.do === "reserve") {
          const book = books[step.book] ?? books[0];
          const key = keys[step.key] ?? "";
          const least = step.strict ? step.wanted : step.wanted / 10n;
          const reservation = await book.reserve(accountId, key, step.wanted, least);
          if (reservation.kind === "held") {
            expect(reservation.amountNanoUsd).toBeGreaterThanOrEqual(least);
            held.push({ book, instance: step.book + 1, key, amount: reservation.amountNanoUsd });
          }
        } else if (step.do === "settle") {
          await settle(step.index, step.share, step.twice);
        } else {
          nowMs += IDLE_MS;
          await books[step.book]?.releaseIdle();
        }
        await check();
      }
      while (held.length > 0) await settle(0, 0.5, true);
      await check();
      const rest = CREDITS - charged;
      expect(await books[1].reserve(accountId, "", rest, rest)).toEqual({ kind: "held", amountNanoUsd: rest });
      // Nor does either think that there is more.
      const more = books.flatMap((book) => keys.map((key) => book.reserve(accountId, key, 1n, 1n)));
      for (const reservation of await Promise.all(more)) expect(reservation).toMatchObject({ kind: "refused" });
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 60_000);

async function openAccount(creditsNanoUsd = CREDITS): Promise<void> {
  accountId = newUuid();
  await query(`INSERT INTO "Account" ("id", "name") VALUES ($1, 'Ada')`, [accountId]);
  const grant = { kind: "grant", reference: `test:${accountId}`, note: "" } as const;
  await grantCredits({ accountId, amountNanoUsd: creditsNanoUsd, ...grant });
}

async function insertKey(limitNanoUsd: bigint | undefined): Promise<string> {
  const hash = newUuid();
  await query(
    `INSERT INTO "ApiKey" ("hash", "accountId", "name", "label", "kind", "limitNanoUsd")
     VALUES ($1, $2, '', '', 'inference', $3)`,
    [hash, accountId, limitNanoUsd ?? null],
  );
  return hash;
}

async function adjust(amountNanoUsd: bigint): Promise<void> {
  await grantCredits({ accountId, kind: "adjustment", amountNanoUsd, reference: newUuid(), note: "" });
}

async function take(book: LeaseBook, amount: bigint): Promise<void> {
  expect(await book.reserve(accountId, "", amount, amount)).toEqual({ kind: "held", amountNanoUsd: amount });
}

async function leased(): Promise<bigint> {
  const rows = await query(
    `SELECT COALESCE(SUM("amountNanoUsd"), 0)::int8 AS sum FROM "Lease" WHERE "accountId" = $1`,
    [accountId],
  );
  return BigInt(String(rows[0]?.sum));
}

async function query(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return (await getPool().query<Record<string, unknown>>(text, values)).rows;
}
