import { describe, expect, test } from "vitest";
import { OutageWindow } from "./outage-window";

const NOW = 1_000_000;

type Outcome = readonly [secondsAgo: number, failed: boolean];

function windowOf(outcomes: readonly Outcome[]): OutageWindow {
  const window = new OutageWindow();
  for (const [secondsAgo, failed] of outcomes) {
    const atMs = NOW - secondsAgo * 1_000;
    if (failed) window.noteFailed(atMs);
    else window.noteOpened(atMs);
  }
  return window;
}

const many = (count: number, outcome: Outcome): Outcome[] => Array.from({ length: count }, () => outcome);
const failed = (secondsAgo: number): Outcome => [secondsAgo, true];
const good = (secondsAgo: number): Outcome => [secondsAgo, false];

test.each<{ name: string; outcomes: readonly Outcome[]; outage: boolean }>([
  { name: "nothing seen is none", outcomes: [], outage: false },
  { name: "two failures alone are too few", outcomes: [failed(2), failed(1)], outage: false },
  { name: "three failures in a row", outcomes: [failed(3), failed(2), failed(1)], outage: true },
  { name: "half of four", outcomes: [failed(4), good(3), failed(2), good(1)], outage: true },
  { name: "two of three", outcomes: [failed(3), failed(2), good(1)], outage: true },
  { name: "a third of three", outcomes: [failed(3), good(2), good(1)], outage: false },
  {
    name: "just less than half of many",
    outcomes: [...many(101, good(20)), ...many(99, failed(9)), good(1)],
    outage: false,
  },
  {
    name: "half of many",
    outcomes: [...many(100, good(20)), ...many(100, failed(9)), failed(8), good(1)],
    outage: true,
  },
  { name: "more than 30 s ago", outcomes: [failed(40), failed(35), failed(31)], outage: false },
  {
    name: "three in a row, the first of them more than 30 s ago",
    outcomes: [failed(31), failed(2), failed(1)],
    outage: false,
  },
  {
    name: "the last three in a row, after many successes",
    outcomes: [...many(10, good(9)), failed(3), failed(2), failed(1)],
    outage: true,
  },
  {
    name: "three in a row, and one that went well since",
    outcomes: [...many(10, good(9)), failed(3), failed(2), failed(1), good(0)],
    outage: false,
  },
])("$name: $outage", ({ outcomes, outage }) => expect(windowOf(outcomes).hasOutage(NOW)).toBe(outage));

test("is over 30 s after the last that makes it one", () => {
  const window = windowOf([failed(0), failed(0), failed(0)]);
  expect(window.hasOutage(NOW + 29_500)).toBe(true);
  expect(window.hasOutage(NOW + 30_500)).toBe(false);
});

describe("an answer that breaks off", () => {
  test("is one attempt that failed, not two", () => {
    const window = windowOf([good(5), good(4), good(3), good(2)]);
    window.noteBroken(window.noteOpened(NOW - 1_000), NOW);
    expect(window.hasOutage(NOW)).toBe(false);
  });

  test("makes a row with others that broke off, although each of them had begun well", () => {
    const window = windowOf(many(10, good(9)));
    for (let times = 0; times < 3; times += 1) window.noteBroken(window.noteOpened(NOW), NOW);
    expect(window.hasOutage(NOW)).toBe(true);
  });

  test("makes no row when another attempt went well meanwhile", () => {
    const window = windowOf([...many(10, good(9)), failed(3), failed(2)]);
    const mark = window.noteOpened(NOW);
    window.noteOpened(NOW);
    window.noteBroken(mark, NOW);
    expect(window.hasOutage(NOW)).toBe(false);
  });
});

describe("what another process noted", () => {
  test.each([
    {
      name: "failures add up",
      outcomes: [failed(1)],
      heard: { attempts: 2, failures: 2, failuresInARow: 2 },
      outage: true,
    },
    {
      name: "successes count",
      outcomes: [failed(1), failed(1)],
      heard: { attempts: 4, failures: 0, failuresInARow: 0 },
      outage: false,
    },
    {
      name: "a row at its end counts",
      outcomes: many(20, good(2)),
      heard: { attempts: 4, failures: 3, failuresInARow: 3 },
      outage: true,
    },
    {
      name: "a success in it ends the row before",
      outcomes: [...many(20, good(2)), failed(1), failed(1)],
      heard: { attempts: 2, failures: 1, failuresInARow: 1 },
      outage: false,
    },
  ])("$name", ({ outcomes, heard, outage }) => {
    const window = windowOf(outcomes);
    window.merge(heard, NOW);
    expect(window.hasOutage(NOW)).toBe(outage);
  });
});
