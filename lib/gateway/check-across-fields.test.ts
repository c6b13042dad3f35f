import { expect, test } from "vitest";
import { checkAcrossFields } from "./check-across-fields";

type Fields = Parameters<typeof checkAcrossFields>[0];

const TOOLS = [{ type: "function" as const, function: { name: "f" } }];
const choiceOf = (name: string) => ({ type: "function" as const, function: { name } });

test.each<{ field: string; problem: string; request: Fields }>([
  { field: "top_logprobs", problem: "logprobs", request: { top_logprobs: 3 } },
  { field: "top_logprobs", problem: "logprobs", request: { top_logprobs: 3, logprobs: false } },
  {
    field: "reasoning_effort",
    problem: "disagrees",
    request: { reasoning: { effort: "low" }, reasoning_effort: "high" },
  },
  {
    field: "reasoning.max_tokens",
    problem: "one of the two",
    request: { reasoning: { effort: "low", max_tokens: 9 } },
  },
  {
    field: "tool_choice.function.name",
    problem: 'no tool is named "g"',
    request: { tools: TOOLS, tool_choice: choiceOf("g") },
  },
  { field: "tool_choice.function.name", problem: 'no tool is named "f"', request: { tool_choice: choiceOf("f") } },
  { field: "tool_choice", problem: "needs tools", request: { tool_choice: "required", tools: [] } },
])("$field: $problem", ({ field, problem, request }) => {
  expect(() => checkAcrossFields(request)).toThrow(
    expect.objectContaining({ metadata: { field }, message: expect.stringContaining(problem) }),
  );
});

test.each<Fields>([
  {},
  { top_logprobs: 3, logprobs: true },
  { reasoning: { effort: "low" }, reasoning_effort: "low" },
  { reasoning: { max_tokens: 9 }, reasoning_effort: "low" },
  { tools: TOOLS, tool_choice: choiceOf("f") },
  { tools: TOOLS, tool_choice: "required" },
  { tool_choice: "auto" },
])("%j go together", (request) => {
  expect(() => checkAcrossFields(request)).not.toThrow();
});
