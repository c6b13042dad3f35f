import { describe, expect, test } from "vitest";
import { findWords, saidIn, wordsOf } from "./find-words";
import { testAnswer, testRound, testTurn } from "./test-data";

const answerOf = (id: string, text: string) => testAnswer(id, "one", { rounds: [testRound({ text })] });
const find = (query: string, question: string, ...answers: readonly string[]) =>
  findWords(
    saidIn(testTurn("t", { text: question, answers: answers.map((text, index) => answerOf(`a${index}`, text)) })),
    wordsOf(query),
  );
/** Hits in brackets. */
const read = (found: ReturnType<typeof find>) =>
  found?.excerpt.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join("");

test.each([
  ["signal", "What is a Signal box?", [], "What is a [Signal] box?"],
  ["BOX signal", "What is a signal box?", [], "What is a [signal] [box]?"],
  ["zug", "Was ist das?", ["Ein Zug."], "Ein [Zug]."],
  ["größe", "Die GRÖSSE, nein: die Größe", [], "Die GRÖSSE, nein: die [Größe]"],
  ["铁路", "关于铁路的问题", [], "关于[铁路]的问题"],
  ["two lines", "one\n\ntwo   lines", [], "one [two] [lines]"],
  ["a.b", "axb and a.b", [], "axb and [a.b]"],
  ["noon", "At **noon**, **at last**.", [], "At [noon], at last."],
  ["kwargs", "f(**kwargs) and 2**3 or 3**2", [], "f(**[kwargs]) and 2**3 or 3**2"],
  ["notes.md", "See there.", [], undefined],
  ["other", "What is a signal box?", ["A house."], undefined],
])("%j in %j is found as it was written", (query, question, answers, expected) => {
  expect(read(find(query, question, ...answers))).toBe(expected);
});

test("every word must be said, in the question or in an answer; the one with most of them is shown", () => {
  const found = find("red lamp", "A lamp?", "The lamp is red.", "No.");
  expect(found?.answerId).toBe("a0");
  expect(read(found)).toBe("The [lamp] is [red].");
  expect(find("red lamp green", "A lamp?", "The lamp is red.")).toBeUndefined();
  expect(find("lamp red", "lamp", "red")).toMatchObject({ answerId: null });
});

test("a file is found by its name, what a model only thought is not", () => {
  const turn = testTurn("t", {
    text: "Read.",
    attachments: [{ id: "f", name: "timetable.pdf", mediaType: "application/pdf", kind: "pdf", bytes: 1 }],
    answers: [testAnswer("x", "one", { rounds: [testRound({ text: "Done.", reasoning: "secret thoughts" })] })],
  });
  expect(findWords(saidIn(turn), ["timetable"])).toBeDefined();
  expect(findWords(saidIn(turn), ["secret"])).toBeUndefined();
});

describe("an excerpt", () => {
  const long = `${"before ".repeat(50)}needle ${"after ".repeat(50)}`;

  test("begins some words before the hit, with whole words, and says that there is more", () => {
    const text = read(find("needle", long));
    expect(text).toMatch(/^… (before ){1,4}\[needle\] after /);
    expect(text).toMatch(/…$/);
    expect(text?.length).toBeLessThan(130);
  });

  test("prefers the place where the words stand together", () => {
    expect(read(find("red lamp", `${"a red car, ".repeat(20)}and the red lamp`))).toMatch(/the \[red\] \[lamp\]$/);
  });

  test("marks the right letters beside letters that are longer when they are small", () => {
    expect(read(find("needle", `${"İ".repeat(10)} needle`))).toContain("[needle]");
  });
});
