import "server-only";
import { getPool } from "@/lib/db/connection";
import type { NanoUsd } from "@/lib/money";
import type { LedgerKind } from "@/lib/schemas/ledger";

/** A ledger entry as it is stored, with the name of its key. */
export type StoredEntry = {
  id: bigint;
  createdAt: Date;
  kind: string;
  amountNanoUsd: NanoUsd;
  state: string;
  computation: unknown;
  note: string | null;
  generationId: string | null;
  keyName: string | null;
};

/** The place of an entry in an account's ledger. */
export type EntryPosition = { createdAt: Date; id: bigint };

const SELECT = `SELECT e."id", e."createdAt", e."kind", e."amountNanoUsd", e."state", e."computation", e."note", e."generationId",
    k."name" AS "keyName"
  FROM "LedgerEntry" e LEFT JOIN "ApiKey" k ON k."hash" = e."apiKeyHash" AND k."accountId" = e."accountId"`;

/**
 * Up to `limit` entries that come after `after`: older ones newest first, newer ones oldest first.
 *
 * @param query.from first UTC day, such as `2026-11-21`; `to` is the last one.
 */
export async function selectEntries(query: {
  accountId: string;
  kind: LedgerKind | undefined;
  from: string | undefined;
  to: string | undefined;
  after: EntryPosition | null;
  direction: "older" | "newer";
  limit: number;
}): Promise<StoredEntry[]> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const { kind, from, to, after } = query;
  const [beyond, order] = query.direction === "older" ? ["<", "DESC"] : [">", "ASC"];
  const conditions = [
    `e."accountId" = ${bind(query.accountId)}`,
    // Written out, not bound: the index on all but usage serves a kind that the planner can see. It is a closed set.
    ...(kind === undefined ? [] : [`e."kind" = '${kind}'`]),
    ...(from === undefined ? [] : [`e."createdAt" >= ${bind(from)}::date::timestamp AT TIME ZONE 'UTC'`]),
    ...(to === undefined ? [] : [`e."createdAt" < (${bind(to)}::date + 1)::timestamp AT TIME ZONE 'UTC'`]),
    ...(after === null ? [] : [`(e."createdAt", e."id") ${beyond} (${bind(after.createdAt)}, ${bind(after.id)})`]),
  ];
  const { rows } = await getPool().query<StoredEntry>(
    `${SELECT} WHERE ${conditions.join(" AND ")} ORDER BY e."createdAt" ${order}, e."id" ${order} LIMIT ${bind(query.limit)}`,
    values,
  );
  return rows;
}

/** `null`: the account has none of that id. */
export async function selectEntry(accountId: string, id: bigint): Promise<StoredEntry | null> {
  const { rows } = await getPool().query<StoredEntry>(`${SELECT} WHERE e."accountId" = $1 AND e."id" = $2`, [
    accountId,
    id,
  ]);
  return rows[0] ?? null;
}

/** `null`: the generation was not charged, or is not the account's. */
export async function selectEntryOfGeneration(accountId: string, generationId: string): Promise<StoredEntry | null> {
  const { rows } = await getPool().query<StoredEntry>(`${SELECT} WHERE e."accountId" = $1 AND e."generationId" = $2`, [
    accountId,
    generationId,
  ]);
  return rows[0] ?? null;
}

/**
 * Gives credits to the account of a user, and notes in the audit log who did.
 *
 * @returns the account and its balance then; `added` is false when the reference was used before and nothing changed.
 */
export async function insertGrant(grant: {
  accountId: string;
  amountNanoUsd: NanoUsd;
  note: string;
  reference: string;
  actor: { accountId: string; userId: string };
}): Promise<{ added: boolean; balanceNanoUsd: NanoUsd }> {
  const { accountId, amountNanoUsd, note, reference, actor } = grant;
  const entry = { accountId, kind: "grant", amountNanoUsd: amountNanoUsd.toString(), note, reference };
  const client = await getPool().connect();
  let isDone = false;
  try {
    await client.query("BEGIN");
    const { rows } = await client.query<{ added: number }>("SELECT signalbox_add_entries($1) AS added", [
      JSON.stringify([entry]),
    ]);
    const added = (rows[0]?.added ?? 0) > 0;
    if (added) {
      await client.query(
        `INSERT INTO "AuditEvent" ("accountId", "userId", "action", "target", "detail")
         VALUES ($1, $2, 'credits.granted', $3, $4)`,
        [actor.accountId, actor.userId, accountId, { amountNanoUsd: amountNanoUsd.toString(), note, reference }],
      );
    }
    const balances = await client.query<{ balance: bigint }>(
      `SELECT "balanceNanoUsd" AS "balance" FROM "Account" WHERE "id" = $1`,
      [accountId],
    );
    await client.query("COMMIT");
    isDone = true;
    return { added, balanceNanoUsd: balances.rows[0]?.balance ?? 0n };
  } finally {
    // After a failure the transaction ends with its connection.
    client.release(!isDone);
  }
}
