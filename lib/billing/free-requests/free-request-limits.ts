import { parseUsd } from "@/lib/money";
import type { FreeRequestLimits } from "./store";

/**
 * Source: the public API's documentation of limits, read 2026-11: 20 requests a minute; 50 a day, 1 000 once 10 credits
 * were bought.
 */
export const FREE_REQUEST_LIMITS: FreeRequestLimits = {
  perMinute: 20,
  perDay: 50,
  perDayOfBuyers: 1_000,
  buyerNanoUsd: parseUsd("10"),
};
