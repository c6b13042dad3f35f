import "server-only";
import { FREE_REQUEST_LIMITS } from "./free-request-limits";
import { countFreeRequests, sumPurchases } from "./store";

export type FreeModelAllowance = {
  /** Requests on free models per UTC day. */
  limit: number;
  used: number;
  remaining: number;
  /** Whether the account has ever bought credits. */
  hasPurchased: boolean;
};

/** What an account may ask of free models today, going by what is written down: requests on their way are not in it. */
export async function getFreeModelAllowance(accountId: string): Promise<FreeModelAllowance> {
  const { perDay, perDayOfBuyers, buyerNanoUsd } = FREE_REQUEST_LIMITS;
  const [used, purchasedNanoUsd] = await Promise.all([countFreeRequests(accountId), sumPurchases(accountId)]);
  const limit = purchasedNanoUsd >= buyerNanoUsd ? perDayOfBuyers : perDay;
  return { limit, used, remaining: Math.max(limit - used, 0), hasPurchased: purchasedNanoUsd > 0n };
}
