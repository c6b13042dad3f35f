import "server-only";
import { addDays, dayOf } from "@/lib/activity-filter/days";
import type { NanoUsd } from "@/lib/money";
import { selectTotals } from "./sums/store";

/** What the account's requests of the last so many UTC days have cost, today among them. */
export async function recentSpend(accountId: string, days: number, nowMs: number): Promise<NanoUsd> {
  const to = dayOf(nowMs);
  return (await selectTotals(accountId, { from: addDays(to, 1 - days), to })).costNanoUsd;
}
