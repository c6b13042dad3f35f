import { beforeEach, describe, expect, test } from "vitest";
import { getPool } from "@/lib/db/connection";
import { newUuid } from "@/lib/id";
import type { Settlement } from "@/lib/schemas/settlement";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import { exampleGeneration } from "@/lib/testing/insert-generation";
import { LeaseBook } from "./lease-book";
import { grantCredits } from "./ledger";
import { extendLease, insertHolds, readBalance, settleAll } from "./store";

const INSTANCE = 1;
const OTHER_INSTANCE = 2;
const NO_INSTANCE = 0;
const CREDITS = 1_000_000_000n;

connectTestDatabase();
let accountId: string;
let keyHash: string;

// An account of its own, so that no test sees another's money.
beforeEach(async () => {
  accountId = newUuid();
  keyHash = newUuid();
  await sql(`INSERT INTO "Account" ("id", "name") VALUES ($1, 'Ada')`, [accountId]);
  await sql(
    `INSERT INTO "ApiKey" ("hash", "accountId", "name", "label", "kind") VALUES ($1, $2, '', '', 'inference')`,
    [keyHash, accountId],
  );
  const grant = { kind: "grant", reference: `test:${accountId}`, note: "" } as const;
  await grantCredits({ accountId, amountNanoUsd: CREDITS, ...grant });
});

describe("settling", () => {
  test("charges the account and the key although the process holds no lease", async () => {
    await settleAll(NO_INSTANCE, [settlementOf(7n), settlementOf(3n)]);

    expect(await readBalance(accountId)).toEqual({
      balanceNanoUsd: CREDITS - 10n,
      creditsNanoUsd: CREDITS,
      usageNanoUsd: 10n,
    });
    expect(await sql(`SELECT "usageNanoUsd", "usageDailyNanoUsd" FROM "ApiKey" WHERE "hash" = $1`, [keyHash])).toEqual([
      { usageNanoUsd: 10n, usageDailyNanoUsd: 10n },
    ]);
  });

  test("tells the balances that it left", async () => {
    expect(await settleAll(INSTANCE, [settlementOf(7n)])).toEqual([{ accountId, balanceNanoUsd: CREDITS - 7n }]);
  });

  test("takes what was spent from the lease of its own process only", async () => {
    await extendLease(INSTANCE, accountId, keyHash, 1_000n, 0n);
    await extendLease(OTHER_INSTANCE, accountId, keyHash, 1_000n, 0n);
    const before = await leases();
    expect(before.get(INSTANCE)).toBeGreaterThan(0n);

    await settleAll(INSTANCE, [settlementOf(7n)]);

    const after = await leases();
    expect(after.get(INSTANCE)).toBe((before.get(INSTANCE) ?? 0n) - 7n);
    expect(after.get(OTHER_INSTANCE)).toBe(before.get(OTHER_INSTANCE));
  });

  test("twice charges once", async () => {
    const settlement = settlementOf(7n);
    await settleAll(INSTANCE, [settlement]);
    await settleAll(INSTANCE, [settlement, settlementOf(1n)]);

    expect((await readBalance(accountId))?.usageNanoUsd).toBe(8n);
    expect(await sql(`SELECT COUNT(*) FROM "Generation" WHERE "accountId" = $1`, [accountId])).toEqual([{ count: 2n }]);
  });

  test("puts right a record that was closed as interrupted", async () => {
    const settlement = settlementOf(7n);
    await settleAll(OTHER_INSTANCE, [
      { generation: { ...settlement.generation, state: "interrupted", completionTokens: 0 }, entry: null },
    ]);

    await settleAll(INSTANCE, [settlement]);

    expect(
      await sql(`SELECT "state", "completionTokens" FROM "Generation" WHERE "accountId" = $1`, [accountId]),
    ).toEqual([{ state: "finished", completionTokens: 50 }]);
    expect((await readBalance(accountId))?.usageNanoUsd).toBe(7n);
  });

  test("ends the hold", async () => {
    const settlement = settlementOf(7n);
    const { id, createdAt, modelId } = settlement.generation;
    await insertHolds(
      JSON.stringify([
        {
          generationId: id,
          instanceId: INSTANCE,
          accountId,
          apiKeyHash: keyHash,
          amountNanoUsd: "9",
          requestedModel: modelId,
          modelId,
          streamed: true,
          createdAt,
        },
      ]),
    );
    expect(await holds()).toBe(1n);

    await settleAll(INSTANCE, [settlement]);

    expect(await holds()).toBe(0n);
  });

  test("records a generation that nobody answered, and charges nothing for it", async () => {
    await settleAll(INSTANCE, [{ generation: exampleGeneration(accountId, { state: "failed" }), entry: null }]);

    expect((await readBalance(accountId))?.balanceNanoUsd).toBe(CREDITS);
    expect(await sql(`SELECT "state" FROM "Generation" WHERE "accountId" = $1`, [accountId])).toEqual([
      { state: "failed" },
    ]);
  });
});

test("requests at the same time all get the credit that there is plenty of", async () => {
  const book = new LeaseBook(INSTANCE);
  const wanted = 1_000n;
  const request = async () => {
    const reservation = await book.reserve(accountId, keyHash, wanted, wanted);
    expect(reservation).toEqual({ kind: "held", amountNanoUsd: wanted });
    await new Promise((resolve) => setImmediate(resolve));
    book.settle(accountId, keyHash, wanted, wanted);
  };
  const caller = async () => {
    for (let count = 0; count < 40; count += 1) await request();
  };

  await Promise.all(Array.from({ length: 16 }, caller));
});

function settlementOf(spent: bigint): Settlement {
  const generation = exampleGeneration(accountId, { apiKeyHash: keyHash, costNanoUsd: spent.toString() });
  return {
    generation,
    entry: {
      accountId,
      kind: "usage",
      amountNanoUsd: (-spent).toString(),
      generationId: generation.id,
      apiKeyHash: keyHash,
      state: "exact",
      computation: {},
    },
  };
}

async function leases(): Promise<Map<number, bigint>> {
  const rows = await sql(`SELECT "instanceId", "amountNanoUsd" FROM "Lease" WHERE "accountId" = $1`, [accountId]);
  return new Map(rows.map((row) => [Number(row.instanceId), BigInt(String(row.amountNanoUsd))]));
}

async function holds(): Promise<unknown> {
  const rows = await sql(`SELECT COUNT(*) AS held FROM "Hold" WHERE "accountId" = $1`, [accountId]);
  return rows[0]?.held;
}

async function sql(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return (await getPool().query<Record<string, unknown>>(text, values)).rows;
}
