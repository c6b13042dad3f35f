import { expect, test } from "vitest";
import { apgr } from "./apgr";

/** Two of four prompts are lost by the weak model and won by the strong one. */
const outcomes = (scores: readonly number[]) =>
  scores.map((score, index) => ({ score, weak: index < 2 ? 0 : 1, strong: 1 }));

test.each([
  { name: "all that is won comes first", scores: [4, 3, 2, 1], expected: 0.75 },
  { name: "all that is won comes last", scores: [1, 2, 3, 4], expected: 0.25 },
  { name: "no order at all", scores: [1, 1, 1, 1], expected: 0.5 },
  { name: "ties within an order", scores: [2, 2, 1, 1], expected: 0.75 },
])("$name: $expected", ({ scores, expected }) => expect(apgr(outcomes(scores))).toBeCloseTo(expected, 9));

test("is not defined where the strong model is not better", () => {
  expect(apgr([{ score: 1, weak: 1, strong: 1 }])).toBeUndefined();
  expect(apgr([])).toBeUndefined();
});
