import { describe, expect, test } from "vitest";
import { currentUsage, limitRemaining, type UsageCounters } from "./usage-windows";

const USD = 1_000_000_000n;

const counters = (usageDate: string): UsageCounters => ({
  usageNanoUsd: 40n * USD,
  usageDailyNanoUsd: 1n * USD,
  usageWeeklyNanoUsd: 3n * USD,
  usageMonthlyNanoUsd: 7n * USD,
  byokUsageNanoUsd: 20n * USD,
  byokUsageDailyNanoUsd: USD / 2n,
  byokUsageWeeklyNanoUsd: 2n * USD,
  byokUsageMonthlyNanoUsd: 4n * USD,
  usageDate: new Date(`${usageDate}T00:00:00Z`),
});

describe("currentUsage", () => {
  // 2026-11-21 is a Saturday.
  test.each([
    {
      name: "the same moment keeps everything",
      used: "2026-11-21",
      now: "2026-11-21T00:00:00Z",
      kept: "day week month",
    },
    {
      name: "the last millisecond of the day",
      used: "2026-11-21",
      now: "2026-11-21T23:59:59.999Z",
      kept: "day week month",
    },
    { name: "midnight UTC ends the day only", used: "2026-11-21", now: "2026-11-22T00:00:00Z", kept: "week month" },
    {
      name: "Sunday still belongs to the week",
      used: "2026-11-16",
      now: "2026-11-22T23:59:59.999Z",
      kept: "week month",
    },
    { name: "Monday starts a new week", used: "2026-11-22", now: "2026-11-23T00:00:00Z", kept: "month" },
    { name: "a week may span two months", used: "2026-11-30", now: "2026-12-01T00:00:00Z", kept: "week" },
    { name: "a week may span two years", used: "2026-12-31", now: "2027-01-01T00:00:00Z", kept: "week" },
    {
      name: "the same month of another year is another month",
      used: "2025-11-21",
      now: "2026-11-21T00:00:00Z",
      kept: "",
    },
    { name: "exactly a week later", used: "2026-11-14", now: "2026-11-21T12:00:00Z", kept: "month" },
    { name: "a key that was never used", used: "1970-01-01", now: "2026-11-21T12:00:00Z", kept: "" },
  ])("$name", ({ used, now, kept }) => {
    const stored = counters(used);
    const has = (period: string) => kept.split(" ").includes(period);

    expect(currentUsage(stored, Date.parse(now))).toEqual({
      usageNanoUsd: stored.usageNanoUsd,
      usageDailyNanoUsd: has("day") ? stored.usageDailyNanoUsd : 0n,
      usageWeeklyNanoUsd: has("week") ? stored.usageWeeklyNanoUsd : 0n,
      usageMonthlyNanoUsd: has("month") ? stored.usageMonthlyNanoUsd : 0n,
      byokUsageNanoUsd: stored.byokUsageNanoUsd,
      byokUsageDailyNanoUsd: has("day") ? stored.byokUsageDailyNanoUsd : 0n,
      byokUsageWeeklyNanoUsd: has("week") ? stored.byokUsageWeeklyNanoUsd : 0n,
      byokUsageMonthlyNanoUsd: has("month") ? stored.byokUsageMonthlyNanoUsd : 0n,
      usageDate: stored.usageDate,
    });
  });
});

describe("limitRemaining", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");
  test.each([
    { name: "no limit has no rest", limit: null, reset: null, byok: false, expected: null },
    { name: "without a reset all usage counts", limit: 50n * USD, reset: null, byok: false, expected: 10n * USD },
    { name: "own provider keys count when asked for", limit: 70n * USD, reset: null, byok: true, expected: 10n * USD },
    { name: "daily", limit: 10n * USD, reset: "daily", byok: false, expected: 9n * USD },
    { name: "weekly", limit: 10n * USD, reset: "weekly", byok: false, expected: 7n * USD },
    { name: "monthly", limit: 10n * USD, reset: "monthly", byok: false, expected: 3n * USD },
    { name: "daily with own keys", limit: 10n * USD, reset: "daily", byok: true, expected: 8n * USD + USD / 2n },
    { name: "weekly with own keys", limit: 10n * USD, reset: "weekly", byok: true, expected: 5n * USD },
    { name: "monthly with own keys", limit: 11n * USD, reset: "monthly", byok: true, expected: 0n },
    { name: "spent to the last nano-dollar", limit: 40n * USD, reset: null, byok: false, expected: 0n },
    { name: "an overshoot is not negative", limit: 5n * USD, reset: null, byok: false, expected: 0n },
  ] as const)("$name", ({ limit, reset, byok, expected }) => {
    const key = { ...counters("2026-11-21"), limitNanoUsd: limit, limitReset: reset, includeByokInLimit: byok };

    expect(limitRemaining(key, now)).toBe(expected);
  });

  test("a limit is whole again when its period is over", () => {
    const key = {
      ...counters("2026-11-20"),
      limitNanoUsd: 10n * USD,
      limitReset: "daily",
      includeByokInLimit: true,
    } as const;

    expect(limitRemaining(key, now)).toBe(10n * USD);
  });
});
