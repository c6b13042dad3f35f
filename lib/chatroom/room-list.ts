import type { Room } from "@/lib/schemas/chatroom";

export type RoomGroup = { label: string; rooms: readonly Room[] };

const DAY_MS = 86_400_000;

/** The rooms in whose title every word of the query occurs, the pinned ones first, then by the day of their last use. */
export function groupRooms(
  rooms: readonly Room[],
  query: string,
  nowMs: number,
  utcOffsetMinutes: number,
): RoomGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rooms
    .filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)))
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
