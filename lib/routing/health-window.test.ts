import { describe, expect, test } from "vitest";
import { healthOf, newHealthWindow, noteOutcome, noteSpeed } from "./health-window";

const NOW = 1_000_000;

function windowOf(outcomes: readonly (readonly [secondsAgo: number, failed: boolean])[]) {
  const window = newHealthWindow();
  for (const [secondsAgo, failed] of outcomes) noteOutcome(window, failed, NOW - secondsAgo * 1_000);
  return window;
}

describe("a significant outage", () => {
  test.each([
    { name: "nothing seen is stable", outcomes: [], stable: true },
    {
      name: "two failures alone are too few",
      outcomes: [
        [2, true],
        [1, true],
      ],
      stable: true,
    },
    {
      name: "three failures in a row",
      outcomes: [
        [3, true],
        [2, true],
        [1, true],
      ],
      stable: false,
    },
    {
      name: "half of four failed",
      outcomes: [
        [4, true],
        [3, false],
        [2, true],
        [1, false],
      ],
      stable: false,
    },
    {
      name: "a third of three failed",
      outcomes: [
        [3, true],
        [2, false],
        [1, false],
      ],
      stable: true,
    },
    {
      name: "failures older than 30 s are forgotten",
      outcomes: [
        [40, true],
        [35, true],
        [31, true],
      ],
      stable: true,
    },
    {
      name: "the last three in a row, after many successes",
      outcomes: [...Array.from({ length: 10 }, () => [9, false] as const), [3, true], [2, true], [1, true]],
      stable: false,
    },
  ] as const)("$name", ({ outcomes, stable }) => {
    expect(healthOf(windowOf(outcomes), NOW).stable).toBe(stable);
  });
});

test("speed is the median of what was measured, and unknown before", () => {
  const window = newHealthWindow();
  expect(healthOf(window, NOW)).toMatchObject({ latencyMsP50: undefined, throughputP50: undefined });
  for (const [latency, throughput] of [
    [100, 10],
    [300, 30],
    [200, 20],
  ] as const)
    noteSpeed(window, latency, throughput);
  expect(healthOf(window, NOW)).toMatchObject({ latencyMsP50: 200, throughputP50: 20 });
});
