import fc from "fast-check";
import { expect, test } from "vitest";
import { countTokens, firstTokens, splitTokens } from "@/lib/sandbox/tokens";

test("joined tokens are the text again, and the count is their number", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const tokens = splitTokens(text);
      expect(tokens.join("")).toBe(text);
      expect(countTokens(text)).toBe(tokens.length);
    }),
  );
});

test("a token never splits a character that takes two code units", () => {
  for (const token of splitTokens("a😀😀b 😀c漢字😀")) expect(() => encodeURIComponent(token)).not.toThrow();
});

test.each([
  ["", []],
  ["Hello, world", ["Hello", ",", " world"]],
  ["a  b", ["a", "  ", "b"]],
  ["12345", ["123", "45"]],
  ["漢字", ["漢", "字"]],
  ["```ts\n", ["```", "ts", "\n"]],
])("%j is cut as byte-pair vocabularies would", (text, tokens) => {
  expect(splitTokens(text)).toEqual(tokens);
});

test("English costs about a token for four characters", () => {
  const text = "The quick brown fox jumps over the lazy dog, and nobody minds it at all because foxes do that.";
  expect(text.length / countTokens(text)).toBeGreaterThan(3.5);
  expect(text.length / countTokens(text)).toBeLessThan(5.5);
});

test("the first tokens are a beginning of the text with so many tokens", () => {
  expect(firstTokens("one two three", 2)).toBe("one two");
  expect(firstTokens("one", 5)).toBe("one");
  expect(firstTokens("one", 0)).toBe("");
});
