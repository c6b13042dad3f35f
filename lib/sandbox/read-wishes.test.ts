import { describe, expect, test } from "vitest";
import { readWishes } from "@/lib/sandbox/read-wishes";

describe("length", () => {
  test.each([
    ["In one word: what is the capital of France?", 1],
    ["Answer with a single word", 1],
    ["Reply in exactly 7 words", 7],
    ["Write 500 words about trains", 500],
    ["write about 2,000 words", 2000],
    ["Write me a 300-word story", 300],
    ["Give exactly three words", 3],
    ["use at least 40 words", 40],
    ["Write a million words: 9,999,999 words", null],
    ["What do these words mean?", null],
    ["What do words mean to 5 people?", null],
  ])("%j asks for %j words", (text, words) => {
    expect(readWishes(text).words).toBe(words);
  });

  test("nobody gets more than a hundred thousand", () => {
    expect(readWishes("write 9,999,999 words").words).toBe(100_000);
  });
});

test.each([
  ["repeat: hello there", "hello there"],
  ["Please say exactly: one\ntwo", "one\ntwo"],
  ["Reply with exactly: OK", "OK"],
  ['Say "pong"', "pong"],
  ['Reply with just the word "ready"', "ready"],
  ["Repeat the question", null],
  ["What did she say?", null],
])("%j echoes %j", (text, echo) => {
  expect(readWishes(text).echo).toBe(echo);
});

test.each([
  ["Write a Python function that adds", "python"],
  ["show me some code", "typescript"],
  ["Implement a queue class in Rust", "rust"],
  ["Write an SQL query for the top users", "sql"],
  ["I love python snakes", null],
  ["What is Java?", null],
])("%j shows code in %j", (text, language) => {
  expect(readWishes(text).codeLanguage).toBe(language);
});

test("tables and lists are noticed", () => {
  expect(readWishes("Compare them in a table")).toMatchObject({ table: true, list: false });
  expect(readWishes("Explain it step by step")).toMatchObject({ table: false, list: true });
});
