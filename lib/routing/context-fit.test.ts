import { describe, expect, test } from "vitest";
import { DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import type { Compression } from "@/lib/schemas/compression";
import { makeModel } from "@/lib/testing/make-model";
import { contextFitOf, promptTokensOf, sentTokensOf } from "./context-fit";
import { normalizePreferences } from "./normalize-preferences";
import { planWithCompression } from "./plan-with-compression";
import type { RouteNeeds } from "./types";

const NEEDS: RouteNeeds = {
  promptTokens: 0,
  maxOutputTokens: undefined,
  maxOutputField: "max_tokens",
  videoAddresses: [],
  tools: false,
  jsonSchema: false,
  inputModalities: [],
  outputModalities: [],
  parameters: [],
};

const needing = (promptTokens: number, maxOutputTokens: number | undefined, compression?: Compression): RouteNeeds => ({
  ...NEEDS,
  promptTokens,
  maxOutputTokens,
  ...(compression === undefined ? {} : { context: { compression, promptTokens: new Map() } }),
});

const endpointOf = (contextTokens: number, fact = {}) => {
  const [endpoint] = makeModel({ endpoints: [{ provider: "acme", contextTokens, ...fact }] }).endpoints;
  if (endpoint === undefined) throw new Error("one was made");
  return endpoint;
};

test.each([
  { name: "a prompt that fits", context: 10_000, prompt: 9_000, output: 1_000, mode: "off", fit: "fits" },
  {
    name: "one token too many, compression off",
    context: 10_000,
    prompt: 9_001,
    output: 1_000,
    mode: "off",
    fit: "too_long",
  },
  {
    name: "no room for a single token of answer",
    context: 10_000,
    prompt: 10_000,
    output: undefined,
    mode: "off",
    fit: "too_long",
  },
  { name: "nothing measured", context: 10_000, prompt: 10_001, output: undefined, mode: undefined, fit: "too_long" },
  {
    name: "one token too many, compression on",
    context: 10_000,
    prompt: 9_001,
    output: 1_000,
    mode: "on",
    fit: "compressed",
  },
  {
    name: "exactly half of what is needed",
    context: 10_000,
    prompt: 19_000,
    output: 1_000,
    mode: "on",
    fit: "compressed",
  },
  {
    name: "less than half of what is needed",
    context: 10_000,
    prompt: 19_001,
    output: 1_000,
    mode: "on",
    fit: "too_long",
  },
  { name: "an answer that leaves no room", context: 10_000, prompt: 5_000, output: 9_990, mode: "on", fit: "too_long" },
  {
    name: "a small context by default",
    context: 8_192,
    prompt: 9_000,
    output: undefined,
    mode: "default",
    fit: "compressed",
  },
  {
    name: "a larger one by default",
    context: 8_193,
    prompt: 9_000,
    output: undefined,
    mode: "default",
    fit: "too_long",
  },
  { name: "a small one, switched off", context: 8_192, prompt: 9_000, output: undefined, mode: "off", fit: "too_long" },
  { name: "a context that nobody knows", context: 0, prompt: 9_000_000, output: undefined, mode: "off", fit: "fits" },
] as const)("$name: $fit", ({ context, prompt, output, mode, fit }) => {
  expect(contextFitOf(endpointOf(context), needing(prompt, output, mode))).toBe(fit);
});

test("what was counted for a model counts before the estimate, and a limit on prompts before the context", () => {
  const endpoint = endpointOf(10_000, { maxPromptTokens: 4_000 });
  const needs = {
    ...NEEDS,
    promptTokens: 1,
    context: { compression: "off" as const, promptTokens: new Map([[endpoint.modelId, 5_000]]) },
  };
  expect(promptTokensOf(endpoint, needs)).toBe(5_000);
  expect(contextFitOf(endpoint, needs)).toBe("too_long");
  expect(sentTokensOf(endpoint, { ...needs, context: { ...needs.context, compression: "on" } })).toBe(4_000);
});

describe("planning with compression", () => {
  const plan = (contexts: readonly number[], needs: RouteNeeds, only: readonly string[] = []) =>
    planWithCompression({
      models: [
        makeModel({
          endpoints: contexts.map((contextTokens, index) => ({
            provider: `p${index}`,
            contextTokens,
            price: 1 + index,
          })),
        }),
      ],
      needs,
      preferences: { ...normalizePreferences(undefined, undefined, DEFAULT_ACCOUNT_SETTINGS), only },
      isConfigured: () => true,
      health: new Map(),
      random: () => 0,
    });
  const tagsOf = (planned: ReturnType<typeof plan>) =>
    planned.kind === "route" ? planned.candidates.map(({ endpoint }) => endpoint.tag).sort() : planned.rule;

  test.each([
    { name: "those with half of what is needed", contexts: [4_000, 5_000, 6_000], mode: "on", tags: ["p1", "p2"] },
    { name: "the largest, where nobody has half", contexts: [1_000, 3_000, 2_000], mode: "on", tags: ["p1"] },
    { name: "all of the largest", contexts: [3_000, 1_000, 3_000], mode: "on", tags: ["p0", "p2"] },
    { name: "the largest, by default, where all are small", contexts: [1_000, 3_000], mode: "default", tags: ["p1"] },
    {
      name: "nobody, where the largest must not compress",
      contexts: [4_000, 9_000],
      mode: "default",
      tags: "context_length",
    },
    { name: "nobody, where it is off", contexts: [5_000, 9_000], mode: "off", tags: "context_length" },
  ] as const)("considers $name", ({ contexts, mode, tags }) => {
    expect(tagsOf(plan(contexts, needing(9_000, 1_000, mode)))).toEqual(tags);
  });

  test("takes the largest of those that nothing else rules out", () => {
    expect(tagsOf(plan([1_000, 3_000, 2_000], needing(9_000, 1_000, "on"), ["p0", "p2"]))).toEqual(["p2"]);
  });

  test("a refusal of entries names their field", () => {
    const needs = { ...needing(9_000, 0, "off"), promptField: "documents" as const };
    expect(plan([8_000], needs)).toMatchObject({
      rule: "context_length",
      message: "An entry of documents has about 9000 tokens, more than the largest context of 8000 tokens; split it",
    });
  });

  test.each([
    { mode: "off", advice: true },
    { mode: "default", advice: true },
  ] as const)("a refusal ($mode) names both numbers and the two ways out", ({ mode }) => {
    const refused = plan([9_000], needing(9_000, 1_000, mode));
    expect(refused).toMatchObject({
      kind: "unroutable",
      rule: "context_length",
      message: expect.stringMatching(
        /10000 tokens \(9000 of messages, 1000 of output\).* 9000 tokens; shorten the messages or lower max_tokens, or .*"context-compression".*middle-out/,
      ),
    });
  });
});
