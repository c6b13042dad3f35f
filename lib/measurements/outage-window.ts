/** How far back failures count, in ms. Source: routing rules, "significant outage" (30 s). */
export const OUTAGE_WINDOW_MS = 30_000;
/** So many attempts at least say something; so many failures in a row do too. */
const FEW = 3;
const SLOT_MS = 250;
const SLOTS = OUTAGE_WINDOW_MS / SLOT_MS + 1;

/** What was noted elsewhere since it was last told. */
export type Outcomes = {
  attempts: number;
  failures: number;
  /** Failures since the last success; as many as `attempts` when there was no success. */
  failuresInARow: number;
};

/** What was known when an attempt began to answer, should it break off later. */
export type OpenedMark = { success: number; failuresBefore: number };

/**
 * The outcomes of the last 30 seconds, to a quarter of a second, counted and not kept: noting one and asking cost the
 * same at any rate of requests.
 */
export class OutageWindow {
  private readonly attempts = new Uint32Array(SLOTS);
  private readonly failures = new Uint32Array(SLOTS);
  private attemptSum = 0;
  private failureSum = 0;
  private currentSlot = 0;
  private successes = 0;
  private failuresInARow = 0;
  /** When the last few failures were, the newest first. */
  private failedAtMs: number[] = [];

  /** An attempt that began to answer. */
  noteOpened(nowMs: number): OpenedMark {
    this.count(1, 0, nowMs);
    const failuresBefore = this.failuresInARow;
    this.failuresInARow = 0;
    this.successes += 1;
    return { success: this.successes, failuresBefore };
  }

  /** An attempt that failed by the provider's fault before it began to answer. */
  noteFailed(nowMs: number): void {
    this.count(1, 1, nowMs);
    this.addToRow(1, nowMs);
  }

  /** An answer that broke off: what was counted as an attempt that went well is one that failed. */
  noteBroken(mark: OpenedMark, nowMs: number): void {
    this.count(0, 1, nowMs);
    // Unless another attempt went well meanwhile, the row is as if this one had never opened.
    if (mark.success === this.successes) this.failuresInARow += mark.failuresBefore;
    this.addToRow(1, nowMs);
  }

  /** What another process noted. */
  merge({ attempts, failures, failuresInARow }: Outcomes, nowMs: number): void {
    this.count(attempts, failures, nowMs);
    if (attempts > failures) {
      this.failuresInARow = 0;
      this.successes += attempts - failures;
    }
    this.addToRow(failuresInARow, nowMs);
  }

  /**
   * An outage is significant when, in the last 30 s, at least half of at least three attempts failed by the provider's
   * fault, or the last three in a row did.
   */
  hasOutage(nowMs: number): boolean {
    this.advance(nowMs);
    if (this.attemptSum >= FEW && this.failureSum * 2 >= this.attemptSum) return true;
    if (this.failuresInARow < FEW) return false;
    const first = this.failedAtMs[FEW - 1];
    return first !== undefined && nowMs - first <= OUTAGE_WINDOW_MS;
  }

  private addToRow(failures: number, nowMs: number): void {
    if (failures === 0) return;
    this.failuresInARow += failures;
    const now = Array.from({ length: Math.min(failures, FEW) }, () => nowMs);
    this.failedAtMs = [...now, ...this.failedAtMs].slice(0, FEW);
  }

  private count(attempts: number, failures: number, nowMs: number): void {
    this.advance(nowMs);
    const slot = this.currentSlot % SLOTS;
    this.attempts[slot] = (this.attempts[slot] ?? 0) + attempts;
    this.failures[slot] = (this.failures[slot] ?? 0) + failures;
    this.attemptSum += attempts;
    this.failureSum += failures;
  }

  /** Forgets the slots that have gone by since the last time. */
  private advance(nowMs: number): void {
    const slot = Math.floor(nowMs / SLOT_MS);
    const passed = Math.min(slot - this.currentSlot, SLOTS);
    if (passed <= 0) return;
    this.currentSlot = slot;
    if (this.attemptSum === 0 && this.failureSum === 0) return;
    for (let back = 0; back < passed; back += 1) {
      const old = (slot - back) % SLOTS;
      this.attemptSum -= this.attempts[old] ?? 0;
      this.failureSum -= this.failures[old] ?? 0;
      this.attempts[old] = 0;
      this.failures[old] = 0;
    }
  }
}
