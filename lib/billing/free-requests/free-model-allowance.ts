import "server-only";
import { countFreeRequests, type FreeRequestLimits, sumPurchases } from "./store";

export type FreeModelAllowance = {
  /** Requests on free models per minute; `null`: no limit. */
  perMinute: number | null;
  /** The same per UTC day. */
  limit: number | null;
  /** Requests of the present UTC day. */
  used: number;
  /** `null`: no limit. */
  remaining: number | null;
  /** Whether the account has ever bought credits. */
  hasPurchased: boolean;
};

/**
 * What an account may ask of free models today, going by what is written down: requests on their way are not in it.
 *
 * @param limits `null`: there are none on this server.
 */
export async function getFreeModelAllowance(
  accountId: string,
  limits: FreeRequestLimits | null,
): Promise<FreeModelAllowance> {
  const [used, purchasedNanoUsd] = await Promise.all([countFreeRequests(accountId), sumPurchases(accountId)]);
  const hasPurchased = purchasedNanoUsd > 0n;
  if (limits === null) return { perMinute: null, limit: null, used, remaining: null, hasPurchased };
  const limit = purchasedNanoUsd >= limits.buyerNanoUsd ? limits.perDayOfBuyers : limits.perDay;
  const remaining = limit === null ? null : Math.max(limit - used, 0);
  return { perMinute: limits.perMinute, limit, used, remaining, hasPurchased };
}
