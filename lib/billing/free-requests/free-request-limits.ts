import { parseUsd } from "@/lib/money";
import type { FreeRequestLimits } from "./store";

/** What the environment says about it; 0 stands for no limit. */
type Configured = {
  BILLING: "on" | "off";
  FREE_REQUESTS_PER_MINUTE: number;
  FREE_REQUESTS_PER_DAY: number;
  FREE_REQUESTS_PER_DAY_BUYERS: number;
  FREE_REQUESTS_BUYER_CREDITS: string;
};

/** How often an account may ask free models on this server; `null`: as often as it likes. */
export function freeRequestLimitsOf(configured: Configured): FreeRequestLimits | null {
  const limit = (count: number) => (count === 0 ? null : count);
  const perMinute = limit(configured.FREE_REQUESTS_PER_MINUTE);
  const perDay = limit(configured.FREE_REQUESTS_PER_DAY);
  const perDayOfBuyers = limit(configured.FREE_REQUESTS_PER_DAY_BUYERS);
  // Where billing is off nothing is refused.
  if (configured.BILLING === "off" || (perMinute === null && perDay === null && perDayOfBuyers === null)) return null;
  return { perMinute, perDay, perDayOfBuyers, buyerNanoUsd: parseUsd(configured.FREE_REQUESTS_BUYER_CREDITS) };
}
