import "server-only";
import { z } from "zod";
import { getPool, getPrisma } from "@/lib/db/connection";
import type { GenerationModel } from "@/lib/db/generated/models";
import { type RouteRecord, routeRecordSchema } from "@/lib/schemas/route-record";
import { APP_SQL, generationConditions, type Narrowing } from "./filter-sql";

/** Names that are kept elsewhere. */
type Names = {
  /** `null`: no provider was reached. */
  providerName: string | null;
  /** `null`: made without a key, or with one that was removed for good. */
  key: { name: string; label: string } | null;
};

const LISTED = [
  "id",
  "createdAt",
  "requestedModel",
  "modelId",
  "providerSlug",
  "endpointTag",
  "apiKeyHash",
  "promptTokens",
  "completionTokens",
  "reasoningTokens",
  "cachedTokens",
  "costNanoUsd",
  "estimated",
  "insured",
  "sandbox",
  "isByok",
  "state",
  "finishReason",
  "firstTokenMs",
  "generationMs",
  "streamed",
] as const satisfies readonly (keyof GenerationModel)[];

/** A generation as it is listed, without the names that are kept elsewhere. `app`: empty for none. */
export type ListedRow = Pick<GenerationModel, (typeof LISTED)[number]> & { app: string };

/** A generation as it is listed. */
export type ListedGeneration = ListedRow & Names;

/** A generation as it is stored, all of it. */
export type StoredGeneration = Omit<GenerationModel, "route"> & Names & { app: string; route: RouteRecord };

/** The place of a generation in an account's list. */
export type GenerationPosition = { createdAt: Date; id: string };

/** `older`: newest first; `newer`: the other way round. */
export type Direction = "older" | "newer";

/**
 * Up to `limit` generations of an account within some UTC days, in the order of `direction`, that come after `after` in
 * that order.
 */
export async function selectGenerations(query: {
  accountId: string;
  /** Days to look into: `[first, last]` of a span, or each by itself. */
  days: { span: readonly [first: string, last: string] } | { each: readonly string[] };
  narrowing: Narrowing;
  after: GenerationPosition | null;
  direction: Direction;
  limit: number;
}): Promise<ListedRow[]> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const [later, earlier, descending, ascending] =
    query.direction === "older" ? ["<", ">", "DESC", "ASC"] : [">", "<", "ASC", "DESC"];
  const order = `"createdAt" ${descending}, "id" ${ascending}`;
  const { accountId, narrowing, after, days } = query;
  const limit = bind(query.limit);
  const conditions = [`"accountId" = ${bind(accountId)}`, ...generationConditions(narrowing, bind)];
  if (after !== null) {
    const [time, id] = [bind(after.createdAt), bind(after.id)];
    // The first condition is what an index can start from; the second breaks ties.
    conditions.push(`"createdAt" ${later}= ${time}`, `("createdAt" ${later} ${time} OR "id" ${earlier} ${id})`);
  }
  const rowsWithin = (first: string, last: string) =>
    `SELECT ${COLUMNS} FROM "Generation" WHERE ${conditions.join(" AND ")}
       AND "createdAt" >= (${first})::timestamp AT TIME ZONE 'UTC'
       AND "createdAt" < (${last} + 1)::timestamp AT TIME ZONE 'UTC'
     ORDER BY ${order} LIMIT ${limit}`;
  const text =
    "span" in days
      ? rowsWithin(`${bind(days.span[0])}::date`, `${bind(days.span[1])}::date`)
      : // One look into an index for each day: the planner cannot be lured into reading all that lies between them.
        `SELECT g.* FROM unnest(${bind(days.each)}::date[]) AS d("day")
           CROSS JOIN LATERAL (${rowsWithin('d."day"', 'd."day"')}) g ORDER BY ${order} LIMIT ${limit}`;
  const { rows } = await getPool().query<ListedRow>(text, values);
  return rows;
}

const COLUMNS = [...LISTED.map((name) => `"${name}"`), `${APP_SQL} AS "app"`].join(", ");

/** `null`: there is none of that id in this account. */
export async function selectGeneration(accountId: string, id: string): Promise<StoredGeneration | null> {
  const { rows } = await getPool().query<Omit<GenerationModel, "route"> & { app: string; route: unknown }>(
    `SELECT *, ${APP_SQL} AS "app" FROM "Generation" WHERE "id" = $1 AND "accountId" = $2`,
    [id, accountId],
  );
  const [row] = await withNames(accountId, rows);
  return row === undefined ? null : { ...row, route: routeRecordSchema.parse(row.route) };
}

const providerNameSchema = z.object({ name: z.string() });

/** Names are looked up when a record is read: a key may have been renamed since, a provider may have left the catalog. */
export async function withNames<Row extends { apiKeyHash: string | null; providerSlug: string | null }>(
  accountId: string,
  rows: readonly Row[],
): Promise<(Row & Names)[]> {
  const [keyOf, nameOf] = await Promise.all([
    selectKeyNames(
      accountId,
      rows.flatMap(({ apiKeyHash }) => apiKeyHash ?? []),
    ),
    selectProviderNames(rows.flatMap(({ providerSlug }) => providerSlug ?? [])),
  ]);
  return rows.map((row) => ({
    ...row,
    // A provider that has left the catalog since is still known by its slug.
    providerName: row.providerSlug === null ? null : (nameOf.get(row.providerSlug) ?? row.providerSlug),
    key: row.apiKeyHash === null ? null : (keyOf.get(row.apiKeyHash) ?? null),
  }));
}

/** Names and labels by hash, of keys of the account, deleted ones among them. */
export async function selectKeyNames(
  accountId: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, { name: string; label: string }>> {
  if (hashes.length === 0) return new Map();
  const keys = await getPrisma().apiKey.findMany({
    where: { accountId, hash: { in: [...new Set(hashes)] } },
    select: { hash: true, name: true, label: true },
  });
  return new Map(keys.map(({ hash, name, label }) => [hash, { name, label }]));
}

/** Names by slug, of providers that are in the catalog. */
export async function selectProviderNames(slugs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (slugs.length === 0) return new Map();
  const providers = await getPrisma().catalogProvider.findMany({ where: { slug: { in: [...new Set(slugs)] } } });
  return new Map(providers.map(({ slug, fact }) => [slug, providerNameSchema.parse(fact).name]));
}

const attemptsRowSchema = z.object({
  id: z.string(),
  createdAt: z.date(),
  modelId: z.string(),
  providerSlug: z.string().nullable(),
  state: z.string(),
  finishReason: z.string().nullable(),
  sandbox: z.boolean(),
  firstTokenMs: z.number().nullable(),
  attempts: routeRecordSchema.shape.attempts,
});

/**
 * The last generations of an account, newest first, with their attempts alone: the rest of a route is fifty times as
 * much, and the database can leave it where it is.
 */
export async function selectAttempts({ accountId, limit }: { accountId: string; limit: number }) {
  const { rows } = await getPool().query(
    `SELECT id, "createdAt", "modelId", "providerSlug", state, "finishReason", sandbox, "firstTokenMs",
            route->'attempts' AS attempts
       FROM "Generation" WHERE "accountId" = $1 ORDER BY "createdAt" DESC, id LIMIT $2`,
    [accountId, limit],
  );
  return z.array(attemptsRowSchema).parse(rows);
}

/** Tokens in and out of all accounts since a moment, by model. */
export async function sumTokensByModel(since: Date): Promise<ReadonlyMap<string, number>> {
  const sums = await getPrisma().generation.groupBy({
    by: ["modelId"],
    where: { createdAt: { gte: since } },
    _sum: { promptTokens: true, completionTokens: true },
  });
  return new Map(sums.map(({ modelId, _sum }) => [modelId, (_sum.promptTokens ?? 0) + (_sum.completionTokens ?? 0)]));
}
