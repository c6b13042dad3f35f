import type { Percentiles } from "@/lib/schemas/endpoint-health";

// One scale for milliseconds and tokens per second: each class is 6 % wider than the one before, so that what is read
// off is at most 3 % from what was measured, in a fixed amount of memory.
const SMALLEST = 0.1;
const GROWTH = 1.06;
const LOG_GROWTH = Math.log(GROWTH);
/** Up to a million. */
export const CLASSES = 277;

/** The class of a value; what is outside of the scale is counted at its end. */
export function classOf(value: number): number {
  const index = Math.floor(Math.log(value / SMALLEST) / LOG_GROWTH);
  return Math.min(Math.max(index, 0), CLASSES - 1);
}

/** The middle of a class, to three digits. */
function middleOf(index: number): number {
  return Number((SMALLEST * GROWTH ** (index + 0.5)).toPrecision(3));
}

/** Which end of the scale is the bad one: high for times, low for speeds. */
export type BadEnd = "high" | "low";

/**
 * Percentiles of how bad values got: at p90 one value in ten was worse. `countOf` gives how many values are of a class.
 * `undefined` when there are none.
 */
export function percentilesOf(countOf: (index: number) => number, total: number, bad: BadEnd): Percentiles | undefined {
  if (total === 0) return undefined;
  const found: Percentiles = { p50: 0, p75: 0, p90: 0, p99: 0 };
  let seen = 0;
  const step = bad === "high" ? 1 : -1;
  // From the good end, so that of two values the median is the better one.
  for (let index = bad === "high" ? 0 : CLASSES - 1; index >= 0 && index < CLASSES; index += step) {
    const count = countOf(index);
    if (count === 0) continue;
    const before = seen;
    seen += count;
    const value = middleOf(index);
    if (before < total * 0.5 && seen >= total * 0.5) found.p50 = value;
    if (before < total * 0.75 && seen >= total * 0.75) found.p75 = value;
    if (before < total * 0.9 && seen >= total * 0.9) found.p90 = value;
    if (before < total * 0.99 && seen >= total * 0.99) found.p99 = value;
  }
  return found;
}
