import { addDays, countDays } from "@/lib/activity-filter/days";
import { usdNumber, usdString } from "@/lib/money";
import type { ActivityFilter } from "@/lib/schemas/activity-filter";
import type { ActivityOverview, ActivityTotals } from "@/lib/schemas/activity-overview";
import type { GroupSums, Sums } from "./sums/store";

type Bucket = ActivityOverview["bucket"];

type Group = ActivityOverview["groups"][number];

/** More groups than this cannot be told apart; more bars neither. */
const MAX_GROUPS = 8;
const MAX_DAYS = 92;
const HOURS = 24;

/** What one point of a chart over that period stands for. */
export function bucketOf({ from, to }: Pick<ActivityFilter, "from" | "to">): Bucket {
  const days = countDays(from, to);
  return days === 1 ? "hour" : days <= MAX_DAYS ? "day" : "week";
}

/** The period of the same length before. */
export function periodBefore({ from, to }: Pick<ActivityFilter, "from" | "to">): { from: string; to: string } {
  return { from: addDays(from, -countDays(from, to)), to: addDays(from, -1) };
}

/**
 * Puts sums into their places: every point is there, groups come in the order of what they cost, then of their size, and
 * those beyond the eighth are one.
 */
export function buildOverview(given: {
  filter: Pick<ActivityFilter, "from" | "to">;
  sums: readonly GroupSums[];
  previous: Sums;
  nameOf: (group: string) => string;
}): ActivityOverview {
  const { filter, sums, previous, nameOf } = given;
  const bucket = bucketOf(filter);
  const points = pointsOf(filter, bucket);
  const placeOf = new Map(points.map((point, place) => [point, place]));
  const groups = new Map<string, Group>();
  for (const row of sums) {
    const place = placeOf.get(bucket === "week" ? mondayOf(row.at) : row.at);
    if (place === undefined) continue;
    let group = groups.get(row.group);
    if (group === undefined) {
      group = emptyGroup(row.group, nameOf(row.group), points.length);
      groups.set(row.group, group);
    }
    add(group.spendUsd, place, usdNumber(row.costNanoUsd));
    add(group.tokens, place, Number(row.promptTokens + row.completionTokens));
    add(group.requests, place, Number(row.requests));
  }
  return {
    bucket,
    points,
    groups: keepLargest([...groups.values()], points.length),
    totals: totalsOf(sums.reduce(plus, NOTHING)),
    previous: totalsOf(previous),
  };
}

function emptyGroup(id: string, name: string, points: number): Group {
  const zeros = () => Array.from({ length: points }, () => 0);
  return { id, name, isRest: false, spendUsd: zeros(), tokens: zeros(), requests: zeros() };
}

function keepLargest(groups: readonly Group[], points: number): Group[] {
  const sorted = groups.toSorted((a, b) => sum(b.spendUsd) - sum(a.spendUsd) || sum(b.tokens) - sum(a.tokens));
  if (sorted.length <= MAX_GROUPS) return sorted;
  const small = sorted.slice(MAX_GROUPS);
  const rest: Group = { ...emptyGroup("", `${small.length} others`, points), isRest: true };
  for (const group of small) {
    for (let place = 0; place < points; place += 1) {
      add(rest.spendUsd, place, group.spendUsd[place] ?? 0);
      add(rest.tokens, place, group.tokens[place] ?? 0);
      add(rest.requests, place, group.requests[place] ?? 0);
    }
  }
  return [...sorted.slice(0, MAX_GROUPS), rest];
}

function pointsOf({ from, to }: Pick<ActivityFilter, "from" | "to">, bucket: Bucket): string[] {
  switch (bucket) {
    case "hour":
      return Array.from({ length: HOURS }, (_, hour) => `${from}T${String(hour).padStart(2, "0")}`);
    case "day":
      return Array.from({ length: countDays(from, to) }, (_, index) => addDays(from, index));
    case "week": {
      const first = mondayOf(from);
      return Array.from({ length: Math.ceil(countDays(first, to) / 7) }, (_, index) => addDays(first, index * 7));
    }
  }
}

function mondayOf(day: string): string {
  // Sunday is 0, and the last day of its week.
  return addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
}

function add(values: number[], place: number, value: number): void {
  values[place] = (values[place] ?? 0) + value;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const NOTHING: Sums = {
  requests: 0n,
  promptTokens: 0n,
  completionTokens: 0n,
  reasoningTokens: 0n,
  cachedTokens: 0n,
  costNanoUsd: 0n,
};

function plus(a: Sums, b: Sums): Sums {
  return {
    requests: a.requests + b.requests,
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    reasoningTokens: a.reasoningTokens + b.reasoningTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    costNanoUsd: a.costNanoUsd + b.costNanoUsd,
  };
}

function totalsOf(sums: Sums): ActivityTotals {
  return {
    requests: Number(sums.requests),
    promptTokens: Number(sums.promptTokens),
    completionTokens: Number(sums.completionTokens),
    reasoningTokens: Number(sums.reasoningTokens),
    cachedTokens: Number(sums.cachedTokens),
    costUsd: usdString(sums.costNanoUsd),
  };
}
