import { expect, test } from "vitest";
import { scoreText } from "./score-text";

test.each([
  ["load_balance", 0.0000002, "$0.20 /M"],
  ["price", 0, "free"],
  ["throughput", 87.4, "87 tok/s"],
  ["throughput", 3.21, "3.2 tok/s"],
  ["throughput", null, "not measured yet"],
  ["latency", 412.3, "412 ms"],
  ["exacto", 1, "listed"],
  ["order", null, "–"],
] as const)("%s %s is %s", (strategy, score, text) => {
  expect(scoreText(strategy, score)).toBe(text);
});
