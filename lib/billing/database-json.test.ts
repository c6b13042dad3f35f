import fc from "fast-check";
import { expect, test } from "vitest";
import { databaseJson } from "./database-json";

test.each([
  { name: "plain text stays as it is", text: 'a "quoted" \\ line\n', stored: 'a "quoted" \\ line\n' },
  { name: "characters of two halves stay", text: "a😀b", stored: "a😀b" },
  { name: "a backslash before u0000 is text", text: "\\u0000", stored: "\\u0000" },
  { name: "NUL is left out", text: "a\0b", stored: "ab" },
  { name: "half a character is replaced", text: "a\ud800b", stored: "a\ufffdb" },
])("$name", ({ text, stored }) => {
  expect(JSON.parse(databaseJson({ list: [{ text }], number: 1, nothing: null }))).toEqual({
    list: [{ text: stored }],
    number: 1,
    nothing: null,
  });
});

test("whatever the text, nothing that PostgreSQL refuses is left", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom("", "\0", "\ud800", "\udc00"), (text, bad) => {
      const stored: unknown = JSON.parse(databaseJson([text + bad]));
      expect(JSON.stringify(stored)).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i);
    }),
  );
});
