import { beforeEach, expect, test } from "vitest";
import { getPool } from "@/lib/db/connection";
import { newUuid } from "@/lib/id";
import type { Settlement, UsageEntry } from "@/lib/schemas/settlement";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import { exampleGeneration } from "@/lib/testing/insert-generation";
import { grantCredits } from "./ledger";
import { readBalance, selectByokRequests, selectKeyRemaining, settleWithByok } from "./store";

const CREDITS = 1_000_000n;
const NOVEMBER = "2026-11-01";

connectTestDatabase();
let accountId: string;
let keyHash: string;
let credentialId: string;

beforeEach(async () => {
  [accountId, keyHash, credentialId] = [newUuid(), newUuid(), newUuid()];
  await sql(`INSERT INTO "Account" ("id", "name") VALUES ($1, 'Ada')`, [accountId]);
  await sql(
    `INSERT INTO "ApiKey" ("hash", "accountId", "name", "label", "kind", "limitNanoUsd", "includeByokInLimit")
     VALUES ($1, $2, '', '', 'inference', 5000, true)`,
    [keyHash, accountId],
  );
  await sql(
    `INSERT INTO "ProviderCredential" ("id", "accountId", "provider", "label", "secret", "encryptionKeyId", "sortOrder")
     VALUES ($1, $2, 'openai', '', '', 'k1', 0)`,
    [credentialId, accountId],
  );
  await grantCredits({ accountId, amountNanoUsd: CREDITS, kind: "grant", reference: `test:${accountId}`, note: "" });
});

const sql = async (text: string, values: unknown[]) => (await getPool().query(text, values)).rows;

/** A request with the account's own key: 100 nano-dollars of the provider's, and a fee of 5. */
function ownSettlement(
  freeRequests: number,
  { month = NOVEMBER, heldNanoUsd, ...entry }: Partial<UsageEntry> & { month?: string; heldNanoUsd?: string } = {},
): Settlement {
  const generation = exampleGeneration(accountId, {
    apiKeyHash: keyHash,
    isByok: true,
    costNanoUsd: entry.amountNanoUsd?.replace("-", "") ?? "5",
    upstreamCostNanoUsd: "100",
  });
  return {
    generation,
    entry: {
      accountId,
      kind: "byok_fee",
      amountNanoUsd: "-5",
      generationId: generation.id,
      apiKeyHash: keyHash,
      state: "exact",
      computation: { endpoint: generation.modelId, feePercent: 5, lines: [["prompt", 100, "1000000000000000"]] },
      byok: {
        credentialId,
        month,
        freeRequests,
        upstreamCostNanoUsd: "100",
        ...(heldNanoUsd === undefined ? {} : { heldNanoUsd }),
      },
      ...entry,
    },
  };
}

function plainSettlement(): Settlement {
  const generation = exampleGeneration(accountId, { apiKeyHash: keyHash, costNanoUsd: "7" });
  const { id: generationId } = generation;
  return {
    generation,
    entry: {
      accountId,
      kind: "usage",
      amountNanoUsd: "-7",
      generationId,
      apiKeyHash: keyHash,
      state: "exact",
      computation: {},
    },
  };
}

const feesOf = async (group: readonly Settlement[]) => {
  const { fees } = await settleWithByok(1, group);
  return group.map(({ generation }) => fees.find(({ generationId }) => generationId === generation.id)?.feeNanoUsd);
};

test("the month's first requests cost nothing, the others their fee, beside requests at the usual price", async () => {
  const group = [ownSettlement(2), plainSettlement(), ownSettlement(2), ownSettlement(2)];
  expect(await feesOf(group)).toEqual([0n, undefined, 0n, 5n]);

  expect(await readBalance(accountId)).toEqual({
    balanceNanoUsd: CREDITS - 12n,
    creditsNanoUsd: CREDITS,
    usageNanoUsd: 12n,
  });
  expect(
    await sql(
      `SELECT "costNanoUsd", "upstreamCostNanoUsd" FROM "Generation" WHERE "accountId" = $1 AND "isByok" ORDER BY 1`,
      [accountId],
    ),
  ).toEqual([
    { costNanoUsd: 0n, upstreamCostNanoUsd: 100n },
    { costNanoUsd: 0n, upstreamCostNanoUsd: 100n },
    { costNanoUsd: 5n, upstreamCostNanoUsd: 100n },
  ]);
  expect(
    await sql(
      `SELECT "requests", "upstreamCostNanoUsd", "feeNanoUsd", "lastUsedAt" IS NOT NULL AS used FROM "ProviderCredential" WHERE "id" = $1`,
      [credentialId],
    ),
  ).toEqual([{ requests: 3n, upstreamCostNanoUsd: 300n, feeNanoUsd: 5n, used: true }]);
  expect(
    await sql(`SELECT "usageNanoUsd", "byokUsageNanoUsd", "byokUsageDailyNanoUsd" FROM "ApiKey" WHERE "hash" = $1`, [
      keyHash,
    ]),
  ).toEqual([{ usageNanoUsd: 12n, byokUsageNanoUsd: 300n, byokUsageDailyNanoUsd: 300n }]);
  expect(await selectKeyRemaining(keyHash)).toBe(5_000n - 12n - 300n);
  expect(
    await sql(
      `SELECT "computation"->'waived' AS waived FROM "LedgerEntry" WHERE "accountId" = $1 AND "kind" = 'byok_fee' ORDER BY "amountNanoUsd" DESC, "id"`,
      [accountId],
    ),
  ).toEqual([{ waived: true }, { waived: true }, { waived: null }]);
});

test("what we bought ourselves is charged where the fee is waived, and is no part of the fee", async () => {
  const withPages = () =>
    ownSettlement(1, {
      amountNanoUsd: "-25",
      byok: { credentialId, month: NOVEMBER, freeRequests: 1, upstreamCostNanoUsd: "100", ownNanoUsd: "20" },
    });
  expect(await feesOf([withPages(), withPages()])).toEqual([20n, 25n]);
  expect(await readBalance(accountId)).toMatchObject({ balanceNanoUsd: CREDITS - 45n });
  expect(await sql(`SELECT "costNanoUsd" FROM "Generation" WHERE "accountId" = $1 ORDER BY 1`, [accountId])).toEqual([
    { costNanoUsd: 20n },
    { costNanoUsd: 25n },
  ]);
  expect(await sql(`SELECT "feeNanoUsd" FROM "ProviderCredential" WHERE "id" = $1`, [credentialId])).toEqual([
    { feeNanoUsd: 5n },
  ]);
});

test("settled twice counts once, and gives the same fee", async () => {
  const group = [ownSettlement(1), ownSettlement(1)];
  expect(await feesOf(group)).toEqual([0n, 5n]);
  expect(await feesOf([...group, ownSettlement(1)])).toEqual([0n, 5n, 5n]);
  expect(await selectByokRequests(accountId, NOVEMBER)).toBe(3);
  expect((await readBalance(accountId))?.usageNanoUsd).toBe(10n);
});

test("what is insured is no request of the month, and each month has its own", async () => {
  const insured = ownSettlement(1, { state: "insured", amountNanoUsd: "0" });
  const group = [insured, ownSettlement(1), ownSettlement(1, { month: "2026-12-01" }), ownSettlement(1)];
  expect(await feesOf(group)).toEqual([0n, 0n, 0n, 5n]);
  expect(await selectByokRequests(accountId, NOVEMBER)).toBe(2);
  expect(await selectByokRequests(accountId, "2026-12-01")).toBe(1);
});

test("exactly so many are free when many processes settle at the same time", async () => {
  const groups = Array.from({ length: 24 }, (_, index) =>
    Array.from({ length: 1 + (index % 4) }, () => ownSettlement(17)),
  );
  const fees = (await Promise.all(groups.map(feesOf))).flat();
  expect(fees.filter((fee) => fee === 0n)).toHaveLength(17);
  expect(await selectByokRequests(accountId, NOVEMBER)).toBe(fees.length);
  expect((await readBalance(accountId))?.usageNanoUsd).toBe(5n * BigInt(fees.length - 17));
});

/** Admitted as free by a process that did not know of the others' requests: nothing is held for the fee. */
const promised = (freeRequests: number, heldNanoUsd = "0") => ownSettlement(freeRequests, { heldNanoUsd });

/** What is left of the credit after this much of it is spent. */
const spendAllBut = (left: bigint) =>
  sql(`UPDATE "Account" SET "balanceNanoUsd" = $2 WHERE "id" = $1`, [accountId, left]);

const lease = (instance: number, amount: bigint) =>
  sql(`INSERT INTO "Lease" ("instanceId", "accountId", "apiKeyHash", "amountNanoUsd") VALUES ($1, $2, $3, $4)`, [
    instance,
    accountId,
    keyHash,
    amount,
  ]);

const leased = async () =>
  (await sql(`SELECT "amountNanoUsd" FROM "Lease" WHERE "accountId" = $1 ORDER BY "instanceId"`, [accountId])).map(
    (row) => row.amountNanoUsd,
  );

test("what was promised free takes its fee from credit that nobody has set aside, and no more than that", async () => {
  await spendAllBut(12n);
  await lease(2, 1n);
  // 11 are free: two fees of 5, and the third is not owed.
  const group = [promised(1), promised(1), promised(1), promised(1)];
  expect(await feesOf(group)).toEqual([0n, 5n, 5n, 0n]);
  expect(await readBalance(accountId)).toMatchObject({ balanceNanoUsd: 2n, usageNanoUsd: 10n });
  expect((await leased()).filter((amount) => amount !== 0n)).toEqual([1n]);
  expect(
    await sql(
      `SELECT "computation"->'waived' AS waived, "computation"->'promised' AS promised
         FROM "LedgerEntry" WHERE "accountId" = $1 AND "kind" = 'byok_fee' AND "amountNanoUsd" = 0 ORDER BY "id"`,
      [accountId],
    ),
  ).toEqual([
    { waived: true, promised: null },
    { waived: true, promised: true },
  ]);
  expect(await sql(`SELECT "feeNanoUsd" FROM "ProviderCredential" WHERE "id" = $1`, [credentialId])).toEqual([
    { feeNanoUsd: 10n },
  ]);
  expect(await feesOf(group)).toEqual([0n, 5n, 5n, 0n]);
});

test("a debt stays as it is, and what was not promised is charged all the same", async () => {
  await spendAllBut(-3n);
  expect(await feesOf([promised(0), ownSettlement(0)])).toEqual([0n, 5n]);
  expect((await readBalance(accountId))?.balanceNanoUsd).toBe(-8n);
});

test("what a request promised free holds for dearer candidates pays its fee", async () => {
  await spendAllBut(9n);
  await lease(1, 9n);
  expect(await feesOf([promised(0, "5")])).toEqual([5n]);
  expect(await leased()).toEqual([4n]);
  // 3 of it are held, and the other 4 are what others here hold.
  expect(await feesOf([promised(0, "3")])).toEqual([0n]);
  expect(await leased()).toEqual([4n]);
});

test("a key's limit is as good a reason as the account's credit", async () => {
  await sql(`UPDATE "ApiKey" SET "limitNanoUsd" = 7, "includeByokInLimit" = false WHERE "hash" = $1`, [keyHash]);
  expect(await feesOf([promised(0), promised(0)])).toEqual([5n, 0n]);
});

test("many processes that promised too much never bring an account below zero", async () => {
  await spendAllBut(23n);
  const groups = Array.from({ length: 12 }, (_, index) => Array.from({ length: 1 + (index % 3) }, () => promised(3)));
  const fees = (await Promise.all(groups.map(feesOf))).flat();
  expect(fees.filter((fee) => fee === 5n)).toHaveLength(4);
  expect((await readBalance(accountId))?.balanceNanoUsd).toBe(3n);
  expect(await selectByokRequests(accountId, NOVEMBER)).toBe(fees.length);
});
