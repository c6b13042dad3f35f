import { expect, test } from "vitest";
import { reordered } from "./reordered";

test.each([
  { moved: "c", place: 0, expected: "cab" },
  { moved: "a", place: 1, expected: "bac" },
  { moved: "a", place: 2, expected: "bca" },
  { moved: "b", place: 1, expected: "abc" },
  { moved: "a", place: 99, expected: "bca" },
  { moved: "new", place: 1, expected: "anewbc" },
])("$moved to $place", ({ moved, place, expected }) => {
  expect(reordered(["a", "b", "c"], moved, place).join("")).toBe(expected);
});
