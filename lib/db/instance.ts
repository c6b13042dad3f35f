import "server-only";
import { Socket } from "node:net";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { log } from "@/lib/log";
import { getDatabaseUrl, getPool } from "./connection";

/** First half of the advisory lock that each living process holds on its instance id. Any fixed number will do. */
export const INSTANCE_LOCK = 72_707_400;
const RECONNECT_MS = 250;
const HEARTBEAT_MS = 2_000;
const ANSWER_LIMIT_MS = 3_000;

export type Instance = {
  id: number;
  /** Whether notifications are arriving. While they are not, caches must not be trusted. */
  isListening: () => boolean;
  close(): Promise<void>;
};

export type InstanceEvents = {
  /** The payload of a notification; after a lost connection `"reconnected"`, since some may be missed. */
  onNotification: (payload: string) => void;
  /** While we were cut off, others took this process for dead: its leases are gone, and its holds are closed. */
  onTakenForDead: () => void;
};

/**
 * Registers this process and listens for notifications. Its one connection also holds the lock by which others see that
 * the process lives: PostgreSQL drops it the moment the process is gone, however it went. A connection that does not
 * answer any more is given up and made anew.
 */
export async function registerInstance({ onNotification, onTakenForDead }: InstanceEvents): Promise<Instance> {
  const { rows } = await getPool().query<{ id: number }>(
    `SELECT nextval(pg_get_serial_sequence('"Instance"', 'id'))::int AS id`,
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("no instance id was given");

  let listener: Listener | undefined;
  let closed = false;

  const listen = async (): Promise<{ wasRegistered: boolean }> => {
    const next = await openListener(id, onNotification);
    listener = next.listener;
    listener.client.once("end", () => {
      listener = undefined;
      if (!closed) void relisten();
    });
    return next;
  };
  const relisten = async (): Promise<void> => {
    while (!closed) {
      try {
        const { wasRegistered } = await listen();
        if (!wasRegistered) onTakenForDead();
        onNotification("reconnected");
        return;
      } catch (error) {
        log().warn({ err: error }, "the notification connection is down");
        await sleep(RECONNECT_MS, undefined, { ref: false });
      }
    }
  };
  await listen();
  const heartbeat = setInterval(() => void checkAlive(listener), HEARTBEAT_MS).unref();

  return {
    id,
    isListening: () => listener !== undefined,
    close: async () => {
      closed = true;
      clearInterval(heartbeat);
      try {
        await getPool().query(`DELETE FROM "Lease" WHERE "instanceId" = $1`, [id]);
        await getPool().query(`DELETE FROM "Instance" WHERE "id" = $1`, [id]);
      } finally {
        listener?.socket.destroy();
      }
    },
  };
}

/** A connection and its socket, by which it can be ended even when the other side has fallen silent. */
type Listener = { client: pg.Client; socket: Socket };

async function openListener(
  id: number,
  onNotification: (payload: string) => void,
): Promise<{ listener: Listener; wasRegistered: boolean }> {
  const socket = new Socket();
  const client = new pg.Client({
    connectionString: getDatabaseUrl(),
    application_name: "signalbox-listener",
    connectionTimeoutMillis: ANSWER_LIMIT_MS,
    query_timeout: ANSWER_LIMIT_MS,
    stream: () => socket,
  });
  client.on("notification", ({ payload }) => onNotification(payload ?? ""));
  client.on("error", () => undefined); // "end" follows
  try {
    await client.connect();
    await client.query("SELECT pg_advisory_lock($1, $2)", [INSTANCE_LOCK, id]);
    await client.query("LISTEN signalbox");
    // Only now: a row whose lock is not held yet would look like that of a dead process.
    const { rowCount } = await client.query(
      `INSERT INTO "Instance" ("id", "hostname", "pid") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [id, hostname(), process.pid],
    );
    return { listener: { client, socket }, wasRegistered: rowCount === 0 };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function checkAlive(listener: Listener | undefined): Promise<void> {
  try {
    await listener?.client.query("SELECT 1");
  } catch (error) {
    log().warn({ err: error }, "the database does not answer");
    listener?.socket.destroy();
  }
}
