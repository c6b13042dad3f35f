import "server-only";
import { usdString } from "@/lib/money";
import type { Charge, LedgerEntry, LedgerKind, LedgerPage } from "@/lib/schemas/ledger";
import { type StoredEntry, selectEntries, selectEntry, selectEntryOfGeneration } from "./entries/store";
import { entryCursorOf, parseEntryCursor } from "./entry-cursor";
import { explainCharge } from "./explain-charge";

type LedgerQuery = {
  accountId: string;
  kind?: LedgerKind | undefined;
  /** UTC days such as `2026-11-21`, both included. */
  from?: string | undefined;
  to?: string | undefined;
  after?: string | undefined;
  before?: string | undefined;
  /** Rows per page. */
  limit: number;
};

/**
 * A page of an account's ledger, newest first: the first page, or the one older than `after`, or the one newer than
 * `before`. A page of newer ones that would not be full is the first page, and so is what a wrong cursor leads to.
 */
export async function listEntries({ after, before, limit, ...query }: LedgerQuery): Promise<LedgerPage> {
  const cursor = before ?? after;
  const place = cursor === undefined ? null : parseEntryCursor(cursor);
  const direction = before === undefined || place === null ? "older" : "newer";
  const found = await selectEntries({
    accountId: query.accountId,
    kind: query.kind,
    from: query.from,
    to: query.to,
    after: place,
    direction,
    // One more than is shown: whether there is a page beyond.
    limit: limit + 1,
  });
  if (direction === "newer" && found.length < limit) return listEntries({ ...query, limit });

  const shown = found.slice(0, limit);
  if (direction === "newer") shown.reverse();
  const [first, last] = [shown.at(0), shown.at(-1)];
  const isMore = found.length > limit;
  const hasNewer = direction === "newer" ? isMore : place !== null;
  const hasOlder = direction === "older" ? isMore : true;
  return {
    rows: shown.map(shownEntry),
    newerCursor: hasNewer && first !== undefined ? entryCursorOf(first) : null,
    olderCursor: hasOlder && last !== undefined ? entryCursorOf(last) : null,
  };
}

/** `null`: the account has no such entry. */
export async function findEntry(accountId: string, id: string): Promise<LedgerEntry | null> {
  const entry = await selectEntry(accountId, BigInt(id));
  return entry === null ? null : shownEntry(entry);
}

/** The arithmetic of a generation's charge; `null` when it was not charged, or is not the account's. */
export async function findChargeOf(accountId: string, generationId: string): Promise<Charge | null> {
  const entry = await selectEntryOfGeneration(accountId, generationId);
  return entry === null ? null : explainCharge(entry);
}

function shownEntry(entry: StoredEntry): LedgerEntry {
  const charge = entry.kind === "usage" || entry.kind === "byok_fee" ? explainCharge(entry) : null;
  return {
    id: entry.id.toString(),
    createdAt: entry.createdAt.toISOString(),
    kind: entry.kind,
    amountUsd: usdString(entry.amountNanoUsd),
    note: entry.note,
    generationId: entry.generationId,
    keyName: entry.keyName,
    modelId: charge?.endpoint?.split("|")[0] ?? null,
    charge,
  };
}
