import fc from "fast-check";
import { expect, test } from "vitest";
import { BUILDER_CATALOG } from "@/lib/testing/builder-catalog";
import { indexNames } from "./name-index";
import { readInstruction } from "./read-instruction";

const INDEX = indexNames(BUILDER_CATALOG.models);
const read = (text: string) => readInstruction(text, BUILDER_CATALOG, INDEX);

// Each of these is what a pattern that backtracks would take minutes for.
test.each([
  ["blanks", " ".repeat(100_000)],
  ["names", "Claude, ".repeat(20_000)],
  ["quotes", "“".repeat(100_000)],
  ["bullets", "\n- Claude".repeat(20_000)],
  ["courtesies", `${"please ".repeat(400)}use Claude`],
  ["hyphens", "-".repeat(100_000)],
])("a hostile text of %s is read in bounded time", (_, text) => {
  const startedMs = performance.now();
  read(text);
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});

test("what is in quotes or in code comes out as it went in, whatever it says", () => {
  const quoted = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => !/["`\n]/.test(text));
  fc.assert(
    fc.property(quoted, fc.constantFrom('"', "`"), (text, quote) => {
      const task = `Translate ${quote}${text}${quote} into German`;
      const { choices, task: left } = read(`${task} using Claude Sonnet and GPT-5`);
      expect(choices).toHaveLength(2);
      expect(left).toBe(task);
    }),
  );
});

test("a text without any model comes out as it went in", () => {
  const words = fc.array(
    fc.constantFrom("use", "ask", "with", "compare", "to", "the", ",", ":", "\n", "cats", "(", "2+2?"),
  );
  fc.assert(
    fc.property(words, (list) => {
      const text = list.join(" ");
      expect(read(text)).toEqual({ choices: [], excluded: [], task: text });
    }),
  );
});
