import "server-only";
import { env } from "@/lib/env";
import { processState } from "@/lib/process-state";

/** What this process knows of an account's month. */
type Month = { month: string; settled: number; onTheirWay: number };

/** A request that may be answered with a key of the account's own, on its way. */
export type ByokTicket = {
  /** The month's first day, `2026-11-01`. */
  month: string;
  /** As far as is known now it is one of the month's first, which cost no fee. The settlement decides. */
  isFree: boolean;
};

const MAX_ACCOUNTS = 50_000;

const months = () => processState("byok-months", () => new Map<string, Month>());

/** The month that a moment is in (UTC), by its first day. */
export function byokMonthOf(nowMs: number): string {
  return `${new Date(nowMs).toISOString().slice(0, 7)}-01`;
}

/** Notes how many requests the database has counted for an account. It never counts down within a month. */
export function noteByokRequests(accountId: string, month: string, requests: number): void {
  const known = monthOf(accountId, month);
  known.settled = Math.max(known.settled, requests);
}

/**
 * Admits a request: whether it will cost a fee is judged by what has been settled and by what is on its way, so that a
 * request that is going to be free is not refused for want of credit. End it with {@link endByok}.
 */
export function admitByok(accountId: string, nowMs: number): ByokTicket {
  const month = byokMonthOf(nowMs);
  const known = monthOf(accountId, month);
  const isFree = known.settled + known.onTheirWay < env().BYOK_FREE_REQUESTS;
  known.onTheirWay += 1;
  return { month, isFree };
}

/** @param isCounted it was answered with a key of the account's own, and counts for the month */
export function endByok(accountId: string, { month }: ByokTicket, isCounted: boolean): void {
  const known = months().get(accountId);
  if (known?.month !== month) return;
  known.onTheirWay = Math.max(0, known.onTheirWay - 1);
  if (isCounted) known.settled += 1;
}

function monthOf(accountId: string, month: string): Month {
  const known = months().get(accountId);
  if (known?.month === month) return known;
  // Of an account that is forgotten here the database still knows all.
  if (months().size >= MAX_ACCOUNTS) months().clear();
  const fresh: Month = { month, settled: 0, onTheirWay: 0 };
  months().set(accountId, fresh);
  return fresh;
}
