import "server-only";
import { NotifiedCache } from "@/lib/notified-cache";
import { processState } from "@/lib/process-state";
import type { Caller } from "@/lib/schemas/caller";
import { findKeyForCaller } from "./store";

type KnownKey = { caller: Caller; expiresMs: number };

const MAX_ENTRIES = 50_000;

const cache = () => processState("caller-cache", () => new NotifiedCache<KnownKey>(MAX_ENTRIES));

/** Forgets one key (its hash). */
export function forgetCachedKey(hash: string): void {
  cache().forget(hash);
}

/** Forgets the keys of an account, or all. */
export function forgetCachedKeys(accountId?: string): void {
  cache().forgetWhere(({ caller }) => accountId === undefined || caller.accountId === accountId);
}

/**
 * The caller behind a key's hash, from memory when the key was seen before; `null` when there is no such key or it is
 * disabled or expired.
 *
 * @throws AppError `unavailable` when the database is needed and cannot be asked.
 */
export async function findCachedKey(hash: string, nowMs: number): Promise<Caller | null> {
  const known = await cache().find(hash, nowMs, read);
  return known === null || known.expiresMs <= nowMs ? null : known.caller;
}

async function read(hash: string): Promise<KnownKey | null> {
  const row = await findKeyForCaller(hash);
  if (row === null || row.disabled || row.deletedAt !== null) return null;
  return {
    caller: {
      accountId: row.accountId,
      userId: row.creatorUserId,
      key: {
        hash: row.hash,
        label: row.label,
        kind: row.kind,
        limitNanoUsd: row.limitNanoUsd,
        includesByok: row.includeByokInLimit,
      },
      settings: row.settings,
    },
    expiresMs: row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
  };
}
