import "server-only";
import { getPool } from "@/lib/db/connection";
import type { NanoUsd } from "@/lib/money";

export type LeaseGrant = {
  grantedNanoUsd: NanoUsd;
  /** Free credit of the account before this grant. */
  accountAvailableNanoUsd: NanoUsd;
  /** The same of the key; `null` when it has no limit. */
  keyAvailableNanoUsd: NanoUsd | null;
  /** Set aside by other processes, or by this one for other keys of the account. */
  leasedElsewhereNanoUsd: NanoUsd;
  balanceNanoUsd: NanoUsd;
};

/** Sets up to `wantedNanoUsd` aside for this process, atomically over all processes. */
export async function extendLease(
  instanceId: number,
  accountId: string,
  keyHash: string,
  wantedNanoUsd: NanoUsd,
): Promise<LeaseGrant> {
  const { rows } = await getPool().query<{
    granted: bigint;
    account_available: bigint;
    key_available: bigint | null;
    leased_elsewhere: bigint;
    balance: bigint;
  }>({
    name: "extend-lease",
    text: "SELECT * FROM signalbox_extend_lease($1, $2, $3, $4)",
    values: [instanceId, accountId, keyHash, wantedNanoUsd],
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
 * Writes finished generations and their ledger entries, both as JSON arrays of rows, in one transaction.
 *
 * @returns the balances of the accounts concerned afterwards.
 */
export async function settleAll(
  instanceId: number,
  generationsJson: string,
  entriesJson: string,
): Promise<readonly { accountId: string; balanceNanoUsd: NanoUsd }[]> {
  const { rows } = await getPool().query<{ account_id: string; account_balance: bigint }>({
    name: "settle",
    text: "SELECT * FROM signalbox_settle($1, $2, $3)",
    values: [instanceId, generationsJson, entriesJson],
  });
  return rows.map((row) => ({ accountId: row.account_id, balanceNanoUsd: row.account_balance }));
}

/** Notes generations that are on their way, as a JSON array of `Hold` rows. */
export async function insertHolds(holdsJson: string): Promise<void> {
  await getPool().query({
    name: "insert-holds",
    text: `INSERT INTO "Hold" SELECT * FROM json_populate_recordset(NULL::"Hold", $1) ON CONFLICT DO NOTHING`,
    values: [holdsJson],
  });
}

/** Adds one ledger entry; `false` when its reference was used before. */
export async function addEntry(entry: Record<string, unknown>): Promise<boolean> {
  const { rowCount } = await getPool().query("SELECT * FROM signalbox_add_entries($1)", [JSON.stringify([entry])]);
  return (rowCount ?? 0) > 0;
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
