import "server-only";
import { getPool } from "@/lib/db/connection";
import type { NanoUsd } from "@/lib/money";
import type { Settlement } from "@/lib/schemas/settlement";
import { databaseJson } from "./database-json";

export type LeaseGrant = {
  grantedNanoUsd: NanoUsd;
  /** Free credit of the account before this grant. */
  accountAvailableNanoUsd: NanoUsd;
  /** The same of the key; `null` when it has no limit. */
  keyAvailableNanoUsd: NanoUsd | null;
  /** Set aside by other processes, or by this one for other keys of the account, as far as having it back would help. */
  leasedElsewhereNanoUsd: NanoUsd;
  balanceNanoUsd: NanoUsd;
};

/**
 * Sets up to `wantedNanoUsd` aside for this process, atomically over all processes, and `aheadNanoUsd` more while the
 * account has several times that.
 */
export async function extendLease(
  instanceId: number,
  accountId: string,
  keyHash: string,
  wantedNanoUsd: NanoUsd,
  aheadNanoUsd: NanoUsd,
): Promise<LeaseGrant> {
  const { rows } = await getPool().query<{
    granted: bigint;
    account_available: bigint;
    key_available: bigint | null;
    leased_elsewhere: bigint;
    balance: bigint;
  }>({
    name: "extend-lease",
    text: "SELECT * FROM signalbox_extend_lease($1, $2, $3, $4, $5)",
    values: [instanceId, accountId, keyHash, wantedNanoUsd, aheadNanoUsd],
  });
  const [row] = rows;
  if (row === undefined) throw new Error("signalbox_extend_lease returned nothing");
  return {
    grantedNanoUsd: row.granted,
    accountAvailableNanoUsd: row.account_available,
    keyAvailableNanoUsd: row.key_available,
    leasedElsewhereNanoUsd: row.leased_elsewhere,
    balanceNanoUsd: row.balance,
  };
}

/** Gives back `amountNanoUsd` of a lease. */
export async function releaseLease(instanceId: number, accountId: string, keyHash: string, amountNanoUsd: NanoUsd) {
  await getPool().query("SELECT signalbox_release_lease($1, $2, $3, $4)", [
    instanceId,
    accountId,
    keyHash,
    amountNanoUsd,
  ]);
}

/** Gives back a whole lease, whatever the database holds of it. */
export async function dropLease(instanceId: number, accountId: string, keyHash: string): Promise<void> {
  await getPool().query(`DELETE FROM "Lease" WHERE "instanceId" = $1 AND "accountId" = $2 AND "apiKeyHash" = $3`, [
    instanceId,
    accountId,
    keyHash,
  ]);
}

/** Asks every process to give back what it has set aside for the account and does not use. */
export async function askForLeases(accountId: string): Promise<void> {
  await getPool().query("SELECT pg_notify('signalbox', $1)", [`reclaim:${accountId}`]);
}

/**
 * Writes finished generations and their ledger entries in one transaction.
 *
 * @returns the balances of the accounts concerned afterwards.
 */
export async function settleAll(
  instanceId: number,
  settlements: readonly Settlement[],
): Promise<readonly { accountId: string; balanceNanoUsd: NanoUsd }[]> {
  const generations = settlements.map(({ generation }) => generation);
  const entries = settlements.flatMap(({ entry }) => entry ?? []);
  const { rows } = await getPool().query<{ account_id: string; account_balance: bigint }>({
    name: "settle",
    text: "SELECT * FROM signalbox_settle($1, $2, $3, $4, $5)",
    values: [
      instanceId,
      generations.map(({ id }) => id),
      [...new Set(generations.map(({ accountId }) => accountId))],
      databaseJson(generations),
      databaseJson(entries),
    ],
  });
  return rows.map((row) => ({ accountId: row.account_id, balanceNanoUsd: row.account_balance }));
}

/** What a settlement of requests with the accounts' own keys came to. */
export type SettledGroup = {
  balances: readonly { accountId: string; balanceNanoUsd: NanoUsd }[];
  /** By generation: the fee that was charged, which may be waived. */
  fees: readonly { generationId: string; feeNanoUsd: NanoUsd }[];
};

/** The same as {@link settleAll} for a group in which some were answered with a key of the account's own. */
export async function settleWithByok(instanceId: number, settlements: readonly Settlement[]): Promise<SettledGroup> {
  const generations = settlements.map(({ generation }) => generation);
  const { rows } = await getPool().query<{
    account_id: string;
    account_balance: bigint | null;
    generation_id: string | null;
    charged: bigint | null;
  }>({
    name: "settle-byok",
    text: "SELECT * FROM signalbox_settle_byok($1, $2, $3, $4, $5)",
    values: [
      instanceId,
      generations.map(({ id }) => id),
      [...new Set(generations.map(({ accountId }) => accountId))],
      databaseJson(generations),
      databaseJson(settlements.flatMap(({ entry }) => entry ?? [])),
    ],
  });
  return {
    balances: rows.flatMap(({ account_id: accountId, account_balance: balanceNanoUsd }) =>
      balanceNanoUsd === null ? [] : [{ accountId, balanceNanoUsd }],
    ),
    fees: rows.flatMap(({ generation_id: generationId, charged: feeNanoUsd }) =>
      generationId === null || feeNanoUsd === null ? [] : [{ generationId, feeNanoUsd }],
    ),
  };
}

/** How many requests the account made with its own keys in the month of this first day. */
export async function selectByokRequests(accountId: string, month: string): Promise<number> {
  const { rows } = await getPool().query<{ requests: number }>({
    name: "find-byok-requests",
    text: `SELECT "requests" FROM "ByokMonth" WHERE "accountId" = $1 AND "month" = $2`,
    values: [accountId, month],
  });
  return rows[0]?.requests ?? 0;
}

/** What a key may still spend in its current period; `null` when it has no limit, or does not exist. */
export async function selectKeyRemaining(keyHash: string): Promise<NanoUsd | null> {
  const { rows } = await getPool().query<{ remaining: bigint | null }>({
    name: "find-key-remaining",
    text: `SELECT signalbox_key_remaining(k, (now() AT TIME ZONE 'UTC')::date) AS remaining FROM "ApiKey" k WHERE k."hash" = $1`,
    values: [keyHash],
  });
  return rows[0]?.remaining ?? null;
}

/**
 * Notes generations that are on their way, as a JSON array of `Hold` rows.
 *
 * Not flushed to disk at once, which settlements would have to wait for: a crash of this process loses none, one of the
 * database itself those of the last moment, and their generations are still settled.
 */
export async function insertHolds(holdsJson: string): Promise<void> {
  await getPool().query({
    name: "insert-holds",
    text: `INSERT INTO "Hold" SELECT h.* FROM set_config('synchronous_commit', 'off', true),
      json_populate_recordset(NULL::"Hold", $1) h ON CONFLICT DO NOTHING`,
    values: [holdsJson],
  });
}

/** Adds one ledger entry; `false` when its reference was used before. */
export async function addEntry(entry: Record<string, unknown>): Promise<boolean> {
  const { rows } = await getPool().query<{ added: number }>("SELECT signalbox_add_entries($1) AS added", [
    JSON.stringify([entry]),
  ]);
  return (rows[0]?.added ?? 0) > 0;
}

export async function readBalance(
  accountId: string,
): Promise<{ balanceNanoUsd: NanoUsd; creditsNanoUsd: NanoUsd; usageNanoUsd: NanoUsd } | null> {
  const { rows } = await getPool().query<{ balanceNanoUsd: bigint; creditsNanoUsd: bigint; usageNanoUsd: bigint }>(
    `SELECT "balanceNanoUsd", "creditsNanoUsd", "usageNanoUsd" FROM "Account" WHERE "id" = $1`,
    [accountId],
  );
  return rows[0] ?? null;
}
