import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RollingHistogram } from "./rolling-histogram";

const NOW = 1_700_000_000_000;
const MINUTE = 60_000;

function histogramOf(values: readonly number[], bad: "high" | "low" = "high", atMs = NOW): RollingHistogram {
  const histogram = new RollingHistogram(bad);
  for (const value of values) histogram.note(value, atMs);
  return histogram;
}

/** The exact percentile: of all values, that share is at least as good. */
function exact(values: readonly number[], share: number, bad: "high" | "low"): number {
  const goodFirst = [...values].sort((a, b) => (bad === "high" ? a - b : b - a));
  return goodFirst[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;
}

test.each(["high", "low"] as const)("percentiles are within 4 %% of the exact ones, bad end %s", (bad) => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1, max: 100_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
      (values) => {
        const found = histogramOf(values, bad).percentiles(NOW);
        for (const [name, share] of [
          ["p50", 0.5],
          ["p75", 0.75],
          ["p90", 0.9],
          ["p99", 0.99],
        ] as const) {
          const wanted = exact(values, share, bad);
          expect(Math.abs((found?.[name] ?? 0) - wanted) / wanted).toBeLessThan(0.04);
        }
      },
    ),
  );
});

describe("the window", () => {
  test("knows nothing before anything was noted", () => expect(histogramOf([]).percentiles(NOW)).toBeUndefined());

  test("holds five minutes", () => {
    const histogram = histogramOf([100]);
    expect(histogram.percentiles(NOW + 4.9 * MINUTE)?.p50).toBeCloseTo(100, -1);
    expect(histogram.percentiles(NOW + 5.6 * MINUTE)).toBeUndefined();
  });

  test("forgets piece by piece", () => {
    const histogram = histogramOf([100, 100, 100]);
    histogram.note(1_000, NOW + 3 * MINUTE);
    expect(histogram.percentiles(NOW + 3 * MINUTE)?.p50).toBeCloseTo(100, -1);
    expect(histogram.percentiles(NOW + 6 * MINUTE)?.p50).toBeGreaterThan(900);
  });

  test("forgets all of it after a long silence, however long", () => {
    const histogram = histogramOf([100]);
    expect(histogram.percentiles(NOW + 600 * MINUTE)).toBeUndefined();
    histogram.note(5, NOW + 601 * MINUTE);
    expect(histogram.percentiles(NOW + 601 * MINUTE)?.p99).toBeCloseTo(5, 0);
  });

  test("takes what was measured earlier, as long as it is not too old", () => {
    const histogram = new RollingHistogram("high");
    histogram.addClass(100, 3, NOW - 6 * MINUTE, NOW);
    expect(histogram.percentiles(NOW)).toBeUndefined();
    histogram.addClass(100, 3, NOW - 4 * MINUTE, NOW);
    expect(histogram.percentiles(NOW)).toBeDefined();
    expect(histogram.percentiles(NOW + 2 * MINUTE)).toBeUndefined();
  });
});
