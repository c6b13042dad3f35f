import "server-only";
import type { ActivityFilter, ActivityGroup } from "@/lib/schemas/activity-filter";
import type { ActivityOverview } from "@/lib/schemas/activity-overview";
import { bucketOf, buildOverview, periodBefore } from "./build-overview";
import { selectKeyNames, selectProviderNames } from "./store";
import { selectDaySums, selectHourSums, selectTotals } from "./sums/store";

/** Spend, tokens and requests of a period, divided by model, provider or key, and what they were in the one before. */
export async function getActivityOverview(
  accountId: string,
  filter: ActivityFilter,
  by: ActivityGroup,
): Promise<ActivityOverview> {
  const select = bucketOf(filter) === "hour" ? selectHourSums : selectDaySums;
  const [sums, previous] = await Promise.all([
    select(accountId, filter, by),
    selectTotals(accountId, { ...filter, ...periodBefore(filter) }),
  ]);
  const nameOf = await namesOf(accountId, by, [...new Set(sums.map(({ group }) => group))]);
  return buildOverview({ filter, sums, previous, nameOf });
}

async function namesOf(
  accountId: string,
  by: ActivityGroup,
  groups: readonly string[],
): Promise<(group: string) => string> {
  switch (by) {
    case "model":
      return (group) => group;
    case "provider": {
      const names = await selectProviderNames(groups);
      return (group) => (group === "" ? "No provider" : (names.get(group) ?? group));
    }
    case "key": {
      const names = await selectKeyNames(accountId, groups);
      return (group) => (group === "" ? "Chatroom" : (names.get(group)?.name ?? "Removed key"));
    }
  }
}
