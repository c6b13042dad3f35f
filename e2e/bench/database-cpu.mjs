import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Ticks of /proc are hundredths of a second on every Linux that Node runs on. */
const TICK_US = 10_000;

/** CPU in µs that the embedded PostgreSQL of a data directory has used so far; `undefined` where there is no /proc. */
export function databaseCpuUs(dataDir) {
  let postmaster;
  try {
    postmaster = readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0];
  } catch {
    return undefined;
  }
  let ticks = 0;
  for (const pid of readdirSync("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    const stat = statOf(pid);
    if (stat !== undefined && (pid === postmaster || stat.parent === postmaster)) ticks += stat.ticks;
  }
  return ticks * TICK_US;
}

function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name may hold spaces and brackets; what follows it may not.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { parent: fields[1], ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined; // gone meanwhile
  }
}
