import fc from "fast-check";
import { expect, test } from "vitest";
import { customArguments, customInput } from "./custom-tools";

test("a text comes through the arguments of a function as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(customInput(customArguments(text))).toBe(text);
    }),
  );
});

test.each([
  { name: "plain text", text: "SELECT 1" },
  { name: "JSON of another shape", text: '{"query":"SELECT 1"}' },
  { name: "arguments that were cut off", text: '{"input":"SEL' },
])("$name in their place is taken as it is", ({ text }) => {
  expect(customInput(text)).toBe(text);
});
