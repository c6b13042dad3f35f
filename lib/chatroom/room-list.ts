import type { Room } from "@/lib/schemas/chatroom";
import { wordsOf } from "./find-words";

export type RoomGroup = { label: string; rooms: readonly Room[] };

const DAY_MS = 86_400_000;

/**
 * The rooms in whose title every word of the query occurs, and those where they were said: the pinned ones first, then by
 * the day of their last use.
 *
 * @param said the ids of rooms where the words were said
 */
export function groupRooms(
  rooms: readonly Room[],
  query: string,
  nowMs: number,
  utcOffsetMinutes: number,
  said: { has: (id: string) => boolean } = new Set(),
): RoomGroup[] {
  const words = wordsOf(query);
  const found = rooms
    .filter(({ id, title }) => words.every((word) => title.toLowerCase().includes(word)) || said.has(id))
    .toSorted((one, other) => other.updatedMs - one.updatedMs);
  const groups = new Map<string, Room[]>();
  for (const room of [...found.filter(({ isPinned }) => isPinned), ...found.filter(({ isPinned }) => !isPinned)]) {
    const label = room.isPinned ? "Pinned" : dayLabelOf(room.updatedMs, nowMs, utcOffsetMinutes);
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [room]);
    else group.push(room);
  }
  return [...groups].map(([label, members]) => ({ label, rooms: members }));
}

/** The rooms that take the most, first; those of which nothing is known yet last, as they came. */
export function largestFirst(rooms: readonly Room[], bytes: ReadonlyMap<string, number>): RoomGroup[] {
  const sorted = rooms.toSorted((one, other) => (bytes.get(other.id) ?? 0) - (bytes.get(one.id) ?? 0));
  return sorted.length === 0 ? [] : [{ label: "Largest first", rooms: sorted }];
}

function dayLabelOf(atMs: number, nowMs: number, utcOffsetMinutes: number): string {
  const dayOf = (ms: number) => Math.floor((ms + utcOffsetMinutes * 60_000) / DAY_MS);
  const days = dayOf(nowMs) - dayOf(atMs);
  if (days <= 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days < 7) return "Last 7 days";
  if (days < 30) return "Last 30 days";
  const date = new Date(atMs + utcOffsetMinutes * 60_000);
  return date.toLocaleString("en", { month: "long", year: "numeric", timeZone: "UTC" });
}
