import type { Percentiles } from "@/lib/schemas/endpoint-health";
import { type BadEnd, CLASSES, classOf, percentilesOf } from "./value-scale";

/** How far back routing looks at speeds. */
export const SPEED_WINDOW_MS = 5 * 60_000;
const SLICE_MS = 30_000;
const SLICES = SPEED_WINDOW_MS / SLICE_MS + 1;

/**
 * Values of the last five minutes, forgotten half a minute at a time. Noting one costs the same however many there are;
 * percentiles are read off counts that are kept up to date, and only computed anew after a change.
 */
export class RollingHistogram {
  private readonly bad: BadEnd;
  private readonly slices = Array.from({ length: SLICES }, () => new Uint16Array(CLASSES));
  private readonly sum = new Uint32Array(CLASSES);
  private total = 0;
  private currentSlice = 0;
  private known: Percentiles | undefined;
  private isKnown = true;

  constructor(bad: BadEnd) {
    this.bad = bad;
  }

  note(value: number, nowMs: number): void {
    this.addClass(classOf(value), 1, nowMs, nowMs);
  }

  /** Counts values of a class that were measured at `atMs`; what is too old already is left out. */
  addClass(index: number, count: number, atMs: number, nowMs: number): void {
    this.advance(nowMs);
    const slice = Math.min(Math.floor(atMs / SLICE_MS), this.currentSlice);
    if (slice <= this.currentSlice - SLICES) return;
    const counts = this.slices[slice % SLICES];
    if (counts === undefined) return;
    counts[index] = (counts[index] ?? 0) + count;
    this.sum[index] = (this.sum[index] ?? 0) + count;
    this.total += count;
    this.isKnown = false;
  }

  percentiles(nowMs: number): Percentiles | undefined {
    this.advance(nowMs);
    if (!this.isKnown) {
      this.known = percentilesOf((index) => this.sum[index] ?? 0, this.total, this.bad);
      this.isKnown = true;
    }
    return this.known;
  }

  /** Forgets the slices that have gone by since the last time. */
  private advance(nowMs: number): void {
    const slice = Math.floor(nowMs / SLICE_MS);
    const passed = Math.min(slice - this.currentSlice, SLICES);
    if (passed <= 0) return;
    this.currentSlice = slice;
    if (this.total === 0) return;
    for (let back = 0; back < passed; back += 1) this.forget(this.slices[(slice - back) % SLICES]);
    this.isKnown = false;
  }

  private forget(counts: Uint16Array | undefined): void {
    if (counts === undefined) return;
    for (let index = 0; index < CLASSES; index += 1) {
      const count = counts[index] ?? 0;
      if (count === 0) continue;
      this.sum[index] = (this.sum[index] ?? 0) - count;
      this.total -= count;
    }
    counts.fill(0);
  }
}
