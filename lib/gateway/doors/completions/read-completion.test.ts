import { describe, expect, test } from "vitest";
import { bytesOf, refusalBy } from "@/lib/testing/door-tools";
import { readCompletion } from "./read-completion";

const read = (body: Record<string, unknown>) => readCompletion(bytesOf({ model: "a/b", prompt: "Once", ...body }));
const ASKED = { model: "a/b", prompt: "Once", messages: [{ role: "user", content: "Once" }] };

test.each<{ name: string; body: Record<string, unknown>; expected: Record<string, unknown> }>([
  { name: "a prompt alone", body: {}, expected: {} },
  { name: "a list of one prompt", body: { prompt: ["Once"] }, expected: {} },
  {
    name: "the fields of a chat completion",
    body: {
      max_tokens: 9,
      stop: ["\n"],
      temperature: 0,
      seed: 1,
      stream: true,
      provider: { order: ["x"] },
      models: ["c/d"],
    },
    expected: {
      max_tokens: 9,
      stop: ["\n"],
      temperature: 0,
      seed: 1,
      stream: true,
      provider: { order: ["x"] },
      models: ["c/d"],
    },
  },
  { name: "a field that is newer than we are", body: { brand_new: 1 }, expected: { brand_new: 1 } },
  { name: "likelihoods", body: { logprobs: 3 }, expected: { logprobs: true, top_logprobs: 3 } },
  { name: "likelihoods of the text alone", body: { logprobs: 0 }, expected: { logprobs: true, top_logprobs: 0 } },
  {
    name: "what asks for nothing",
    body: { suffix: "", best_of: 1, n: 1, echo: false, logprobs: null },
    expected: { n: 1 },
  },
])("$name", ({ body, expected }) => {
  expect(read(body)).toEqual({ request: { ...ASKED, ...expected }, echo: "" });
});

test("the prompt is repeated for those who want it", () => {
  expect(read({ echo: true }).echo).toBe("Once");
});

describe("what is wrong is named", () => {
  test.each<{ name: string; body: Record<string, unknown>; field: string }>([
    { name: "no prompt", body: { prompt: undefined }, field: "prompt" },
    { name: "an empty one", body: { prompt: "" }, field: "prompt" },
    { name: "several", body: { prompt: ["a", "b"] }, field: "prompt" },
    { name: "token ids", body: { prompt: [1, 2] }, field: "prompt" },
    { name: "several answers", body: { n: 2 }, field: "n" },
    { name: "the best of several", body: { best_of: 3 }, field: "best_of" },
    { name: "a suffix", body: { suffix: "end" }, field: "suffix" },
    { name: "too many likelihoods", body: { logprobs: 50 }, field: "logprobs" },
    { name: "no room for an answer", body: { max_tokens: 0 }, field: "max_tokens" },
  ])("$name", ({ body, field }) => {
    expect(refusalBy(() => read(body))).toMatchObject({ code: "invalid_request", metadata: { field } });
  });
});
