import "server-only";
import { getPool } from "@/lib/db/connection";
import type { NanoUsd } from "@/lib/money";

/** More requests than anybody makes: what the database is told where there is no limit. */
const NO_LIMIT = 1_000_000_000;

/** How often an account may ask free models; `null`: as often as it likes. */
export type FreeRequestLimits = {
  perMinute: number | null;
  /** Of a UTC day. */
  perDay: number | null;
  /** The same, once `buyerNanoUsd` of credits were bought. */
  perDayOfBuyers: number | null;
  buyerNanoUsd: NanoUsd;
};

/** Requests that one process may make on its own authority. */
export type FreeRequestGrant = {
  granted: number;
  dayLimit: number;
  /** What is left of the day after this grant. */
  dayLeft: number;
  /** The minute and the UTC day (`2026-11-21`) that it belongs to, for giving it back. */
  minuteStart: Date;
  day: string;
  minuteLeftMs: number;
  dayLeftMs: number;
};

/** Takes up to `wanted` requests for this process, atomically over all processes. */
export async function takeFreeRequests(
  accountId: string,
  wanted: number,
  { perMinute, perDay, perDayOfBuyers, buyerNanoUsd }: FreeRequestLimits,
): Promise<FreeRequestGrant> {
  const { rows } = await getPool().query<FreeRequestGrant>({
    name: "take-free-requests",
    text: `SELECT "granted", "day_limit" AS "dayLimit", "day_left" AS "dayLeft", "minuteStart", "day"::text AS "day",
             "minute_left_ms" AS "minuteLeftMs", "day_left_ms" AS "dayLeftMs"
           FROM signalbox_take_free_requests($1, $2, $3, $4, $5, $6)`,
    values: [accountId, wanted, perMinute ?? NO_LIMIT, perDay ?? NO_LIMIT, perDayOfBuyers ?? NO_LIMIT, buyerNanoUsd],
  });
  const [row] = rows;
  if (row === undefined) throw new Error("signalbox_take_free_requests returned nothing");
  return row;
}

/** Gives back requests that were granted and not made. */
export async function returnFreeRequests(
  accountId: string,
  count: number,
  { minuteStart, day }: Pick<FreeRequestGrant, "minuteStart" | "day">,
): Promise<void> {
  await getPool().query("SELECT signalbox_return_free_requests($1, $2, $3, $4)", [accountId, count, minuteStart, day]);
}

/** Asks every process but the one of `askerId` to give back what it may still make of the account's requests. */
export async function askForFreeRequests(accountId: string, askerId: string): Promise<void> {
  await getPool().query("SELECT pg_notify('signalbox', $1)", [`free:${accountId} ${askerId}`]);
}

/** How many requests to free models are written down of the account's present UTC day. */
export async function countFreeRequests(accountId: string): Promise<number> {
  const { rows } = await getPool().query<{ count: bigint }>(
    `SELECT COALESCE(SUM("requests"), 0)::int8 AS "count" FROM "ActivityDay"
       WHERE "accountId" = $1 AND "day" = (now() AT TIME ZONE 'UTC')::date AND "modelId" LIKE '%:free'`,
    [accountId],
  );
  return Number(rows[0]?.count ?? 0n);
}

/** What the account has ever paid for, in nano-dollars; credits that were given to it do not count. */
export async function sumPurchases(accountId: string): Promise<NanoUsd> {
  const { rows } = await getPool().query<{ sum: bigint }>(
    `SELECT COALESCE(SUM("amountNanoUsd"), 0)::int8 AS "sum" FROM "LedgerEntry" WHERE "accountId" = $1 AND "kind" = 'purchase'`,
    [accountId],
  );
  return rows[0]?.sum ?? 0n;
}
