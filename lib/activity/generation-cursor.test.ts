import { expect, test } from "vitest";
import { cursorOf, parseCursor } from "./generation-cursor";

test("a cursor leads back to the generation it was made of", () => {
  const position = { createdAt: new Date("2026-11-21T12:00:00.123Z"), id: "gen-1795262400-Ab3dEf6hIj9kLmN2pQr5" };

  expect(parseCursor(cursorOf(position))).toEqual(position);
});

test.each([
  "",
  "abc",
  Buffer.from("1.").toString("base64url"),
  Buffer.from("x.gen-1").toString("base64url"),
  Buffer.from("1.gen 1").toString("base64url"),
  Buffer.from(`${"9".repeat(30)}.gen-1`).toString("base64url"),
])("%j, which no page gave, stands for no place", (cursor) => expect(parseCursor(cursor)).toBeNull());
