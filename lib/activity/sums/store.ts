import "server-only";
import { getPool } from "@/lib/db/connection";
import type { ActivityFilter, ActivityGroup } from "@/lib/schemas/activity-filter";
import { generationConditions, type Narrowing, sumConditions } from "../filter-sql";
import type { Direction } from "../store";

/** What is summed up of some generations. */
export type Sums = {
  requests: bigint;
  promptTokens: bigint;
  completionTokens: bigint;
  reasoningTokens: bigint;
  cachedTokens: bigint;
  costNanoUsd: bigint;
};

/** Sums of one group at one time. */
export type GroupSums = Sums & {
  /** A day such as `2026-11-21`, or a full hour such as `2026-11-21T14`; UTC. */
  at: string;
  /** Model id, provider slug or key hash; empty for none. */
  group: string;
};

const SUMS = `SUM("promptTokens")::int8 AS "promptTokens", SUM("completionTokens")::int8 AS "completionTokens",
  SUM("reasoningTokens")::int8 AS "reasoningTokens", SUM("cachedTokens")::int8 AS "cachedTokens",
  SUM("costNanoUsd")::int8 AS "costNanoUsd"`;

const GROUP_SQL = {
  model: `"modelId"`,
  provider: `"providerSlug"`,
  key: `"apiKeyHash"`,
} as const satisfies Record<ActivityGroup, string>;

/** Sums by day and group. */
export async function selectDaySums(
  accountId: string,
  filter: ActivityFilter,
  by: ActivityGroup,
): Promise<GroupSums[]> {
  const { where, values } = whereOf(accountId, filter);
  const { rows } = await getPool().query<GroupSums>(
    `SELECT "day"::text AS "at", ${GROUP_SQL[by]} AS "group", SUM("requests")::int8 AS "requests", ${SUMS}
       FROM "ActivityDay" WHERE ${where} GROUP BY 1, 2`,
    values,
  );
  return rows;
}

/**
 * The same by hour, of one day: counted from the generations themselves. Each hour is one look into an index, so that
 * nothing has to be sorted, and every other hour is a statement's, so that the database works on both at once: a busy
 * day has a hundred thousand generations.
 */
export async function selectHourSums(
  accountId: string,
  filter: ActivityFilter,
  by: ActivityGroup,
): Promise<GroupSums[]> {
  const [even, odd] = await Promise.all([
    selectEveryOtherHour(accountId, filter, by, 0),
    selectEveryOtherHour(accountId, filter, by, 1),
  ]);
  return [...even, ...odd];
}

async function selectEveryOtherHour(
  accountId: string,
  { from, to: _to, ...narrowing }: ActivityFilter,
  by: ActivityGroup,
  first: 0 | 1,
): Promise<GroupSums[]> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const day = bind(from);
  const conditions = [`"accountId" = ${bind(accountId)}`, ...generationConditions(narrowing, bind)];
  const { rows } = await getPool().query<GroupSums>(
    `SELECT to_char(h."start", 'YYYY-MM-DD"T"HH24') AS "at", s.*
       FROM (SELECT ${day}::date + make_interval(hours => n) AS "start" FROM generate_series(${bind(first)}::int, 23, 2) n) h
       CROSS JOIN LATERAL (
         SELECT COALESCE(${GROUP_SQL[by]}, '') AS "group", COUNT(*)::int8 AS "requests", ${SUMS}
           FROM "Generation" WHERE ${conditions.join(" AND ")} AND "createdAt" >= h."start" AT TIME ZONE 'UTC'
             AND "createdAt" < (h."start" + interval '1 hour') AT TIME ZONE 'UTC'
           GROUP BY ${GROUP_SQL[by]}
       ) s`,
    values,
  );
  return rows;
}

/** Sums over the whole period. */
export async function selectTotals(accountId: string, filter: ActivityFilter): Promise<Sums> {
  const { where, values } = whereOf(accountId, filter);
  const { rows } = await getPool().query<{ [Name in keyof Sums]: bigint | null }>(
    `SELECT SUM("requests")::int8 AS "requests", ${SUMS} FROM "ActivityDay" WHERE ${where}`,
    values,
  );
  const [row] = rows;
  return {
    requests: row?.requests ?? 0n,
    promptTokens: row?.promptTokens ?? 0n,
    completionTokens: row?.completionTokens ?? 0n,
    reasoningTokens: row?.reasoningTokens ?? 0n,
    cachedTokens: row?.cachedTokens ?? 0n,
    costNanoUsd: row?.costNanoUsd ?? 0n,
  };
}

/** The days of the period on which there is something, in the order of `direction`, each with how much. */
export async function selectBusyDays(
  accountId: string,
  filter: ActivityFilter,
  direction: Direction,
): Promise<{ day: string; requests: bigint }[]> {
  const { where, values } = whereOf(accountId, filter);
  const { rows } = await getPool().query<{ day: string; requests: bigint }>(
    `SELECT "day"::text AS "day", SUM("requests")::int8 AS "requests" FROM "ActivityDay" WHERE ${where}
       GROUP BY 1 ORDER BY 1 ${direction === "older" ? "DESC" : "ASC"}`,
    values,
  );
  return rows;
}

/** Whether there is anything at all. */
export async function selectAnyDay(accountId: string): Promise<boolean> {
  const { rows } = await getPool().query(`SELECT 1 FROM "ActivityDay" WHERE "accountId" = $1 LIMIT 1`, [accountId]);
  return rows.length > 0;
}

/** One row of the public activity. */
export type EndpointDay = Sums & {
  day: string;
  modelId: string;
  endpointTag: string;
  providerSlug: string;
  upstreamCostNanoUsd: bigint;
};

/** What was served by endpoints, by day, model and endpoint: newest day first. */
export async function selectEndpointDays(query: {
  accountId: string;
  from: string;
  to: string;
  keyHashes: readonly string[] | null;
}): Promise<EndpointDay[]> {
  const { accountId, from, to, keyHashes } = query;
  const { rows } = await getPool().query<EndpointDay>(
    `SELECT "day"::text AS "day", "modelId", "endpointTag", MIN("providerSlug") AS "providerSlug",
         SUM("requests")::int8 AS "requests", ${SUMS},
         COALESCE(SUM("upstreamCostNanoUsd") FILTER (WHERE "isByok"), 0)::int8 AS "upstreamCostNanoUsd"
       FROM "ActivityDay" WHERE "accountId" = $1 AND "day" BETWEEN $2::date AND $3::date AND "endpointTag" <> ''
         AND ($4::text[] IS NULL OR "apiKeyHash" = ANY ($4))
       GROUP BY "day", "modelId", "endpointTag" HAVING SUM("requests") > 0
       ORDER BY "day" DESC, "modelId", "endpointTag"`,
    [accountId, from, to, keyHashes],
  );
  return rows;
}

function whereOf(accountId: string, { from, to, ...narrowing }: ActivityFilter & Narrowing) {
  const values: unknown[] = [accountId, from, to];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = sumConditions(narrowing, bind);
  return {
    where: [`"accountId" = $1`, `"day" BETWEEN $2::date AND $3::date`, ...conditions].join(" AND "),
    values,
  };
}
