import "server-only";
import { log } from "@/lib/log";
import type { HoldRow, Settlement } from "@/lib/schemas/settlement";
import type { SettlementJournal } from "./settlement-journal";
import { deleteHolds, insertHolds, settleAll } from "./store";

/** A hold is written only if its generation is still on its way after this long: most short ones never need it. */
const HOLD_DELAY_MS = 10;
const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 5_000;
/** Keeps one statement's parameters at a size that is parsed in a few milliseconds. */
const MAX_GROUP = 500;

type Waiting = { settlement: Settlement; done: () => void };

export type SettlementQueueOptions = {
  instanceId: number;
  journal: SettlementJournal;
  /** Called with the balances that a settlement left. */
  onBalance: (accountId: string, balanceNanoUsd: bigint) => void;
};

/**
 * Writes the end of every generation to the database in groups: while one group is being committed the next one
 * gathers. A settlement is done when it is committed, or, while the database is away, when it is safe in the local
 * journal; from there it is written as soon as the database is back.
 */
export class SettlementQueue {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private outageRetry: Promise<void> | undefined;
  private readonly newHolds = new Map<string, HoldRow>();
  private holdTimer: NodeJS.Timeout | undefined;
  private holdsBeingWritten: Promise<void> | undefined;
  private readonly options: SettlementQueueOptions;

  constructor(options: SettlementQueueOptions) {
    this.options = options;
  }

  /** Whether the database could not be written to last time. New requests are refused meanwhile. */
  get isInOutage(): boolean {
    return this.outageRetry !== undefined;
  }

  /** Notes a generation on its way, so that a crash does not lose sight of it. Returns at once. */
  open(hold: HoldRow): void {
    this.newHolds.set(hold.generationId, hold);
    this.holdTimer ??= setTimeout(() => this.writeHolds(), HOLD_DELAY_MS);
  }

  /** Takes back {@link open} for a generation that came to nothing and leaves no record. */
  async abandon(generationId: string): Promise<void> {
    if (this.newHolds.delete(generationId)) return;
    await this.holdsBeingWritten;
    // If this fails, the reaper closes the hold as interrupted at the next start; nothing is charged either way.
    await deleteHolds([generationId]).catch((error: unknown) => log().warn({ err: error }, "a hold was not deleted"));
  }

  /** Resolves when the settlement can no longer be lost by a crash of this process. Never rejects. */
  settle(settlement: Settlement): Promise<void> {
    this.newHolds.delete(settlement.generation.id);
    return new Promise((resolve) => {
      this.waiting.push({ settlement, done: resolve });
      this.running ??= this.run();
    });
  }

  /** Resolves when everything handed in so far is committed or journaled. */
  async drain(): Promise<void> {
    clearTimeout(this.holdTimer);
    while (this.running !== undefined) await this.running;
    await this.holdsBeingWritten;
  }

  private async run(): Promise<void> {
    // One turn of the loop lets requests that finish together share a commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0, MAX_GROUP);
      const settlements = group.map((entry) => entry.settlement);
      if (this.outageRetry === undefined) {
        try {
          await this.write(settlements);
        } catch (error) {
          log().error({ err: error, settlements: settlements.length }, "settlement failed; it waits in the journal");
          await this.options.journal.append(settlements);
          this.outageRetry = this.retryJournal();
        }
      } else {
        await this.options.journal.append(settlements);
      }
      for (const entry of group) entry.done();
    }
    this.running = undefined;
  }

  /**
   * Writes settlements in one transaction. One that the database will never take (its data is wrong) is found by writing
   * singly, and logged; it must not hold up the others.
   *
   * @throws when the database cannot be reached.
   */
  async write(settlements: readonly Settlement[]): Promise<void> {
    try {
      await this.writeTogether(settlements);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (settlements.length > 1) {
        for (const settlement of settlements) await this.write([settlement]);
      } else {
        log().error({ err: error, generationId: settlements[0]?.generation.id }, "a settlement was refused for good");
      }
    }
  }

  private async writeTogether(settlements: readonly Settlement[]): Promise<void> {
    await this.holdsBeingWritten;
    const generations = JSON.stringify(settlements.map((settlement) => settlement.generation));
    const entries = JSON.stringify(settlements.flatMap((settlement) => settlement.entry ?? []));
    const balances = await settleAll(this.options.instanceId, generations, entries);
    for (const { accountId, balanceNanoUsd } of balances) this.options.onBalance(accountId, balanceNanoUsd);
  }

  private async retryJournal(): Promise<void> {
    for (let waitMs = RETRY_FIRST_MS; ; waitMs = Math.min(waitMs * 2, RETRY_MAX_MS)) {
      await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
      try {
        await this.options.journal.replay((settlements) => this.write(settlements));
        this.outageRetry = undefined;
        log().info("the database is back; journaled settlements are written");
        return;
      } catch (error) {
        log().warn({ err: error, retryMs: waitMs }, "the database is still away");
      }
    }
  }

  private writeHolds(): void {
    this.holdTimer = undefined;
    if (this.newHolds.size === 0) return;
    const holds = JSON.stringify([...this.newHolds.values()]);
    this.newHolds.clear();
    const write = insertHolds(holds)
      .catch((error: unknown) => log().warn({ err: error }, "holds were not written"))
      .finally(() => {
        if (this.holdsBeingWritten === write) this.holdsBeingWritten = undefined;
      });
    this.holdsBeingWritten = write;
  }
}

/** SQLSTATE classes 22, 23 and 42: wrong data, broken constraint, wrong statement. Trying again changes nothing. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && /^(22|23|42)/.test(error.code);
}
