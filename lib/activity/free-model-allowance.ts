import "server-only";
import { parseUsd } from "@/lib/money";
import { countFreeGenerations, sumPurchases } from "./store";

const MS_PER_DAY = 86_400_000;

// Source: the public API's documentation of limits, read 2026-11: 50 requests a day, 1 000 once 10 credits were bought.
const DAILY_REQUESTS = 50;
const DAILY_REQUESTS_OF_BUYERS = 1_000;
const BUYER_NANO_USD = parseUsd("10");

export type FreeModelAllowance = {
  /** Requests on free models per UTC day. */
  limit: number;
  used: number;
  remaining: number;
  /** Whether the account has ever bought credits. */
  hasPurchased: boolean;
};

/** What an account may ask of free models on the UTC day of `nowMs`. */
export async function getFreeModelAllowance(accountId: string, nowMs: number): Promise<FreeModelAllowance> {
  const midnight = new Date(nowMs - (nowMs % MS_PER_DAY));
  const [used, purchasedNanoUsd] = await Promise.all([
    countFreeGenerations(accountId, midnight),
    sumPurchases(accountId),
  ]);
  const limit = purchasedNanoUsd >= BUYER_NANO_USD ? DAILY_REQUESTS_OF_BUYERS : DAILY_REQUESTS;
  return { limit, used, remaining: Math.max(limit - used, 0), hasPurchased: purchasedNanoUsd > 0n };
}
