import "server-only";
import { hashOf, labelOf, newApiKey } from "@/lib/id";
import { usdNumber } from "@/lib/money";
import type { ApiKey, ApiKeyKind } from "@/lib/schemas/api-key";
import { formatTimestamp } from "@/lib/schemas/timestamp";
import {
  type ApiKeyPatch,
  insertApiKey,
  type NewApiKey,
  patchApiKey,
  type StoredApiKey,
  selectApiKey,
  selectApiKeys,
  undeleteApiKey,
} from "./store";
import { currentUsage, limitRemaining } from "./usage-windows";

export type CreateApiKey = Omit<NewApiKey, "hash" | "label" | "creatorUserId"> & {
  /** Whose key it is; `null` when nobody is known. */
  userId: string | null;
  /** Who makes it, where that is somebody else. */
  actorUserId?: string | null;
};

/** Makes a key. `key` is returned here and never again: only its hash is kept. */
export async function createApiKey({
  userId,
  actorUserId = userId,
  ...fields
}: CreateApiKey): Promise<{ key: string; record: ApiKey }> {
  const key = newApiKey();
  const hash = hashOf(key);
  const stored = await insertApiKey(
    { ...fields, creatorUserId: userId, hash, label: labelOf(key) },
    { ...eventOf("created", fields.accountId, hash, actorUserId), detail: { kind: fields.kind } },
  );
  return { key, record: recordOf(stored, Date.now()) };
}

/** Keys of an account, newest first; deleted ones are not among them. */
export async function listApiKeys(query: {
  accountId: string;
  kind?: ApiKeyKind;
  offset: number;
  limit: number;
  includeDisabled: boolean;
}): Promise<ApiKey[]> {
  const rows = await selectApiKeys({ ...query, kind: query.kind });
  const nowMs = Date.now();
  return rows.map((row) => recordOf(row, nowMs));
}

/**
 * @param kind when given, a key of the other kind counts as missing.
 * @returns `null` when the account has no such key.
 */
export async function findApiKey(accountId: string, hash: string, kind?: ApiKeyKind): Promise<ApiKey | null> {
  const stored = await selectApiKey(accountId, hash);
  if (stored === null || (kind !== undefined && stored.kind !== kind)) return null;
  return recordOf(stored, Date.now());
}

/**
 * Changes what `patch` names and nothing else. An empty patch changes nothing.
 *
 * @returns the key as it is then; `null` when the account has no such key.
 */
export async function updateApiKey(
  accountId: string,
  hash: string,
  patch: ApiKeyPatch,
  actorUserId: string | null = null,
): Promise<ApiKey | null> {
  const changed = Object.keys(patch);
  if (changed.length > 0) {
    const event = { ...eventOf("updated", accountId, hash, actorUserId), detail: { changed } };
    await patchApiKey(accountId, hash, { ...patch, updatedAt: new Date() }, event);
  }
  return findApiKey(accountId, hash);
}

/** Deletes a key: it stops working at once. @returns whether the account had such a key. */
export function deleteApiKey(accountId: string, hash: string, actorUserId: string | null = null): Promise<boolean> {
  const now = new Date();
  // The row stays, so that what was made with it keeps its name in the activity.
  return patchApiKey(
    accountId,
    hash,
    { updatedAt: now, deletedAt: now },
    eventOf("deleted", accountId, hash, actorUserId),
  );
}

/** So long after a deletion it can be taken back: as long as somebody who slipped looks at the page. */
const RESTORABLE_MS = 10 * 60_000;

/**
 * Takes back the deletion of a key: it works again as it did.
 *
 * @returns the key; `null` when the account has deleted no such key within the last ten minutes.
 */
export async function restoreApiKey(
  accountId: string,
  hash: string,
  kind: ApiKeyKind,
  actorUserId: string | null,
): Promise<ApiKey | null> {
  const now = new Date();
  const since = new Date(now.getTime() - RESTORABLE_MS);
  const event = eventOf("restored", accountId, hash, actorUserId);
  return (await undeleteApiKey({ accountId, hash, kind, since, now }, event)) ? findApiKey(accountId, hash) : null;
}

function eventOf(
  change: "created" | "updated" | "deleted" | "restored",
  accountId: string,
  hash: string,
  userId: string | null,
) {
  return { accountId, userId, action: `api_key.${change}`, target: hash };
}

function recordOf(key: StoredApiKey, nowMs: number): ApiKey {
  const usage = currentUsage(key, nowMs);
  const remaining = limitRemaining(key, nowMs);
  return {
    hash: key.hash,
    name: key.name,
    label: key.label,
    disabled: key.disabled,
    limit: key.limitNanoUsd === null ? null : usdNumber(key.limitNanoUsd),
    limit_remaining: remaining === null ? null : usdNumber(remaining),
    limit_reset: key.limitReset,
    include_byok_in_limit: key.includeByokInLimit,
    usage: usdNumber(usage.usageNanoUsd),
    usage_daily: usdNumber(usage.usageDailyNanoUsd),
    usage_weekly: usdNumber(usage.usageWeeklyNanoUsd),
    usage_monthly: usdNumber(usage.usageMonthlyNanoUsd),
    byok_usage: usdNumber(usage.byokUsageNanoUsd),
    byok_usage_daily: usdNumber(usage.byokUsageDailyNanoUsd),
    byok_usage_weekly: usdNumber(usage.byokUsageWeeklyNanoUsd),
    byok_usage_monthly: usdNumber(usage.byokUsageMonthlyNanoUsd),
    created_at: formatTimestamp(key.createdAt),
    updated_at: key.updatedAt === null ? null : formatTimestamp(key.updatedAt),
    last_used_at: key.lastUsedAt === null ? null : formatTimestamp(key.lastUsedAt),
    expires_at: key.expiresAt === null ? null : formatTimestamp(key.expiresAt),
    creator_user_id: key.creatorUserId,
    external_user: null,
    workspace_id: key.accountId,
  };
}
