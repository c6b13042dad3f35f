import "server-only";
import { log } from "@/lib/log";
import type { HoldRow } from "@/lib/schemas/settlement";
import { databaseJson } from "./database-json";
import { isRefusal } from "./is-refusal";
import { insertHolds } from "./store";

/** A hold is written only if its generation is still on its way after this long: most short ones never need it. */
const DELAY_MS = 50;
const RETRY_MS = 500;

/**
 * Notes generations on their way in the database, in groups and never two at once, so that a crash does not lose sight
 * of them.
 */
export class HoldWriter {
  /** Not in the database, and still on their way. */
  private readonly unwritten = new Map<string, HoldRow>();
  private writing: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** Notes a generation. Returns at once. */
  open(hold: HoldRow): void {
    this.unwritten.set(hold.generationId, hold);
    this.schedule(DELAY_MS);
  }

  /** The generation has ended: unless its hold is written, or is being written just now, it never will be. */
  forget(generationId: string): void {
    this.unwritten.delete(generationId);
  }

  /** Resolves when no hold is being written: a settlement removes its hold, and must come after it. */
  async idle(): Promise<void> {
    await this.writing;
  }

  /** Writes nothing more. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.unwritten.clear();
    await this.writing;
  }

  private schedule(delayMs: number): void {
    if (this.timer !== undefined || this.writing !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.writing = this.write().finally(() => {
        this.writing = undefined;
      });
    }, delayMs);
  }

  private async write(): Promise<void> {
    const holds = [...this.unwritten.values()];
    if (holds.length === 0) return;
    const isDone = await insertHolds(databaseJson(holds)).then(
      () => true,
      (error: unknown) => {
        log().warn({ err: error, holds: holds.length }, "holds were not written");
        return isRefusal(error);
      },
    );
    if (isDone) for (const { generationId } of holds) this.unwritten.delete(generationId);
    // After this turn, when `writing` is cleared.
    if (this.unwritten.size > 0) setImmediate(() => this.schedule(isDone ? DELAY_MS : RETRY_MS));
  }
}
