import "server-only";
import { z } from "zod";
import { getPool, getPrisma } from "@/lib/db/connection";
import type { GenerationModel } from "@/lib/db/generated/models";
import { type RouteRecord, routeRecordSchema } from "@/lib/schemas/route-record";

/** A generation as it is stored, with the names that are kept elsewhere. */
export type StoredGeneration = Omit<GenerationModel, "route"> & {
  route: RouteRecord;
  /** `null`: no provider was reached. */
  providerName: string | null;
  /** `null`: made without a key. */
  key: { name: string; label: string } | null;
};

/** The place of a generation in an account's list. */
export type GenerationPosition = { createdAt: Date; id: string };

/** Up to `limit` generations of an account, newest first, that come after `after` in that order. */
export async function selectGenerations(query: {
  accountId: string;
  after: GenerationPosition | null;
  limit: number;
}): Promise<StoredGeneration[]> {
  const { accountId, after, limit } = query;
  const rows = await getPrisma().generation.findMany({
    where:
      after === null
        ? { accountId }
        : // The first condition is what the index can start from; the second breaks ties.
          {
            accountId,
            createdAt: { lte: after.createdAt },
            OR: [{ createdAt: { lt: after.createdAt } }, { id: { gt: after.id } }],
          },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    take: limit,
  });
  return withNames(rows);
}

/** `null`: there is none of that id in this account. */
export async function selectGeneration(accountId: string, id: string): Promise<StoredGeneration | null> {
  const row = await getPrisma().generation.findFirst({ where: { id, accountId } });
  const [generation] = await withNames(row === null ? [] : [row]);
  return generation ?? null;
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

/** How many generations on free variants of models the account has made from `since` on. */
export function countFreeGenerations(accountId: string, since: Date): Promise<number> {
  return getPrisma().generation.count({
    where: { accountId, createdAt: { gte: since }, modelId: { endsWith: ":free" } },
  });
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

/** What the account has ever paid for, in nano-dollars; credits that were given to it do not count. */
export async function sumPurchases(accountId: string): Promise<bigint> {
  const { _sum } = await getPrisma().ledgerEntry.aggregate({
    where: { accountId, kind: "purchase" },
    _sum: { amountNanoUsd: true },
  });
  return _sum.amountNanoUsd ?? 0n;
}

const providerNameSchema = z.object({ name: z.string() });

async function withNames(rows: readonly GenerationModel[]): Promise<StoredGeneration[]> {
  const hashes = new Set(rows.flatMap(({ apiKeyHash }) => apiKeyHash ?? []));
  const slugs = new Set(rows.flatMap(({ providerSlug }) => providerSlug ?? []));
  const [keys, providers] = await Promise.all([
    getPrisma().apiKey.findMany({
      where: { hash: { in: [...hashes] } },
      select: { hash: true, name: true, label: true },
    }),
    getPrisma().catalogProvider.findMany({ where: { slug: { in: [...slugs] } } }),
  ]);
  const keyOf = new Map(keys.map(({ hash, name, label }) => [hash, { name, label }]));
  const nameOf = new Map(providers.map(({ slug, fact }) => [slug, providerNameSchema.parse(fact).name]));
  return rows.map((row) => ({
    ...row,
    route: routeRecordSchema.parse(row.route),
    // A provider that has left the catalog since is still known by its slug.
    providerName: row.providerSlug === null ? null : (nameOf.get(row.providerSlug) ?? row.providerSlug),
    key: row.apiKeyHash === null ? null : (keyOf.get(row.apiKeyHash) ?? null),
  }));
}
