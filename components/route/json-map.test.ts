import fc from "fast-check";
import { expect, test } from "vitest";
import { mapJson } from "./json-map";

const BODY = `{
  "model": "acme/one",
  "messages": [
    { "role": "user",
      "content": "Hi" }
  ],
  "provider": {
    "sort": "price"
  }
}`;

test.each([
  ["model", 2],
  ["messages", 3],
  ["messages[0]", 4],
  ["messages[0].content", 5],
  ["provider.sort", 8],
  ["provider.sort.by", 8],
  ["provider.only", 7],
  ["messages[0].content[3].type", 5],
  ["messages[7].role", 3],
  ["temperature", 1],
  ["body", 1],
])("%s is on line %i", (field, line) => {
  const map = mapJson(BODY);
  expect(map.kind === "ok" ? map.lineOf(field) : map).toBe(line);
});

test.each([
  ["", 1, 1, /empty/],
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3, /comma or "}"/],
  ['{\n  "a": 1,\n}', 3, 1, /comma must go/],
  ['{\n  "a": [1, 2\n}', 3, 1, /comma or "\]"/],
  ['{\n  "a": {\n', 3, 1, /a field's name/],
  ['{\n  "a": 1\n', 3, 1, /"}" is missing for the "{" of line 1/],
  ["{\n  a: 1\n}", 2, 3, /double quotes/],
  ['{\n  "a": yes\n}', 2, 8, /yes is no JSON value/],
  ['{\n  "a": "open\n}', 2, 8, /no end/],
  ['{"a": "\\q"}', 1, 7, /escape/],
  ['{"a" 1}', 1, 6, /colon/],
  ['{"a": 1} x', 1, 10, /nothing may follow/],
])("%j is broken at line %i, column %i", (text, line, column, problem) => {
  expect(mapJson(text)).toEqual({ kind: "broken", line, column, problem: expect.stringMatching(problem) });
});

test("reads what the browser's own parser reads, however it is written", () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), fc.constantFrom(0, 1, 2, "\t"), (json, indent) => {
      const value: unknown = JSON.parse(json);
      const map = mapJson(JSON.stringify(value, null, indent));
      expect(map).toMatchObject({ kind: "ok" });
      if (map.kind === "ok") expect(JSON.stringify(map.value)).toBe(JSON.stringify(value));
    }),
  );
});

test("what the browser's own parser refuses is broken", () => {
  const text = fc.array(fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', '"b"', "1", "-", "true", " ", "\n"), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(text, (pieces) => {
      const map = mapJson(pieces.join(""));
      expect(map.kind).toBe(isJson(pieces.join("")) ? "ok" : "broken");
    }),
    { numRuns: 2_000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
