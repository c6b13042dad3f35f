import "server-only";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import type { DatabaseLog } from "../database-log";
import { errorCodeOf } from "../error-code-of";
import { binaryPath, type PostgresBinaries, postgresEnvironment } from "./postgres-binaries";
import { isProcessPresent } from "./process-identity";
import { type ServerAccount, spawnIdentityOf } from "./server-account";

/** The superuser of every embedded cluster. */
export const SUPERUSER = "signalbox";

/** Lies inside the cluster, so that one rename publishes both and a backup holds both. */
export const PASSWORD_FILE = "signalbox.password";

const WORK_DIR_PREFIX = "postgres.init-";
// initdb takes about a second; a process id that has been reused since must not keep a dead attempt forever.
const ABANDONED_AFTER_MS = 3_600_000;

/**
 * Creates a cluster at `clusterDir`, whole or not at all: it is made in a work directory inside `homeDir` and renamed.
 * When another process publishes one first, ours is thrown away and theirs stands. Attempts that died are removed.
 *
 * With `linked`, the cluster stays in `homeDir` under a name of its own and `clusterDir` becomes a link to it.
 */
export async function initializeCluster(options: {
  homeDir: string;
  linked: boolean;
  clusterDir: string;
  account: ServerAccount | undefined;
  binaries: PostgresBinaries;
  log: DatabaseLog;
}): Promise<void> {
  const { homeDir, linked, clusterDir, account, binaries, log } = options;
  removeAbandoned(homeDir, log);
  const workDir = mkdtempSync(join(homeDir, `${WORK_DIR_PREFIX}${process.pid}-`));
  try {
    const madeDir = join(workDir, "data");
    const password = randomBytes(24).toString("base64url");
    const passwordFile = join(workDir, PASSWORD_FILE);
    writeDurably(passwordFile, password);
    if (account !== undefined) {
      for (const path of [passwordFile, workDir]) chownSync(path, account.uid, account.gid);
    }
    await runInitdb({ madeDir, passwordFile, account, binaries });
    renameSync(passwordFile, join(madeDir, PASSWORD_FILE));
    syncDirectory(madeDir);
    if (linked) {
      const ownDir = join(homeDir, basename(workDir).replace(WORK_DIR_PREFIX, "postgres-"));
      renameSync(madeDir, ownDir);
      publish(ownDir, clusterDir, () => symlinkSync(ownDir, clusterDir, "dir"));
    } else {
      publish(madeDir, clusterDir, () => renameSync(madeDir, clusterDir));
    }
    syncDirectory(homeDir);
  } finally {
    rmSync(workDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Neither rename nor symlink replaces what is there, which makes them the lock between processes. */
function publish(ownDir: string, clusterDir: string, move: () => void): void {
  try {
    // An empty directory may have been made by hand. A filled one, or a link, stops this line: we have lost.
    if (lstatSync(clusterDir, { throwIfNoEntry: false }) !== undefined) rmdirSync(clusterDir);
    move();
  } catch (error) {
    // EPERM is how Windows reports a filled target.
    const lost = ["ENOTEMPTY", "EEXIST", "ENOTDIR", ...(process.platform === "win32" ? ["EPERM"] : [])];
    if (!lost.includes(errorCodeOf(error) ?? "")) throw error;
    rmSync(ownDir, { recursive: true, force: true });
  }
}

async function runInitdb(options: {
  madeDir: string;
  passwordFile: string;
  account: ServerAccount | undefined;
  binaries: PostgresBinaries;
}): Promise<void> {
  const { madeDir, passwordFile, account, binaries } = options;
  const child = spawn(
    binaryPath(binaries, "initdb"),
    [
      `--pgdata=${madeDir}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--data-checksums",
    ],
    { cwd: "/", env: postgresEnvironment(), stdio: ["ignore", "pipe", "pipe"], ...spawnIdentityOf(account) },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (output += bytes.toString()));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (exitCode !== 0)
    throw new Error(`Creating the database in ${madeDir} failed (initdb: ${exitCode}):\n${output.trim()}`);
}

function removeAbandoned(homeDir: string, log: DatabaseLog): void {
  for (const name of readdirSync(homeDir)) {
    const pid = /^postgres\.init-(\d+)-/.exec(name)?.[1];
    if (pid === undefined) continue;
    const path = join(homeDir, name);
    const ageMs = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (isProcessPresent(Number(pid)) && ageMs < ABANDONED_AFTER_MS) continue;
    try {
      rmSync(path, { recursive: true, force: true, maxRetries: 5 });
    } catch (error) {
      // The dead attempt's initdb may still be writing; the next first start removes the rest.
      log.warn(`Could not remove the unfinished database ${path}: ${errorCodeOf(error) ?? error}`);
    }
  }
}

function writeDurably(file: string, text: string): void {
  const descriptor = openSync(file, "wx", 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function syncDirectory(directory: string): void {
  // Windows opens no directories.
  if (process.platform === "win32") return;
  const descriptor = openSync(directory, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
