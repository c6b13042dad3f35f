import "server-only";
import { spawnSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";

/** The user PostgreSQL runs as when we are root; PostgreSQL refuses to run as root itself. */
export type ServerAccount = { uid: number; gid: number };

const OWN_USER = "signalbox";
// Debian's and Red Hat's name first, then macOS's.
const EXISTING_USERS = ["postgres", "_postgres"];

/**
 * Decides as whom PostgreSQL has to run: `undefined` means as ourselves.
 *
 * As root: the owner of the existing cluster, else of the data directory, else the machine's `postgres` user, else a
 * system user `signalbox` that is created here. Without root, a cluster that belongs to someone else is refused.
 */
export function chooseServerAccount(dataDir: string, clusterDir: string): ServerAccount | undefined {
  const ownUid = process.getuid?.();
  if (ownUid === undefined) return undefined;

  const cluster = statSync(clusterDir, { throwIfNoEntry: false });
  if (ownUid !== 0) {
    if (cluster === undefined || cluster.uid === ownUid) return undefined;
    throw new Error(
      `The database in ${clusterDir} belongs to user id ${cluster.uid}, and we run as ${ownUid}. ` +
        "Start Signalbox as the user (or as root) that created it, or choose another DATA_DIR.",
    );
  }
  for (const owned of [cluster, statSync(dataDir)]) {
    if (owned !== undefined && owned.uid !== 0) return { uid: owned.uid, gid: owned.gid };
  }
  for (const name of [...EXISTING_USERS, OWN_USER]) {
    const account = findUser(name);
    if (account !== null) return account;
  }
  return createUser();
}

/** Options for `spawn` that make a child run as `account`. */
export function spawnIdentityOf(account: ServerAccount | undefined): Partial<ServerAccount> {
  return account ?? {};
}

/** Whether `account` can enter `directory`, all parents included. Asked of the kernel, so that ACLs count too. */
export function canEnter(directory: string, account: ServerAccount): boolean {
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", directory], { cwd: "/", ...account }).status === 0;
}

/** The machine-wide place for what the account must reach when the project itself is closed to it. */
export const SHARED_HOME = {
  path: "/var/lib/signalbox",
  ensure(): string {
    mkdirSync(SHARED_HOME.path, { recursive: true, mode: 0o755 });
    return SHARED_HOME.path;
  },
} as const;

function findUser(name: string): ServerAccount | null {
  const uid = spawnSync("id", ["-u", name], { encoding: "utf8" });
  const gid = spawnSync("id", ["-g", name], { encoding: "utf8" });
  if (uid.status !== 0 || gid.status !== 0) return null;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function createUser(): ServerAccount {
  const run = spawnSync(
    "useradd",
    ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/false", OWN_USER],
    { encoding: "utf8" },
  );
  // Looked up even after a failure: another process may have created it at the same moment.
  const account = findUser(OWN_USER);
  if (account !== null) return account;
  throw new Error(
    `PostgreSQL does not run as root, and the system user "${OWN_USER}" could not be created ` +
      `(${run.error?.message ?? run.stderr.trim()}). Start Signalbox as another user, or set DATABASE_URL.`,
  );
}
