import { expect, test } from "vitest";
import { TASK_TYPES } from "../task-types";
import { readPrompts } from "./read-prompts";

test("there are several hundred prompts of our own, each once, of every task type", () => {
  const prompts = readPrompts();
  expect(prompts.length).toBeGreaterThan(500);
  const texts = prompts.map(({ conversation }) => conversation.texts.join("\n"));
  expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  for (const type of TASK_TYPES) {
    expect(prompts.filter(({ taskType }) => taskType === type).length, type).toBeGreaterThan(5);
  }
});
