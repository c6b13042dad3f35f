import { expect, test } from "vitest";
import { condense, readHints } from "@/lib/sandbox/read-hints";

test.each([
  ["What is the weather in Paris?", ["Paris"]],
  ["Compare Paris and New York", ["Paris", "New York"]],
  ["weather in oslo please", ["oslo"]],
  ['Look up "order 66" for Anakin', ["order 66", "Anakin"]],
  ["Please show me Łódź", ["Łódź"]],
  ["hello", []],
  ["Paris weather", ["Paris"]],
])("the names in %j are %j", (text, names) => {
  expect(readHints(text).names).toEqual(names);
});

test("numbers and dates are told from the names they are part of", () => {
  const hints = readHints("Move 2 of the -3.5 boxes of A-12 on 2026-03-01");
  expect(hints.numbers).toEqual([2, -3.5]);
  expect(hints.dates).toEqual(["2026-03-01"]);
});

test("topics are the words that say something, once each", () => {
  expect(readHints("Please explain the Routing of trains: routing and trains").topics).toEqual(["Routing", "trains"]);
});

test.each([
  ["short", 10, "short"],
  ["one two three four", 12, "one two…"],
  ["a\n b\t c", 10, "a b c"],
  ["unbreakable", 6, "unbre…"],
])("%j is condensed to %i characters", (text, maxChars, condensed) => {
  expect(condense(text, maxChars)).toBe(condensed);
});
