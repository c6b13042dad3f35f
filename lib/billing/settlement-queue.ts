import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/log";
import type { HoldRow, Settlement } from "@/lib/schemas/settlement";
import { HoldWriter } from "./hold-writer";
import { isRefusal } from "./is-refusal";
import type { SettlementJournal } from "./settlement-journal";
import { settleAll, settleWithByok } from "./store";

const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 1_000;
/** A statement that failed faster than this is tried once more at once. */
const QUICK_FAILURE_MS = 1_000;
/** Keeps one statement's parameters at a size that is parsed in a few milliseconds. */
const MAX_GROUP = 500;

/** Nobody waits longer than this for others to finish. */
const MAX_GATHER_MS = 5;

type Waiting = { settlement: Settlement; done: (feeNanoUsd: bigint | undefined) => void };

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
  private outage: Promise<void> | undefined;
  /** Counts what was put into the journal, so that the end of an outage cannot miss any of it. */
  private journaled = 0;
  /** Fees that the database decided, until those who wait for them are told. */
  private readonly fees = new Map<string, bigint>();
  private readonly holds = new HoldWriter();
  private readonly options: SettlementQueueOptions;

  constructor(options: SettlementQueueOptions) {
    this.options = options;
  }

  /** Whether settlements wait in the journal for the database to come back. New requests are refused meanwhile. */
  get isInOutage(): boolean {
    return this.outage !== undefined;
  }

  /** Notes a generation on its way, so that a crash does not lose sight of it. Returns at once. */
  open(hold: HoldRow): void {
    this.holds.open(hold);
  }

  /**
   * Resolves when the settlement can no longer be lost by a crash of this process. Never rejects.
   *
   * @returns of a request with an account's own key, the fee that was charged; `undefined` while the database is away,
   * which decides it later.
   */
  settle(settlement: Settlement): Promise<bigint | undefined> {
    this.holds.forget(settlement.generation.id);
    return new Promise((resolve) => {
      this.waiting.push({ settlement, done: resolve });
      this.running ??= this.run();
    });
  }

  /** Resolves when everything handed in so far is committed or journaled. Notes no more holds. */
  async drain(): Promise<void> {
    while (this.running !== undefined) await this.running;
    await this.holds.stop();
    if (this.outage === undefined) return;
    // The database may have come back since; if not, the next start writes what waits.
    await this.options.journal
      .replay((settlements) => this.write(settlements))
      .catch((error: unknown) => log().warn({ err: error }, "settlements stay in the journal"));
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.gather();
      const group = this.waiting.splice(0, MAX_GROUP);
      await this.secure(group.map((entry) => entry.settlement));
      for (const { settlement, done } of group) done(this.fees.get(settlement.generation.id));
      // What the journal's settlements left is nobody's to be told.
      this.fees.clear();
    }
    this.running = undefined;
  }

  /**
   * Waits as long as every turn of the loop brings more, so that requests that finish together share a commit: a
   * statement costs as much as half a request. One that is alone waits for a single turn, a few microseconds.
   */
  private async gather(): Promise<void> {
    const startedMs = performance.now();
    let before: number;
    do {
      before = this.waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.waiting.length > before && performance.now() - startedMs < MAX_GATHER_MS);
  }

  /** Commits settlements, or else journals them; if neither can be done, goes on trying both. */
  private async secure(settlements: readonly Settlement[]): Promise<void> {
    for (let waitMs = RETRY_FIRST_MS; ; waitMs = Math.min(waitMs * 2, RETRY_MAX_MS)) {
      try {
        if (this.outage === undefined) return await this.writePersistently(settlements);
      } catch (error) {
        log().error({ err: error, settlements: settlements.length }, "settling failed; it goes to the journal");
      }
      try {
        await this.options.journal.append(settlements);
        this.journaled += settlements.length;
        this.outage ??= this.replayJournal();
        return;
      } catch (error) {
        log().error({ err: error, settlements: settlements.length }, "neither database nor journal took settlements");
        await sleep(waitMs);
      }
    }
  }

  /** A connection that broke while it lay idle fails its next statement at once: that alone is no outage. */
  private async writePersistently(settlements: readonly Settlement[]): Promise<void> {
    const startedMs = performance.now();
    try {
      await this.write(settlements);
    } catch (error) {
      if (performance.now() - startedMs > QUICK_FAILURE_MS) throw error;
      log().warn({ err: error, settlements: settlements.length }, "settling failed; trying once more");
      await this.write(settlements);
    }
  }

  /**
   * Writes settlements, each group in one transaction. One that the database will never take (its data is wrong) is found
   * by writing singly, and kept in a file; it must not hold up the others.
   *
   * @throws when the database cannot be reached.
   */
  async write(settlements: readonly Settlement[]): Promise<void> {
    for (let start = 0; start < settlements.length; start += MAX_GROUP) {
      await this.writeGroup(settlements.slice(start, start + MAX_GROUP));
    }
  }

  private async writeGroup(settlements: readonly Settlement[]): Promise<void> {
    try {
      await this.writeTogether(settlements);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (settlements.length > 1) {
        for (const settlement of settlements) await this.writeGroup([settlement]);
      } else {
        const file = await this.options.journal.keepRefused(settlements);
        const [settlement] = settlements;
        log().error({ err: error, generationId: settlement?.generation.id, file }, "a settlement was refused for good");
      }
    }
  }

  private async writeTogether(settlements: readonly Settlement[]): Promise<void> {
    await this.holds.idle();
    const { instanceId } = this.options;
    const isPlain = settlements.every(({ entry }) => entry?.kind !== "byok_fee");
    const { balances, fees } = isPlain
      ? { balances: await settleAll(instanceId, settlements), fees: [] }
      : await settleWithByok(instanceId, settlements);
    for (const { generationId, feeNanoUsd } of fees) this.fees.set(generationId, feeNanoUsd);
    for (const { accountId, balanceNanoUsd } of balances) this.options.onBalance(accountId, balanceNanoUsd);
  }

  /** Writes what waits in the journal as soon as the database takes it. Ends the outage when nothing waits any more. */
  private async replayJournal(): Promise<void> {
    for (let waitMs = RETRY_FIRST_MS; ; waitMs = Math.min(waitMs * 2, RETRY_MAX_MS)) {
      await sleep(waitMs, undefined, { ref: false });
      try {
        let before: number;
        do {
          before = this.journaled;
          await this.options.journal.replay((settlements) => this.write(settlements));
        } while (before !== this.journaled);
        this.outage = undefined;
        log().warn("the database is back; journaled settlements are written");
        return;
      } catch (error) {
        log().warn({ err: error, retryMs: waitMs }, "the database is still away");
      }
    }
  }
}
