import { beforeEach, describe, expect, test } from "vitest";
import { getPool } from "@/lib/db/connection";
import { newUuid } from "@/lib/id";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import { insertGeneration } from "@/lib/testing/insert-generation";
import { getFreeModelAllowance } from "./free-model-allowance";

connectTestDatabase();
let accountId: string;

// An account of its own, so that no test sees another's generations.
beforeEach(() => {
  accountId = newUuid();
});

describe("free models", () => {
  const LIMITS = { perMinute: 20, perDay: 50, perDayOfBuyers: 1_000, buyerNanoUsd: 10_000_000_000n };
  const now = Date.now();
  const midnight = now - (now % 86_400_000);
  const lastMoment = new Date(midnight - 1).toISOString();
  const firstMoment = new Date(midnight).toISOString();
  const today = new Date(now).toISOString();
  const purchase = (amountUsd: number, kind = "purchase") =>
    getPool().query(`INSERT INTO "LedgerEntry" ("accountId", "kind", "amountNanoUsd") VALUES ($1, $2, $3)`, [
      accountId,
      kind,
      amountUsd * 1e9,
    ]);

  test("count what was asked of them since midnight UTC", async () => {
    const free = { modelId: "meta/llama:free" };
    await insertGeneration(accountId, { ...free, createdAt: lastMoment });
    await insertGeneration(accountId, { ...free, createdAt: firstMoment });
    await insertGeneration(accountId, { ...free, createdAt: today });
    await insertGeneration(accountId, { createdAt: today });
    await insertGeneration(accountId, { ...free, createdAt: today, accountId: newUuid() });

    expect(await getFreeModelAllowance(accountId, LIMITS)).toEqual({
      perMinute: 20,
      limit: 50,
      used: 2,
      remaining: 48,
      hasPurchased: false,
    });
  });

  test.each([
    { name: "nothing was bought", amounts: [], limit: 50, hasPurchased: false },
    { name: "less than 10 USD were bought", amounts: [9.99], limit: 50, hasPurchased: true },
    { name: "10 USD were bought at once", amounts: [10], limit: 1_000, hasPurchased: true },
    { name: "10 USD were bought in parts", amounts: [4, 6], limit: 1_000, hasPurchased: true },
  ])("allow more when $name: $limit", async ({ amounts, limit, hasPurchased }) => {
    for (const amount of amounts) await purchase(amount);
    await purchase(100, "bonus");

    expect(await getFreeModelAllowance(accountId, LIMITS)).toMatchObject({
      limit,
      used: 0,
      remaining: limit,
      hasPurchased,
    });
  });

  test("never have less than nothing left", async () => {
    await getPool().query(
      `INSERT INTO "Generation" SELECT (json_populate_record(g, json_build_object('id', 'gen-' || n, 'modelId', 'a/b:free'))).*
       FROM "Generation" g, generate_series(1, 51) n WHERE g."id" = $1`,
      [await insertGeneration(accountId, { createdAt: today })],
    );

    expect(await getFreeModelAllowance(accountId, LIMITS)).toMatchObject({ used: 51, remaining: 0 });
  });

  test.each([
    { name: "there are no limits at all", limits: null },
    { name: "the day has none", limits: { ...LIMITS, perDay: null } },
  ])("have no number left when $name", async ({ limits }) => {
    await insertGeneration(accountId, { modelId: "meta/llama:free", createdAt: today });

    expect(await getFreeModelAllowance(accountId, limits)).toMatchObject({ limit: null, used: 1, remaining: null });
  });
});
