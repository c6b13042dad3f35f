import type { ActivityAddress, ActivityFilter, ActivityRange } from "@/lib/schemas/activity-filter";
import { addDays, dayOf } from "./days";

const DAYS = { today: 1, "7d": 7, "30d": 30, "90d": 90, "12mo": 365 } as const satisfies Record<ActivityRange, number>;

/** The period of an address that names none. */
export const DEFAULT_RANGE = "30d" as const satisfies ActivityRange;

/** The filter that an address stands for at a moment: named periods end with the UTC day of `nowMs`. */
export function resolveActivityFilter(address: ActivityAddress, nowMs: number): ActivityFilter {
  const { range, from, to, by: _by, after: _after, before: _before, generation: _generation, ...rest } = address;
  if (from !== undefined && to !== undefined) return { ...rest, from, to };
  const today = dayOf(nowMs);
  return { ...rest, from: addDays(today, 1 - DAYS[range ?? DEFAULT_RANGE]), to: today };
}
