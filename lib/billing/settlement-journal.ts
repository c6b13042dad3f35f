import "server-only";
import { appendFile, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { type Settlement, settlementSchema } from "@/lib/schemas/settlement";

const TAKEN = "taken-";
const SUFFIX = ".settlements.jsonl";

/**
 * The local file in which settlements wait while the database is away. One per process, one settlement a line; a line
 * that a crash cut short was never acknowledged and is skipped.
 */
export class SettlementJournal {
  private readonly directory: string;
  private readonly file: string;
  private readonly replayFile: string;

  constructor(directory: string, name: string) {
    this.directory = directory;
    this.file = path.join(directory, `${name}${SUFFIX}`);
    this.replayFile = path.join(directory, `${name}.replay${SUFFIX}`);
  }

  /** Adds settlements and resolves when the system has them on disk. */
  async append(settlements: readonly Settlement[]): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const handle = await open(this.file, "a", 0o600);
    try {
      await handle.appendFile(linesOf(settlements));
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }

  /** Hands everything waiting to `write` and forgets it once that succeeds. Settling twice is harmless. @throws as `write` */
  async replay(write: (settlements: readonly Settlement[]) => Promise<void>): Promise<void> {
    // What is appended while we write must not be deleted with what was written.
    const old = await readIfPresent(this.replayFile);
    const fresh = await readIfPresent(this.file);
    if (fresh !== "") {
      if (old === "") await rename(this.file, this.replayFile);
      else {
        await appendFile(this.replayFile, fresh);
        await rm(this.file, { force: true });
      }
    }
    const settlements = parseLines(old + fresh);
    if (settlements.length > 0) await write(settlements);
    await rm(this.replayFile, { force: true });
  }

  /** Writes what other, dead processes left in the directory. */
  static async replayAll(
    directory: string,
    write: (settlements: readonly Settlement[]) => Promise<void>,
  ): Promise<number> {
    const names = await readdir(directory).catch(() => []);
    let count = 0;
    for (const name of names.filter((entry) => entry.endsWith(SUFFIX))) {
      // Taken aside first: a living process that shares the directory then begins a new file.
      const file = path.join(directory, name.startsWith(TAKEN) ? name : `${TAKEN}${name}`);
      if (!name.startsWith(TAKEN)) await rename(path.join(directory, name), file);
      const settlements = parseLines(await readIfPresent(file));
      if (settlements.length > 0) await write(settlements);
      count += settlements.length;
      await rm(file, { force: true });
    }
    return count;
  }
}

function linesOf(settlements: readonly Settlement[]): string {
  return settlements.map((settlement) => `${JSON.stringify(settlement)}\n`).join("");
}

function parseLines(text: string): Settlement[] {
  return text.split("\n").flatMap((line) => {
    if (line === "") return [];
    try {
      return [settlementSchema.parse(JSON.parse(line))];
    } catch {
      return []; // cut short by a crash: see the class comment
    }
  });
}

async function readIfPresent(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
}
