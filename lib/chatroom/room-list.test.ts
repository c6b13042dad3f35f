import { expect, test } from "vitest";
import type { Room } from "@/lib/schemas/chatroom";
import { DEFAULT_SETTINGS, newRoom, titleOf } from "./new-room";
import { groupRooms, largestFirst } from "./room-list";

const NOW = Date.UTC(2026, 10, 21, 12);
const HOUR = 3_600_000;
const roomOf = (title: string, hoursAgo: number, isPinned = false): Room => ({
  ...newRoom(title, [], DEFAULT_SETTINGS, NOW - hoursAgo * HOUR),
  title,
  isPinned,
});
const rooms = [
  roomOf("months ago", 24 * 62),
  roomOf("yesterday", 13),
  roomOf("now", 1),
  roomOf("last week", 24 * 5),
  roomOf("pinned", 24 * 90, true),
  roomOf("earlier today", 11),
];
const shown = (query: string, offset = 0) =>
  groupRooms(rooms, query, NOW, offset).map(({ label, rooms: members }) => [
    label,
    ...members.map(({ title }) => title),
  ]);

test("pinned first, then by day, newest first", () => {
  expect(shown("")).toEqual([
    ["Pinned", "pinned"],
    ["Today", "now", "earlier today"],
    ["Yesterday", "yesterday"],
    ["Last 7 days", "last week"],
    ["September 2026", "months ago"],
  ]);
});

test("a day is the reader's, not Greenwich's", () => {
  expect(shown("", -12 * 60).map(([label]) => label)).not.toContain("Today");
  expect(shown("today", -120)[0]).toEqual(["Yesterday", "earlier today"]);
});

test("every word of the query must occur", () => {
  expect(shown("EARLIER to")).toEqual([["Today", "earlier today"]]);
  expect(shown("nothing")).toEqual([]);
});

test("a room where the words were said is shown in its place among the others", () => {
  const groups = groupRooms(rooms, "earlier", NOW, 0, new Set(["now", "pinned"]));
  expect(groups.map(({ label, rooms: members }) => [label, ...members.map(({ title }) => title)])).toEqual([
    ["Pinned", "pinned"],
    ["Today", "now", "earlier today"],
  ]);
});

test("the largest room comes first, pinned or not", () => {
  const bytes = new Map([
    ["now", 5],
    ["pinned", 10],
    ["yesterday", 20],
  ]);
  const [group] = largestFirst(rooms, bytes);
  expect(group?.rooms.slice(0, 3).map(({ title }) => title)).toEqual(["yesterday", "pinned", "now"]);
  expect(group?.rooms).toHaveLength(rooms.length);
  expect(largestFirst([], bytes)).toEqual([]);
});

test.each([
  ["Short question?", "Short question?"],
  ["  two\n\n lines ", "two lines"],
  ["word ".repeat(30), `${"word ".repeat(12).slice(0, 59).trimEnd()}…`],
])("%j is called %j", (question, title) => {
  expect(titleOf(question)).toBe(title);
});
