import type { LimitReset } from "@/lib/schemas/api-key";

const MS_PER_DAY = 86_400_000;

/** What a key has used, in nano-dollars, and the day (midnight UTC) on which that was last true. */
export type UsageCounters = {
  usageNanoUsd: bigint;
  usageDailyNanoUsd: bigint;
  usageWeeklyNanoUsd: bigint;
  usageMonthlyNanoUsd: bigint;
  byokUsageNanoUsd: bigint;
  byokUsageDailyNanoUsd: bigint;
  byokUsageWeeklyNanoUsd: bigint;
  byokUsageMonthlyNanoUsd: bigint;
  usageDate: Date;
};

export type KeyLimit = {
  limitNanoUsd: bigint | null;
  limitReset: LimitReset | null;
  includeByokInLimit: boolean;
};

/**
 * The counters as they stand at `nowMs`: those of a day, week or month that is over count as zero. They are reset in
 * the database only by the next usage, so a stored counter alone says nothing.
 *
 * Days are UTC, weeks start on Monday.
 */
export function currentUsage(counters: UsageCounters, nowMs: number): UsageCounters {
  const used = periodsOf(counters.usageDate.getTime());
  const now = periodsOf(nowMs);
  const within = (same: boolean, amount: bigint) => (same ? amount : 0n);
  return {
    ...counters,
    usageDailyNanoUsd: within(used.day === now.day, counters.usageDailyNanoUsd),
    usageWeeklyNanoUsd: within(used.week === now.week, counters.usageWeeklyNanoUsd),
    usageMonthlyNanoUsd: within(used.month === now.month, counters.usageMonthlyNanoUsd),
    byokUsageDailyNanoUsd: within(used.day === now.day, counters.byokUsageDailyNanoUsd),
    byokUsageWeeklyNanoUsd: within(used.week === now.week, counters.byokUsageWeeklyNanoUsd),
    byokUsageMonthlyNanoUsd: within(used.month === now.month, counters.byokUsageMonthlyNanoUsd),
  };
}

/** What a key may still spend in the current period of its limit, never negative; `null` when it has no limit. */
export function limitRemaining(key: KeyLimit & UsageCounters, nowMs: number): bigint | null {
  if (key.limitNanoUsd === null) return null;
  const [own, byok] = usageSince(key.limitReset, currentUsage(key, nowMs));
  const remaining = key.limitNanoUsd - own - (key.includeByokInLimit ? byok : 0n);
  return remaining > 0n ? remaining : 0n;
}

function usageSince(reset: LimitReset | null, usage: UsageCounters): [own: bigint, byok: bigint] {
  switch (reset) {
    case null:
      return [usage.usageNanoUsd, usage.byokUsageNanoUsd];
    case "daily":
      return [usage.usageDailyNanoUsd, usage.byokUsageDailyNanoUsd];
    case "weekly":
      return [usage.usageWeeklyNanoUsd, usage.byokUsageWeeklyNanoUsd];
    case "monthly":
      return [usage.usageMonthlyNanoUsd, usage.byokUsageMonthlyNanoUsd];
  }
}

/** Numbers that are equal for two times exactly when they lie in the same UTC day, week or month. */
function periodsOf(timeMs: number): { day: number; week: number; month: number } {
  const day = Math.floor(timeMs / MS_PER_DAY);
  const date = new Date(timeMs);
  return {
    day,
    // Day 0 (1 January 1970) was a Thursday: three days after a Monday.
    week: Math.floor((day + 3) / 7),
    month: date.getUTCFullYear() * 12 + date.getUTCMonth(),
  };
}
