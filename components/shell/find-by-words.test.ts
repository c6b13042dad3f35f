import { expect, test } from "vitest";
import { findByWords } from "./find-by-words";

const MODELS = ["sao10k/l3.3-euryale-70b Llama 3.3 Euryale 70B", "meta-llama/llama-3.3-70b-instruct", "openai/gpt-4o"];

test.each([
  { query: "", expected: MODELS },
  { query: "llama 3.3 70b", expected: [MODELS[1], MODELS[0]] },
  { query: "GPT_4o", expected: [MODELS[2]] },
  { query: "70b euryale", expected: [MODELS[0]] },
  { query: "  open ", expected: [MODELS[2]] },
  { query: "llama gpt", expected: [] },
])("“$query” finds $expected", ({ query, expected }) => {
  expect(findByWords(MODELS, query, (model) => [model])).toEqual(expected);
});
