import "server-only";
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import type { DatabaseLog } from "./database-log";
import { type Connection, ensureServer } from "./embedded/ensure-server";
import { SUPERUSER } from "./embedded/initialize-cluster";
import { isServerOf, readPostmasterState, requestShutdown } from "./embedded/postmaster";
import { type Cluster, prepareCluster } from "./embedded/prepare-cluster";
import { errorCodeOf } from "./error-code-of";

/** A PostgreSQL of our own. `attached` tells that it was already running when we came. */
export type EmbeddedPostgres = { url: string; attached: boolean; stop(): Promise<void> };

const DATABASE = "signalbox";
const STOP_LIMIT_MS = 60_000;
const LINGER_MS = 300;
const MAX_RETRY_DELAY_MS = 5_000;

/**
 * Serves the PostgreSQL cluster in `<dataDir>/postgres`, creating it on first use, and keeps it served until `stop`:
 * a server that dies meanwhile is started again on the same port, so `url` stays valid.
 *
 * Safe against kill -9 of either side at any moment. When we die, the server stays and the next start attaches to it.
 * Any number of processes may share one `dataDir`. One connection per starter stays open as a sign of presence:
 * `stop` leaves the server running while another Signalbox process shows one.
 *
 * @throws with advice to set DATABASE_URL where no PostgreSQL build runs.
 */
export async function startEmbeddedPostgres(options: { dataDir: string; log: DatabaseLog }): Promise<EmbeddedPostgres> {
  const { log } = options;
  const dataDir = resolve(options.dataDir);
  const cluster = await prepareCluster({ dataDir, log });
  const applicationName = `signalbox-${process.pid}-${randomBytes(3).toString("hex")}`;
  const common = { cluster, applicationName, log, logFile: join(dataDir, "postgres.log") };

  const { port, connection, attached } = await ensureServer(common);
  await ensureDatabase(connection.client);

  let presence = connection;
  let stopping: Promise<void> | undefined;
  let recovery: Promise<void> = Promise.resolve();

  const recover = async (): Promise<void> => {
    for (let delayMs = 100; stopping === undefined; delayMs = Math.min(delayMs * 2, MAX_RETRY_DELAY_MS)) {
      try {
        const server = await ensureServer({ ...common, port });
        presence = server.connection;
        if (server.port === port) return watch();
        log.warn(`PostgreSQL now listens on port ${server.port} instead of ${port}: restart Signalbox to follow`);
        return;
      } catch (error) {
        log.warn(`PostgreSQL could not be started again: ${error instanceof Error ? error.message : error}`);
        await sleep(delayMs, undefined, { ref: false });
      }
    }
  };
  const watch = (): void => {
    // The presence alone must not keep a process alive that is otherwise done.
    presence.socket.unref();
    presence.client.once("end", () => {
      if (stopping !== undefined) return;
      log.warn("The connection to the embedded PostgreSQL was lost");
      recovery = recover();
    });
  };
  watch();

  log.info(`PostgreSQL ${attached ? "was already running" : "started"} on 127.0.0.1:${port} (${cluster.directory})`);
  return {
    url:
      `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${DATABASE}` +
      `?sslmode=disable&application_name=${applicationName}`,
    attached,
    stop: () => {
      stopping ??= (async () => {
        await recovery;
        await stopUnlessShared({ cluster, presence, applicationName, log });
      })();
      return stopping;
    },
  };
}

async function ensureDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query("select from pg_database where datname = $1", [DATABASE]);
  if (rowCount !== 0) return;
  try {
    await client.query(`create database ${DATABASE}`);
  } catch (error) {
    // duplicate_database and unique_violation: another process created it between our two statements.
    if (!["42P04", "23505"].includes(errorCodeOf(error) ?? "")) throw error;
  }
}

async function stopUnlessShared(options: {
  cluster: Cluster;
  presence: Connection;
  applicationName: string;
  log: DatabaseLog;
}): Promise<void> {
  const { cluster, presence, applicationName, log } = options;
  presence.socket.ref();
  const isShared = await hasOthers(presence.client, applicationName);
  await presence.client.end();
  if (isShared) {
    log.info("PostgreSQL is left running: another Signalbox process uses it");
    return;
  }
  const state = readPostmasterState(cluster);
  if (state.kind === "none") return;
  const { pid } = state.postmaster;
  requestShutdown(cluster, pid);
  for (const startedAtMs = Date.now(); isServerOf(cluster, pid); await sleep(10)) {
    if (Date.now() - startedAtMs < STOP_LIMIT_MS) continue;
    log.warn(`PostgreSQL (process ${pid}) is still writing its last checkpoint and is left to finish`);
    return;
  }
}

/**
 * Whether other Signalbox processes are connected and mean to stay. Of several that leave at the same moment at least
 * one sees no other: each takes its name off first and looks round second.
 */
async function hasOthers(client: Client, applicationName: string): Promise<boolean> {
  try {
    await client.query("set application_name = 'leaving'");
    for (const startedAtMs = Date.now(); ; await sleep(20)) {
      const { rowCount } = await client.query(
        `select from pg_stat_activity
         where backend_type = 'client backend' and application_name like 'signalbox%' and application_name <> $1`,
        [applicationName],
      );
      if (rowCount === 0) return false;
      // A closed connection is listed for a moment longer.
      if (Date.now() - startedAtMs > LINGER_MS) return true;
    }
  } catch {
    // The connection broke: another process that leaves too was faster. Asking again for the shutdown does no harm.
    return false;
  }
}
