import "server-only";
import { realpathSync } from "node:fs";
import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import type { DatabaseLog } from "../database-log";
import { errorCodeOf } from "../error-code-of";
import { SUPERUSER } from "./initialize-cluster";
import { choosePort, type LaunchedPostmaster, launchPostmaster, readPostmasterState } from "./postmaster";
import type { Cluster } from "./prepare-cluster";

/** An open connection to a server's `postgres` database. The socket is there to be unref'd. */
export type Connection = { client: Client; socket: Socket };

/** A server that answers, with one connection to it. `attached` tells that another process launched it. */
export type Server = { port: number; connection: Connection; attached: boolean };

const POLL_MS = 15;
const SLOW_START_NOTICE_MS = 10_000;
const SILENT_SERVER_LIMIT_MS = 30_000;
const LOCKED_RETRY_MS = 100;
const LOCKED_LIMIT_MS = 30_000;
const MAX_FAILED_LAUNCHES = 3;

/**
 * Attaches to the cluster's live server, or launches one and waits until it answers. Recovery after a crash takes as
 * long as it takes; only a server that claims to be ready and does not answer is given up.
 *
 * @param port the only port to launch on, for callers that have already published it; otherwise the last one or any.
 */
export async function ensureServer(options: {
  cluster: Cluster;
  applicationName: string;
  logFile: string;
  log: DatabaseLog;
  port?: number;
}): Promise<Server> {
  const { cluster, applicationName, logFile, log } = options;
  const startedAtMs = Date.now();
  let noticedAtMs = startedAtMs;
  let silentSinceMs: number | undefined;
  let lockedSinceMs: number | undefined;
  let failedLaunches = 0;
  let launched: LaunchedPostmaster | undefined;

  for (; ; await sleep(POLL_MS)) {
    if (Date.now() - noticedAtMs > SLOW_START_NOTICE_MS) {
      noticedAtMs = Date.now();
      log.info(`Waiting for PostgreSQL for ${Math.round((noticedAtMs - startedAtMs) / 1000)} s (its log: ${logFile})`);
    }

    const state = readPostmasterState(cluster);
    if (state.kind === "live") {
      const { pid, port, ready } = state.postmaster;
      if (!ready || port === undefined) continue;
      const connection = await connect(cluster, port, applicationName);
      if (connection !== null) return { port, connection, attached: !isOurs(launched, pid) };
      silentSinceMs ??= Date.now();
      if (Date.now() - silentSinceMs < SILENT_SERVER_LIMIT_MS) continue;
      throw new Error(`PostgreSQL (process ${pid}, port ${port}) does not answer. See ${logFile}.`);
    }

    if (launched !== undefined) {
      if (!launched.hasFailed()) continue;
      const output = launched.logTail();
      // F0001 (lock_file_exists): another process is launching, or a killed server's children are still ending.
      if (output.includes(" F0001 ")) {
        lockedSinceMs ??= Date.now();
        await sleep(LOCKED_RETRY_MS);
      } else {
        failedLaunches += 1;
      }
      const isLocked = lockedSinceMs !== undefined && Date.now() - lockedSinceMs > LOCKED_LIMIT_MS;
      if (isLocked || failedLaunches >= MAX_FAILED_LAUNCHES) {
        throw new Error(`PostgreSQL could not be started on ${cluster.directory}:\n${output}`);
      }
    }
    const port = options.port ?? (await choosePort(cluster));
    launched = launchPostmaster(cluster, { port, stalePid: state.stalePid, logFile });
  }
}

function isOurs(launched: LaunchedPostmaster | undefined, serverPid: number): boolean {
  if (launched === undefined) return false;
  // On Windows the launched process is pg_ctl.
  return process.platform === "win32" ? !launched.hasFailed() : launched.pid === serverPid;
}

/** Connects, or gives `null` when the server does not take connections at this moment. */
async function connect(cluster: Cluster, port: number, applicationName: string): Promise<Connection | null> {
  const socket = new Socket();
  const client = new Client({
    host: "127.0.0.1",
    port,
    user: SUPERUSER,
    password: cluster.password,
    database: "postgres",
    application_name: applicationName,
    ssl: false,
    stream: () => socket,
    connectionTimeoutMillis: 5_000,
  });
  // Without a listener a lost connection would end our process. "end" follows each error; that is acted on.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    // 28P01 (invalid_password): waiting will not help.
    if (errorCodeOf(error) !== "28P01") return null;
    throw new Error(`The server on port ${port} refuses the password stored in ${cluster.directory}`, { cause: error });
  }
  const { rows } = await client.query<{ directory: string }>("select current_setting('data_directory') as directory");
  const served = rows[0]?.directory ?? "";
  if (realpathIfPresent(served) === cluster.directory) return { client, socket };
  await client.end();
  throw new Error(
    `The live server on port ${port} serves ${served}, not ${cluster.directory}, which was moved or copied while in ` +
      "use. Stop that server first.",
  );
}

function realpathIfPresent(directory: string): string | undefined {
  try {
    return realpathSync(directory);
  } catch (error) {
    if (errorCodeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
