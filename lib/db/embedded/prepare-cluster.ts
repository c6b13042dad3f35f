import "server-only";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import type { DatabaseLog } from "../database-log";
import { errorCodeOf } from "../error-code-of";
import { initializeCluster, PASSWORD_FILE } from "./initialize-cluster";
import { findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries";
import { canEnter, chooseServerAccount, type ServerAccount, SHARED_HOME } from "./server-account";

/** A data directory on disk, ready to be served, and all that is needed to serve it. */
export type Cluster = {
  /** Real path, without symlinks: PostgreSQL reports it this way. */
  directory: string;
  /** Moves with the directory; shown in process titles so that a live server is told from a reused process id. */
  id: string;
  password: string;
  account: ServerAccount | undefined;
  binaries: PostgresBinaries;
};

/**
 * Gives the cluster at `<dataDir>/postgres`, created on first use. Any number of processes may call it at once.
 *
 * As root, when PostgreSQL's user cannot reach `dataDir`, the data is placed below /var/lib/signalbox (for a `dataDir`
 * in the temp directory: below that) and `<dataDir>/postgres` links to it. That happens only on the same file system:
 * otherwise `dataDir` may be a mounted volume whose owner counts on the data being inside.
 *
 * @throws when what is there is not a cluster, was made by another major version or cannot be reached.
 */
export async function prepareCluster(options: { dataDir: string; log: DatabaseLog }): Promise<Cluster> {
  const { dataDir, log } = options;
  // PostgreSQL's user must pass through a directory made by root; the files with secrets in it are 0600 each.
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const clusterDir = join(realpathSync(dataDir), "postgres");
  const account = chooseServerAccount(dataDir, clusterDir);
  const binaries = findPostgresBinaries(account);

  if (isVacant(clusterDir)) {
    await initializeCluster({ ...chooseHome(clusterDir, account, log), clusterDir, account, binaries, log });
  }
  const directory = realpathSync(clusterDir);
  requireServable(directory, account, binaries);
  const password = readFileSync(join(directory, PASSWORD_FILE), "utf8").trim();
  const id = createHash("sha256").update(password).digest("hex").slice(0, 16);
  return { directory, id, password, account, binaries };
}

function isVacant(clusterDir: string): boolean {
  const entry = lstatSync(clusterDir, { throwIfNoEntry: false });
  if (entry === undefined) return true;
  if (entry.isSymbolicLink() && statSync(clusterDir, { throwIfNoEntry: false }) === undefined) {
    throw new Error(`${clusterDir} links to a directory that is gone. Restore it, or remove the link to start empty.`);
  }
  return readdirSync(clusterDir).length === 0;
}

/** Where a new cluster goes: beside its final place, or elsewhere with a link to it. */
function chooseHome(
  clusterDir: string,
  account: ServerAccount | undefined,
  log: DatabaseLog,
): { homeDir: string; linked: boolean } {
  const dataDir = dirname(clusterDir);
  if (account === undefined || canEnter(dataDir, account)) return { homeDir: dataDir, linked: false };

  const { uid, mode, dev } = statSync(dataDir);
  if (uid === 0 && dataDir !== homedir() && canEnter(dirname(dataDir), account)) {
    chmodSync(dataDir, (mode & 0o7777) | 0o001);
    if (canEnter(dataDir, account)) return { homeDir: dataDir, linked: false };
  }
  for (const homeDir of [...(isWithin(dataDir, tmpdir()) ? [join(tmpdir(), "signalbox")] : []), SHARED_HOME.path]) {
    mkdirSync(homeDir, { recursive: true, mode: 0o755 });
    const home = statSync(homeDir);
    // Anyone may have made a directory in the temp directory first.
    if (home.dev !== dev || home.uid !== 0 || !canEnter(homeDir, account)) continue;
    log.info(`PostgreSQL runs as user id ${account.uid}, which cannot enter ${dataDir}: its data goes to ${homeDir}`);
    return { homeDir, linked: true };
  }
  throw new Error(
    `PostgreSQL does not run as root, and its user (id ${account.uid}) cannot enter ${dataDir}. Make every directory ` +
      "above it passable (chmod o+x), choose another DATA_DIR, start Signalbox as another user, or set DATABASE_URL.",
  );
}

function isWithin(directory: string, parent: string): boolean {
  return directory.startsWith(realpathSync(parent) + sep);
}

function requireServable(directory: string, account: ServerAccount | undefined, binaries: PostgresBinaries): void {
  const majorVersion = readOptional(join(directory, "PG_VERSION"))?.trim();
  if (majorVersion === undefined || readOptional(join(directory, PASSWORD_FILE)) === undefined) {
    throw new Error(`${directory} is not a database made by Signalbox. Move it away, or choose another DATA_DIR.`);
  }
  if (majorVersion !== binaries.majorVersion) {
    throw new Error(
      `The database in ${directory} was made by PostgreSQL ${majorVersion}, and this release brings ` +
        `${binaries.majorVersion}. Dump it with the release that made it and restore it into an empty DATA_DIR.`,
    );
  }
  if (account === undefined) return;
  // A backup restored by root belongs to root. Root never serves a cluster, so nobody is using this one.
  if (statSync(directory).uid === 0) {
    spawnSync("chown", ["-R", `${account.uid}:${account.gid}`, directory]);
    chownSync(directory, account.uid, account.gid);
  }
  if (!canEnter(directory, account)) {
    throw new Error(
      `PostgreSQL's user (id ${account.uid}) cannot enter ${directory}. Make every directory above it passable ` +
        "(chmod o+x), or move the data to where that user can reach it.",
    );
  }
}

function readOptional(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (errorCodeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
