import "server-only";
import { hostname } from "node:os";
import pg from "pg";
import { log } from "@/lib/log";
import { getDatabaseUrl, getPool } from "./connection";

/** First half of the advisory lock that each living process holds on its instance id. Any fixed number will do. */
const LOCK_CLASS = 72_707_400;
const RECONNECT_MS = 500;

export type Instance = {
  id: number;
  /** Whether notifications are arriving. While they are not, caches must not be trusted for long. */
  isListening: () => boolean;
  close(): Promise<void>;
};

/**
 * Registers this process and listens for notifications. Its one connection also holds the lock by which others see that
 * the process lives: PostgreSQL drops it the moment the process is gone, however it went.
 *
 * @param onNotification gets the payloads; after a lost connection it gets `"reconnected"`, since some may be missed.
 */
export async function registerInstance(onNotification: (payload: string) => void): Promise<Instance> {
  const { rows } = await getPool().query<{ id: number }>(
    `SELECT nextval(pg_get_serial_sequence('"Instance"', 'id'))::int AS id`,
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("no instance id was given");

  let client: pg.Client | undefined;
  let closed = false;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: getDatabaseUrl(), application_name: "signalbox-listener" });
    next.on("notification", ({ payload }) => onNotification(payload ?? ""));
    next.on("error", () => undefined); // "end" follows and reconnects
    next.on("end", () => {
      if (client === next) client = undefined;
      if (!closed) setTimeout(reconnect, RECONNECT_MS).unref();
    });
    await next.connect();
    await next.query("SELECT pg_advisory_lock($1, $2)", [LOCK_CLASS, id]);
    await next.query("LISTEN signalbox");
    client = next;
  };
  const reconnect = (): void => {
    if (closed || client !== undefined) return;
    connect().then(
      () => onNotification("reconnected"),
      (error: unknown) => {
        log().warn({ err: error }, "the notification connection is down");
        setTimeout(reconnect, RECONNECT_MS).unref();
      },
    );
  };

  await connect();
  // Only now: a row whose lock is not held yet would look like that of a dead process.
  await getPool().query(`INSERT INTO "Instance" ("id", "hostname", "pid") VALUES ($1, $2, $3)`, [
    id,
    hostname(),
    process.pid,
  ]);
  return {
    id,
    isListening: () => client !== undefined,
    close: async () => {
      closed = true;
      await getPool().query(`DELETE FROM "Lease" WHERE "instanceId" = $1`, [id]);
      await getPool().query(`DELETE FROM "Instance" WHERE "id" = $1`, [id]);
      await client?.end();
    },
  };
}

/** Closes what dead processes left behind. @returns how many generations were closed as interrupted. */
export async function buryDeadInstances(): Promise<number> {
  const pool = getPool();
  // Holds and leases may outlive even their instance's row, when that was deleted and they could not be.
  const { rows } = await pool.query<{ id: number }>(
    `SELECT "id" FROM "Instance" UNION SELECT "instanceId" FROM "Hold" UNION SELECT "instanceId" FROM "Lease"`,
  );
  let closed = 0;
  for (const { id } of rows) {
    const client = await pool.connect();
    try {
      const lock = await client.query<{ free: boolean }>("SELECT pg_try_advisory_lock($1, $2) AS free", [
        LOCK_CLASS,
        id,
      ]);
      if (lock.rows[0]?.free !== true) continue;
      const buried = await client.query<{ closed: number }>("SELECT signalbox_bury_instance($1) AS closed", [id]);
      closed += buried.rows[0]?.closed ?? 0;
      await client.query("SELECT pg_advisory_unlock($1, $2)", [LOCK_CLASS, id]);
    } finally {
      client.release();
    }
  }
  return closed;
}
