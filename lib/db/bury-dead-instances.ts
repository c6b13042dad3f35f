import "server-only";
import { hostname } from "node:os";
import type { PoolClient } from "pg";
import { getPool } from "./connection";
import { isProcessAlive } from "./embedded/process-identity";
import { INSTANCE_LOCK } from "./instance";

/**
 * A process that cannot be seen from here is taken for dead when its lock has been free for this long: it may only have
 * lost its connection for a moment.
 */
const DEAD_AFTER_MS = 25_000;

type Row = { id: number; hostname: string | null; pid: number | null };

/** When the lock of an instance was first seen free, ms since 1970. */
const firstSeenFree = new Map<number, number>();

/**
 * Closes what dead processes left behind: generations on their way become interrupted ones, leases go.
 *
 * @param options.ownId this process's own instance, which is not looked at.
 * @param options.alsoIds instances to look at besides those that the database knows.
 * @param options.beforeBurial is called for each dead instance first, while nobody else can touch it.
 * @param options.nowMs ms since 1970.
 * @returns how many generations were closed as interrupted.
 */
export async function buryDeadInstances(options: {
  ownId?: number;
  alsoIds: readonly number[];
  beforeBurial: (instanceId: number) => Promise<void>;
  nowMs: number;
}): Promise<number> {
  // Holds and leases may outlive even their instance's row, when that was deleted and they could not be.
  const { rows } = await getPool().query<Row>(
    `SELECT i."id", "hostname", "pid" FROM (
       SELECT "id" FROM "Instance" UNION SELECT "instanceId" FROM "Hold" UNION SELECT "instanceId" FROM "Lease"
       UNION SELECT unnest($1::int[])
     ) i LEFT JOIN "Instance" USING ("id")`,
    [options.alsoIds],
  );
  let closed = 0;
  for (const row of rows) {
    if (row.id !== options.ownId) closed += await withFreeLock(row, options);
  }
  return closed;
}

type Burial = { beforeBurial: (instanceId: number) => Promise<void>; nowMs: number };

async function withFreeLock(row: Row, burial: Burial): Promise<number> {
  const client = await getPool().connect();
  let isDone = false;
  try {
    const closed = await buryIfDead(client, row, burial);
    isDone = true;
    return closed;
  } finally {
    // After a failure the connection may still hold the lock, and goes with it.
    client.release(!isDone);
  }
}

async function buryIfDead(client: PoolClient, row: Row, { beforeBurial, nowMs }: Burial): Promise<number> {
  const { id } = row;
  const lock = await client.query<{ free: boolean }>("SELECT pg_try_advisory_lock($1, $2) AS free", [
    INSTANCE_LOCK,
    id,
  ]);
  if (lock.rows[0]?.free !== true) {
    firstSeenFree.delete(id);
    return 0;
  }
  let closed = 0;
  if (isDead(row, nowMs)) {
    await beforeBurial(id);
    const buried = await client.query<{ closed: number }>("SELECT signalbox_bury_instance($1) AS closed", [id]);
    closed = buried.rows[0]?.closed ?? 0;
    firstSeenFree.delete(id);
  }
  await client.query("SELECT pg_advisory_unlock($1, $2)", [INSTANCE_LOCK, id]);
  return closed;
}

/** Whether the owner of a free lock is dead, and has not merely lost its connection. */
function isDead({ id, hostname: host, pid }: Row, nowMs: number): boolean {
  // It took its row away itself; or its process is gone; or its process id is ours now.
  if (host === null || pid === null) return true;
  if (host === hostname() && (pid === process.pid || !isProcessAlive(pid))) return true;
  const seenMs = firstSeenFree.get(id) ?? nowMs;
  firstSeenFree.set(id, seenMs);
  return nowMs - seenMs >= DEAD_AFTER_MS;
}
