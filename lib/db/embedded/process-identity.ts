import "server-only";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { errorCodeOf } from "../error-code-of";

/** Whether any process has this id, ours or another user's. */
export function isProcessPresent(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCodeOf(error) === "EPERM";
  }
}

/** Whether a process still runs: one that has ended and that nobody has asked for its exit code is present, and dead. */
export function isProcessAlive(pid: number): boolean {
  return isProcessPresent(pid) && (process.platform === "win32" || findCommandLine(pid) !== null);
}

/** The command line of a process, or `null` when it is gone (or a zombie) or the platform does not tell. */
export function findCommandLine(pid: number): string | null {
  if (process.platform === "linux") {
    try {
      // Readable for every user, unlike `cwd` and `exe`, which root in a container may not read either.
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim() || null;
    } catch (error) {
      const code = errorCodeOf(error);
      if (code === "ENOENT" || code === "ESRCH") return null;
      throw error;
    }
  }
  if (process.platform === "win32") return null;
  const run = spawnSync("ps", ["-ww", "-p", String(pid), "-o", "command="], { encoding: "utf8" });
  return run.status === 0 ? run.stdout.trim() : null;
}
