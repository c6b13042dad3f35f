import fc from "fast-check";
import { expect, test } from "vitest";
import { type CodeLanguage, highlight } from "./highlight";

const LANGUAGES: readonly CodeLanguage[] = ["shell", "javascript", "python", "json", "text"];

test("whatever is coloured stays the same text", () => {
  const code = fc.array(fc.constantFrom('"', "'", "`", "\\", "#", "/", "*", "\n", " ", "1", "a", "const", "é"));
  fc.assert(
    fc.property(code, fc.constantFrom(...LANGUAGES), (pieces, language) => {
      const text = pieces.join("");
      expect(
        highlight(text, language)
          .map((token) => token.text)
          .join(""),
      ).toBe(text);
    }),
  );
});

test.each([
  { language: "python", code: "from x import y  # why", kinds: ["keyword", "keyword", "comment"] },
  { language: "javascript", code: 'const url = "http://a/b"; // c', kinds: ["keyword", "string", "comment"] },
  { language: "json", code: '{"a": [1, true]}', kinds: ["string", "number", "keyword"] },
  { language: "shell", code: "curl -H 'a: b'", kinds: ["keyword", "keyword", "string"] },
] as const)("$language: $code", ({ language, code, kinds }) => {
  const found = highlight(code, language).filter(({ kind }) => kind !== "plain");
  expect(found.map(({ kind }) => kind)).toEqual(kinds);
});
