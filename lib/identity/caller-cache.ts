import "server-only";
import { databaseUnavailable } from "@/lib/errors";
import { processState } from "@/lib/process-state";
import type { Caller } from "@/lib/schemas/caller";
import { findKeyForCaller } from "./store";

type Entry = { caller: Caller | null; expiresMs: number; loadedMs: number };

type CacheState = {
  entries: Map<string, Entry>;
  loading: Map<string, Promise<Entry>>;
  /** Counts what was forgotten, so that a query that was on its way meanwhile is not remembered. */
  forgotten: number;
  /** Whether changes reach this process. While they do not, no entry is trusted. */
  isFresh: () => boolean;
};

const MAX_ENTRIES = 50_000;
/** Unknown keys are remembered briefly, so that guessing does not become a load on the database. */
const UNKNOWN_TTL_MS = 5_000;
/** Even a fresh entry is read again now and then: a lost notification must not live for ever. */
const FRESH_TTL_MS = 60_000;

const cache = () =>
  processState<CacheState>("caller-cache", () => ({
    entries: new Map(),
    loading: new Map(),
    forgotten: 0,
    isFresh: () => false,
  }));

/** Tells the cache how to know whether notifications arrive. */
export function watchCallerCache(isFresh: () => boolean): void {
  cache().isFresh = isFresh;
}

/** Forgets one key (its hash), or everything. */
export function forgetCachedKey(hash: string | undefined): void {
  const { entries, loading } = cache();
  cache().forgotten += 1;
  if (hash === undefined) {
    entries.clear();
    loading.clear();
  } else {
    entries.delete(hash);
    loading.delete(hash);
  }
}

/**
 * The caller behind a key's hash, from memory when the key was seen before; `null` when there is no such key or it is
 * disabled or expired.
 *
 * @throws AppError `unavailable` when the database is needed and cannot be asked.
 */
export async function findCachedKey(hash: string, nowMs: number): Promise<Caller | null> {
  const { entries, isFresh } = cache();
  const known = entries.get(hash);
  if (known !== undefined && isFresh() && nowMs - known.loadedMs < lifetimeOf(known)) return validAt(known, nowMs);
  return validAt(await load(hash, nowMs), nowMs);
}

function lifetimeOf(entry: Entry): number {
  return entry.caller === null ? UNKNOWN_TTL_MS : FRESH_TTL_MS;
}

function validAt(entry: Entry, nowMs: number): Caller | null {
  return entry.expiresMs > nowMs ? entry.caller : null;
}

/** One query per key, however many requests wait for it. */
function load(hash: string, nowMs: number): Promise<Entry> {
  const { entries, loading, forgotten } = cache();
  const running = loading.get(hash);
  if (running !== undefined) return running;
  const query = read(hash, nowMs)
    .then((entry) => {
      // The key may have been changed after it was read: this caller came before that, the next one asks again.
      if (cache().forgotten !== forgotten) return entry;
      entries.delete(hash);
      entries.set(hash, entry);
      const [oldest] = entries.keys();
      if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
      return entry;
    })
    .finally(() => {
      if (loading.get(hash) === query) loading.delete(hash);
    });
  loading.set(hash, query);
  return query;
}

async function read(hash: string, nowMs: number): Promise<Entry> {
  const row = await findKeyForCaller(hash).catch((error: unknown) => {
    throw databaseUnavailable(error);
  });
  if (row === null || row.disabled || row.deletedAt !== null) {
    return { caller: null, expiresMs: Number.POSITIVE_INFINITY, loadedMs: nowMs };
  }
  return {
    caller: {
      accountId: row.accountId,
      userId: row.creatorUserId,
      key: { hash: row.hash, label: row.label, kind: row.kind, limitNanoUsd: row.limitNanoUsd },
    },
    expiresMs: row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    loadedMs: nowMs,
  };
}
