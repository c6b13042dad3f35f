import "server-only";
import { dayOf } from "@/lib/activity-filter/days";
import type { ActivityFilter } from "@/lib/schemas/activity-filter";
import type { GenerationPage } from "@/lib/schemas/generation";
import { isNarrow } from "./filter-sql";
import { cursorOf, parseCursor } from "./generation-cursor";
import { type Direction, type GenerationPosition, type ListedRow, selectGenerations, withNames } from "./store";
import { summarizeGeneration } from "./summarize-generation";
import { selectBusyDays } from "./sums/store";

const MAX_LIMIT = 100;

/**
 * A page of an account's generations, newest first: the first page, or the one older than `after`, or the one newer
 * than `before`. A page of newer ones that would not be full is the first page, and so is what a wrong cursor leads to.
 *
 * @param query.limit rows per page, 1 to 100; other numbers become the nearest of these.
 */
export async function listGenerations(query: {
  accountId: string;
  filter: ActivityFilter;
  after?: string | undefined;
  before?: string | undefined;
  limit: number;
}): Promise<GenerationPage> {
  const { accountId, filter } = query;
  const limit = Math.min(Math.max(Math.trunc(query.limit), 1), MAX_LIMIT);
  const cursor = query.before ?? query.after;
  const after = cursor === undefined ? null : parseCursor(cursor);
  const direction: Direction = query.before === undefined || after === null ? "older" : "newer";
  // One more than is shown: whether there is a page beyond.
  const found = await findGenerations({ accountId, filter, after, direction, limit: limit + 1 });
  if (direction === "newer" && found.length < limit) return listGenerations({ accountId, filter, limit });

  const shown = found.slice(0, limit);
  if (direction === "newer") shown.reverse();
  const [first, last] = [shown.at(0), shown.at(-1)];
  const isMore = found.length > limit;
  const hasNewer = direction === "newer" ? isMore : after !== null;
  const hasOlder = direction === "older" ? isMore : true;
  return {
    rows: (await withNames(accountId, shown)).map(summarizeGeneration),
    newerCursor: hasNewer && first !== undefined ? cursorOf(first) : null,
    olderCursor: hasOlder && last !== undefined ? cursorOf(last) : null,
  };
}

type Search = {
  accountId: string;
  filter: ActivityFilter;
  after: GenerationPosition | null;
  direction: Direction;
  limit: number;
};

/**
 * Generations in the order of `direction`. When the filter asks for more than a period, the sums of each day tell which
 * days to look into, so that looking for what is rare costs as little as looking for what is frequent.
 */
export async function findGenerations(search: Search): Promise<ListedRow[]> {
  const { accountId, after, direction, limit } = search;
  const { from, to, ...narrowing } = search.filter;
  const [first, last] = daysFrom(after, direction, from, to);
  if (first > last) return [];
  const ask = { accountId, narrowing, after, direction };
  if (!isNarrow(narrowing)) return selectGenerations({ ...ask, days: { span: [first, last] }, limit });

  const busy = await selectBusyDays(accountId, { ...narrowing, from: first, to: last }, direction);
  const found: ListedRow[] = [];
  let next = 0;
  // More than once only where the sums remember generations that are gone, or some of a day lie beyond the cursor.
  while (found.length < limit && next < busy.length) {
    const wanted = limit - found.length;
    const each: string[] = [];
    for (let promised = 0; promised < wanted && next < busy.length; next += 1) {
      const day = busy[next];
      if (day === undefined) break;
      each.push(day.day);
      promised += Number(day.requests);
    }
    found.push(...(await selectGenerations({ ...ask, days: { each }, limit: wanted })));
  }
  return found;
}

/** The part of a period that lies beyond a place in the list. */
function daysFrom(
  after: GenerationPosition | null,
  direction: Direction,
  from: string,
  to: string,
): [first: string, last: string] {
  if (after === null) return [from, to];
  const day = dayOf(after.createdAt.getTime());
  return direction === "older" ? [from, day < to ? day : to] : [day > from ? day : from, to];
}
