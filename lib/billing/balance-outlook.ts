import { type NanoUsd, parseUsd } from "@/lib/money";

/** Less than this is little for anybody, whatever they spend. */
const LOW_NANO_USD = parseUsd("0.5");
const LOW_DAYS = 3;
/** Further ahead, a guess from one week says nothing. */
const MAX_DAYS = 365;

export type BalanceOutlook = {
  /** `empty`: requests are refused. */
  level: "empty" | "low" | "fine";
  /** How long the balance lasts at the pace of late, in whole days; `null` where nobody can say. */
  daysLeft: number | null;
};

/** How far a balance reaches, going by what was spent within the last `days` days. */
export function balanceOutlook(balanceNanoUsd: NanoUsd, spentNanoUsd: NanoUsd, days: number): BalanceOutlook {
  if (balanceNanoUsd <= 0n) return { level: "empty", daysLeft: null };
  const daysLeft = spentNanoUsd <= 0n ? MAX_DAYS + 1 : Number((balanceNanoUsd * BigInt(days)) / spentNanoUsd);
  const isLow = balanceNanoUsd < LOW_NANO_USD || daysLeft < LOW_DAYS;
  return { level: isLow ? "low" : "fine", daysLeft: daysLeft > MAX_DAYS ? null : daysLeft };
}
