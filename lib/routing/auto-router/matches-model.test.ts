import { expect, test } from "vitest";
import { matchesModel } from "./matches-model";

test.each([
  { pattern: "openai/gpt-5", id: "openai/gpt-5", matches: true },
  { pattern: "openai/gpt-5", id: "openai/gpt-5-mini", matches: false },
  { pattern: "openai/gpt-5*", id: "openai/gpt-5", matches: true },
  { pattern: "openai/gpt-5*", id: "openai/gpt-5.4-mini", matches: true },
  { pattern: "openai/gpt-5*", id: "openai/gpt-4o", matches: false },
  { pattern: "anthropic/*", id: "anthropic/claude-opus-4.8", matches: true },
  { pattern: "anthropic/*", id: "anthropic-labs/claude", matches: false },
  { pattern: "Anthropic/*", id: "anthropic/claude-opus-4.8", matches: true },
  { pattern: "*", id: "any/model", matches: true },
  { pattern: "*-mini", id: "openai/gpt-5-mini", matches: true },
  { pattern: "*-mini", id: "openai/gpt-5-mini-2", matches: false },
  { pattern: "*/*flash*lite", id: "google/gemini-3-flash-lite", matches: true },
  { pattern: "*/*lite*flash", id: "google/gemini-3-flash-lite", matches: false },
  { pattern: "a*a", id: "a", matches: false },
  { pattern: "a*b*b", id: "ab", matches: false },
  { pattern: "openai/gpt.5", id: "openai/gpt-5", matches: false },
])("$pattern on $id: $matches", ({ pattern, id, matches }) => {
  expect(matchesModel(pattern, id)).toBe(matches);
});
