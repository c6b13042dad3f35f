import fc from "fast-check";
import { expect, test } from "vitest";
import { type ChartData, keepLargest, REST_ID, stack } from "./chart-data";
import { niceTicks } from "./nice-ticks";

test.each([
  [0, [0, 1]],
  [0.003, [0, 0.001, 0.002, 0.003]],
  [1, [0, 0.25, 0.5, 0.75, 1]],
  [7, [0, 2, 4, 6, 8]],
  [1_204, [0, 500, 1_000, 1_500]],
])("up to %d the lines are at %j", (max, expected) => expect(niceTicks(max)).toEqual(expected));

test("lines cover the largest value, start at 0 and are no more than asked for", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), (max) => {
      const ticks = niceTicks(max);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * (1 - 1e-9));
      expect(ticks.length).toBeLessThanOrEqual(5);
    }),
  );
});

const DATA: ChartData = {
  series: Array.from({ length: 11 }, (_, index) => ({ id: `m${index}`, name: `Model ${index}` })),
  points: ["Mon", "Tue"].map((label) => ({
    label,
    tick: label,
    values: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`m${index}`, index])),
  })),
};

test("the largest series are kept, and nothing is lost in the rest", () => {
  const { series, points } = keepLargest(DATA);
  expect(series.map(({ id }) => id)).toEqual(["m10", "m9", "m8", "m7", "m6", "m5", "m4", "m3", REST_ID]);
  expect(points[0]?.values[REST_ID]).toBe(0 + 1 + 2);
});

test("the layers of a bar stand on each other", () => {
  const parts = stack({ label: "", tick: "", values: { a: 2, b: null, c: 3 } }, [
    { id: "a", name: "A" },
    { id: "b", name: "B" },
    { id: "c", name: "C" },
  ]);
  expect(parts).toEqual([
    { series: 0, start: 0, end: 2 },
    { series: 2, start: 2, end: 5 },
  ]);
});
