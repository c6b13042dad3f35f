import { describe, expect, test } from "vitest";
import { shippedModels } from "@/lib/testing/shipped-models";
import { searchModels } from "./search-models";

const MODELS = shippedModels();

const find = (query: string) => [...(searchModels(MODELS, query) ?? [])].sort((a, b) => b[1] - a[1]).map(([id]) => id);

test.each(["", "   ", " ., - "])("nothing to look for in %j", (query) =>
  expect(searchModels(MODELS, query)).toBeUndefined(),
);

test.each([
  ["openai/gpt-4o-mini", "openai/gpt-4o-mini"],
  ["GPT-4o mini", "openai/gpt-4o-mini"],
  ["gpt4o", "openai/gpt-4o"],
  ["claude haiku 4.5", "anthropic/claude-haiku-4.5"],
  ["haiku45", "anthropic/claude-haiku-4.5"],
  ["sonnet 4", "anthropic/claude-sonnet-4"],
  ["llama 3.3 70b", "meta-llama/llama-3.3-70b-instruct"],
  ["auto", "openrouter/auto"],
])("%j finds %s first", (query, expected) => expect(find(query)[0]).toBe(expected));

describe("slips of the pen", () => {
  test.each([
    ["antropic", /anthropic/],
    ["sonet", /sonnet/],
    ["gemnii flash", /gemini.*flash/],
    ["deepsek", /deepseek/],
    ["mistrla", /mistral/],
  ])("%j", (query, expected) => {
    const found = find(query);
    expect(found.length).toBeGreaterThan(0);
    for (const id of found) expect(id).toMatch(expected);
  });

  test("are looked for only where a word occurs nowhere", () => {
    // "grok" is a slip away from "groq", but it is also a name.
    expect(find("grok").every((id) => /grok/.test(id))).toBe(true);
  });
});

test("the first letters of the words of a name find it", () => {
  expect(find("cldsnt")).toContain("anthropic/claude-sonnet-4.5");
});

test("every word has to fit", () => {
  expect(find("claude zzzzqqqq")).toEqual([]);
  for (const id of find("qwen coder free")) expect(id).toMatch(/qwen.*coder.*free/);
});
