import "server-only";
import { appendFile, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { type Settlement, settlementSchema } from "@/lib/schemas/settlement";

const WAITING = /^instance-(\d+)\.(?:replay\.)?settlements\.jsonl$/;
const REFUSED_FILE = "refused-settlements.jsonl";

type Write = (settlements: readonly Settlement[]) => Promise<void>;

/**
 * The local file in which settlements wait while the database is away. One per instance, one settlement a line; a line
 * that a crash cut short was never acknowledged and is skipped. Only the instance itself touches its file, or whoever
 * has made sure that it is dead.
 */
export class SettlementJournal {
  private readonly directory: string;
  private readonly file: string;
  private readonly replayFile: string;
  /** Ends when nobody is at the files. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(directory: string, instanceId: number) {
    this.directory = directory;
    this.file = path.join(directory, `instance-${instanceId}.settlements.jsonl`);
    this.replayFile = path.join(directory, `instance-${instanceId}.replay.settlements.jsonl`);
  }

  /** Adds settlements and resolves when the system has them on disk. */
  append(settlements: readonly Settlement[]): Promise<void> {
    return this.inTurn(() => this.appendLines(this.file, settlements));
  }

  /**
   * Hands everything waiting to `write` and forgets it once that succeeds. Settling twice is harmless.
   *
   * @returns how many there were.
   * @throws as `write`
   */
  async replay(write: Write): Promise<number> {
    const settlements = parseLines(await this.inTurn(() => this.take()));
    if (settlements.length > 0) await write(settlements);
    await rm(this.replayFile, { force: true });
    return settlements.length;
  }

  /** Moves what waits aside, so that what is appended from now on is not deleted with it. */
  private async take(): Promise<string> {
    const old = await readIfPresent(this.replayFile);
    const fresh = await readIfPresent(this.file);
    if (fresh === "") return old;
    if (old === "") {
      await rename(this.file, this.replayFile);
    } else {
      await appendFile(this.replayFile, fresh);
      await rm(this.file, { force: true });
    }
    return old + fresh;
  }

  /** One at a time: what is being appended must not be moved half-written. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined); // told to whoever asked for the work
    return result;
  }

  /** Keeps settlements that the database will never take as they are, for a person to look at. */
  async keepRefused(settlements: readonly Settlement[]): Promise<string> {
    const file = path.join(this.directory, REFUSED_FILE);
    await this.appendLines(file, settlements);
    return file;
  }

  /** The instances whose settlements wait in the directory. */
  static async listOwners(directory: string): Promise<number[]> {
    const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    const ids = names.flatMap((name) => WAITING.exec(name)?.[1] ?? []);
    return [...new Set(ids)].map(Number);
  }

  private async appendLines(file: string, settlements: readonly Settlement[]): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const handle = await open(file, "a", 0o600);
    try {
      await handle.appendFile(settlements.map((settlement) => `${JSON.stringify(settlement)}\n`).join(""));
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }
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
