import fc from "fast-check";
import { expect, test } from "vitest";
import { CATEGORIES } from "./lexicon";
import { scanText } from "./scan-text";
import { newTally, type Tally } from "./tally";
import { VOCABULARY_BUCKETS } from "./vocabulary";

const VOCABULARY = new Uint8Array(VOCABULARY_BUCKETS);

function scan(text: string): Tally {
  const tally = newTally();
  scanText(text, tally, VOCABULARY);
  return tally;
}

test.each<{ name: string; text: string; counts: Partial<Tally> }>([
  { name: "nothing", text: "", counts: { words: 0, lines: 1, sentences: 0 } },
  { name: "sentences", text: 'One. Two? "Three!" v1.5', counts: { sentences: 3, questions: 1, decimals: 0 } },
  { name: "numbers", text: "1,200 of 3.5 and 7%", counts: { numbers: 3, longNumbers: 1, decimals: 1, percents: 1 } },
  { name: "names", text: "He met Anna in Rome. They left.", counts: { names: 2 } },
  {
    name: "code",
    text: "my_value = getItem(x);",
    counts: { identifiers: 2, codeMarks: 1, brackets: 1, operators: 1, singleLetters: 1 },
  },
  { name: "lists", text: "1. one\n- two\n    indented", counts: { listLines: 2, indentedLines: 1, lines: 3 } },
  { name: "scripts without blanks", text: "今天。", counts: { unspaced: 2, sentences: 1 } },
  { name: "words with apostrophes", text: "don’t can't", counts: { words: 2 } },
])("$name", ({ text, counts }) => expect(scan(text)).toMatchObject(counts));

test.each([
  { text: "molecules", category: "chemistry" },
  { text: "Translated", category: "translate" },
  { text: "COMPUTING", category: "compute" },
  { text: "solved", category: "compute" },
  { text: "Actresses", category: "entertainment" },
  { text: "翻译", category: "translate" },
])("$text is a word of $category", ({ text, category }) => {
  expect(scan(text).categories[CATEGORIES.indexOf(category)]).toBeGreaterThan(0);
});

test("reads any text to its end, each n-gram once", { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 120 }), (text) => {
      const { chars, ngrams, ngramCount } = scan(text);
      expect(chars).toBe(text.length);
      expect(new Set(ngrams.subarray(0, ngramCount)).size).toBe(ngramCount);
    }),
    { numRuns: 40 },
  );
});
