import "server-only";
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, statSync, unlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { errorCodeOf } from "../error-code-of";
import { binaryPath, postgresEnvironment } from "./postgres-binaries";
import type { Cluster } from "./prepare-cluster";
import { findCommandLine, isProcessPresent } from "./process-identity";
import { spawnIdentityOf } from "./server-account";

/** What a server says about itself in `postmaster.pid`. `status` is absent during its first milliseconds. */
export type Postmaster = { pid: number; port: number | undefined; ready: boolean };

/** What the pid file tells: a live server, or none (`stalePid` when the file was left behind by a dead one). */
export type PostmasterState = { kind: "live"; postmaster: Postmaster } | { kind: "none"; stalePid: number | undefined };

const MAX_LOG_BYTES = 10_000_000;
const EMPTY_PID_FILE_IS_DEAD_AFTER_MS = 5_000;
// Below Linux's range for outgoing connections (32768 and up), so that a recorded port is rarely taken by chance.
const FIRST_PORT = 15_432;
const PORT_COUNT = 15_000;

/** Reads who serves the cluster at this moment. Changes nothing, except that a long-empty pid file is removed. */
export function readPostmasterState(cluster: Cluster): PostmasterState {
  const file = join(cluster.directory, "postmaster.pid");
  const text = readIfPresent(file);
  if (text === undefined) return { kind: "none", stalePid: undefined };
  // Lines: pid, directory, start time, port, socket directory, address, shared memory, status.
  // Source: src/include/utils/pidfile.h, PostgreSQL 15.
  const lines = text.split("\n");
  const pid = Number.parseInt(lines[0] ?? "", 10);
  if (Number.isNaN(pid)) {
    removeIfAbandonedEmpty(file);
    return { kind: "none", stalePid: undefined };
  }
  if (!isServerOf(cluster, pid)) return { kind: "none", stalePid: pid };
  const port = Number.parseInt(lines[3] ?? "", 10);
  return {
    kind: "live",
    postmaster: { pid, port: Number.isNaN(port) ? undefined : port, ready: lines[7]?.trim() === "ready" },
  };
}

/** Whether `pid` is the live server of this cluster, and not some process that got the same id later. */
export function isServerOf(cluster: Cluster, pid: number): boolean {
  if (!isProcessPresent(pid)) return false;
  // PostgreSQL on Windows settles this itself, by the named pipe that only its own processes have.
  if (process.platform === "win32") return true;
  const commandLine = findCommandLine(pid);
  if (commandLine === null) return false;
  // The second form is a server that somebody started by hand with pg_ctl.
  return (
    commandLine.includes(`cluster_name=${clusterNameOf(cluster)}`) ||
    `${commandLine} `.includes(`-D ${cluster.directory} `)
  );
}

/** A server process that was launched. `logTail` is what it wrote since, at most 4 000 characters. */
export type LaunchedPostmaster = { pid: number | undefined; hasFailed(): boolean; logTail(): string };

/**
 * Launches a server on the cluster. It survives us: it has its own session and writes to a file, not to our pipes.
 *
 * PostgreSQL itself makes sure that there is only one: by the pid file, and by the shared memory that the children of
 * a killed server hold for a moment longer. `stalePid` tells it which pid is not to be mistaken for a live server.
 */
export function launchPostmaster(
  cluster: Cluster,
  options: { port: number; stalePid: number | undefined; logFile: string },
): LaunchedPostmaster {
  const { port, stalePid, logFile } = options;
  rotate(logFile);
  const log = openSync(logFile, "a", 0o600);
  const logStart = statSync(logFile).size;
  const child = spawnServer(cluster, settingsOf(cluster, port), log, {
    // PostgreSQL takes a pid file that names its grandparent for stale, whatever runs under that id now. pg_ctl sets
    // this for the same reason. Source: CreateLockFile in src/backend/utils/init/miscinit.c, PostgreSQL 15.
    ...(stalePid === undefined ? {} : { PG_GRANDPARENT_PID: String(stalePid) }),
  });
  closeSync(log);
  child.unref();
  let failure: string | undefined;
  child.once("error", (error) => {
    failure = error.message;
  });
  child.once("exit", (exitCode, signal) => {
    // On Windows this is pg_ctl, which ends well when the server is up.
    if (process.platform !== "win32" || exitCode !== 0) failure = `PostgreSQL ended with ${signal ?? exitCode}`;
  });
  return {
    pid: child.pid,
    hasFailed: () => failure !== undefined,
    logTail: () => `${failure ?? ""}\n${readFileSync(logFile).subarray(logStart).toString().slice(-4_000)}`.trim(),
  };
}

/** Asks a server to end its sessions and stop at once, keeping everything committed (a "fast shutdown"). */
export function requestShutdown(cluster: Cluster, pid: number): void {
  if (process.platform === "win32") {
    spawn(binaryPath(cluster.binaries, "pg_ctl"), ["stop", "-m", "fast", "-D", cluster.directory], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(pid, "SIGINT");
  } catch (error) {
    // Already gone, which is what was asked for.
    if (errorCodeOf(error) !== "ESRCH") throw error;
  }
}

/** The port of the cluster's last server when it is free, else a random free one. */
export async function choosePort(cluster: Cluster): Promise<number> {
  const recorded = Number(/port=(\d+)/.exec(readIfPresent(join(cluster.directory, "postmaster.opts")) ?? "")?.[1]);
  if (Number.isInteger(recorded) && (await isFree(recorded))) return recorded;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORT_COUNT);
    if (await isFree(port)) return port;
  }
  throw new Error("No free port on 127.0.0.1 was found for PostgreSQL");
}

function clusterNameOf(cluster: Cluster): string {
  return `signalbox-${cluster.id}`;
}

function settingsOf(cluster: Cluster, port: number): readonly string[] {
  return [
    `cluster_name=${clusterNameOf(cluster)}`,
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=",
    "max_connections=200",
    "shared_buffers=128MB",
    // What is acknowledged is on disk: stated here so that no edited postgresql.conf can take it back.
    "fsync=on",
    "full_page_writes=on",
    "synchronous_commit=on",
    "timezone=UTC",
    // %e, the error code, is how a caller tells "still locked" from other failures.
    "log_line_prefix=%m [%p] %e ",
    // Failing statements may carry prompts; the log never does.
    "log_min_error_statement=panic",
    "log_checkpoints=off",
    "logging_collector=off",
    "log_destination=stderr",
  ];
}

function spawnServer(
  cluster: Cluster,
  settings: readonly string[],
  log: number,
  extraEnvironment: Record<string, string>,
): ChildProcess {
  const flags = settings.flatMap((setting) => ["-c", setting]);
  const options = {
    cwd: process.platform === "win32" ? cluster.directory : "/",
    env: postgresEnvironment(extraEnvironment),
    detached: true,
    windowsHide: true,
    stdio: ["ignore", log, log],
    ...spawnIdentityOf(cluster.account),
  } satisfies Parameters<typeof spawn>[2];
  if (process.platform !== "win32") {
    return spawn(binaryPath(cluster.binaries, "postgres"), ["-D", cluster.directory, ...flags], options);
  }
  // postgres.exe refuses an administrator; pg_ctl drops the rights first.
  const quoted = flags.map((flag) => `"${flag}"`).join(" ");
  return spawn(binaryPath(cluster.binaries, "pg_ctl"), ["start", "-W", "-D", cluster.directory, "-o", quoted], options);
}

function rotate(logFile: string): void {
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) renameSync(logFile, `${logFile}.1`);
}

/** Left by a server killed between creating the file and writing it; PostgreSQL would wait for a human here. */
function removeIfAbandonedEmpty(file: string): void {
  const entry = statSync(file, { throwIfNoEntry: false });
  if (entry?.size !== 0 || Date.now() - entry.mtimeMs < EMPTY_PID_FILE_IS_DEAD_AFTER_MS) return;
  unlinkSync(file);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (errorCodeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
