import { expect, test } from "vitest";
import { BadExpression, calculate } from "./calculate";

test.each([
  ["1 + 2 * 3", 7],
  ["(1 + 2) * 3", 9],
  ["2 ^ 3 ^ 2", 512],
  ["2 ** -1", 0.5],
  ["-2 ^ 2", -4],
  ["10 % 4 / 2", 1],
  ["7 - 2 - 1", 4],
  ["sqrt(16) + max(1, 2, 3)", 7],
  ["1.5e3 + .5", 1_500.5],
  ["PI", Math.PI],
  ["2 * -3", -6],
])("%s = %d", (expression, value) => {
  expect(calculate(expression)).toBeCloseTo(value, 10);
});

test.each(["", "1 +", "(1", "1)", "2 2", "alert(1)", "constructor(1)", "1; 2", "max", "x", "1".repeat(1_001)])(
  "%j is refused",
  (expression) => {
    expect(() => calculate(expression)).toThrow(BadExpression);
  },
);
