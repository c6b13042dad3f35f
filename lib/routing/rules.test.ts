import { describe, expect, test } from "vitest";
import type { EndpointFact, ModelFact, ProviderFact } from "@/lib/schemas/catalog";
import type { ProviderPreferences } from "@/lib/schemas/provider-preferences";
import { makeModel } from "@/lib/testing/make-model";
import { plan, tagsOf } from "@/lib/testing/plan";
import type { RouteNeeds, RuleName } from "./types";

type Case = {
  name: string;
  rule: RuleName;
  provider?: ProviderPreferences;
  needs?: Partial<RouteNeeds>;
  fact?: Partial<ModelFact>;
  /** What differs at the endpoint that is left out. */
  bad?: Partial<Omit<EndpointFact, "model" | "provider">> & { price?: number };
  reason: RegExp;
  fix: string;
};

const CASES: readonly Case[] = [
  {
    name: "quantizations, the newer ones too",
    rule: "quantizations",
    provider: { quantizations: ["bf16", "fp8"] },
    bad: { quantization: "nvfp4" },
    reason: /^quantization is nvfp4$/,
    fix: 'add "nvfp4" to provider.quantizations',
  },
  {
    name: "a cap on the prompt, as a number",
    rule: "max_price",
    provider: { max_price: { prompt: 2.5 } },
    bad: { price: 2.500001 },
    reason: /prompt price of 2\.500001 USD per million tokens is above the cap/,
    fix: "set provider.max_price.prompt to 2.500001",
  },
  {
    name: "a cap on input and output, as decimal strings",
    rule: "max_price",
    provider: { max_price: { input: "2", output: "2" } },
    bad: { price: 9 },
    reason: /prompt price of 9 .* and completion price of 9 .* are above the caps/,
    fix: "set provider.max_price.prompt to 9; set provider.max_price.completion to 9",
  },
  {
    name: "a cap in scientific notation",
    rule: "max_price",
    provider: { max_price: { completion: 1e-7 } },
    reason: /completion price of 3/,
    bad: { price: 3 },
    fix: "set provider.max_price.completion to 3",
  },
  {
    name: "a cap on the request",
    rule: "max_price",
    provider: { max_price: { request: 0.001 } },
    bad: { prices: { prompt: "0", completion: "0", request: "0.002" } },
    reason: /request price of 0\.002 USD per request/,
    fix: "set provider.max_price.request to 0.002",
  },
  {
    name: "a cap on pictures",
    rule: "max_price",
    provider: { max_price: { image: "0.001" } },
    bad: { prices: { prompt: "0", completion: "0", image: "0.001238" } },
    reason: /image price of 0\.001238 USD per image/,
    fix: "set provider.max_price.image to 0.001238",
  },
  {
    name: "a cap on sound",
    rule: "max_price",
    provider: { max_price: { audio: 2 } },
    bad: { prices: { prompt: "0.000001", completion: "0", audio: "0.000003" } },
    reason: /audio price of 3 USD per million tokens/,
    fix: "set provider.max_price.audio to 3",
  },
  {
    name: "a cap, where long prompts are dearer",
    rule: "max_price",
    provider: { max_price: { prompt: 2 } },
    needs: { promptTokens: 50_000 },
    bad: {
      prices: {
        prompt: "0.000001",
        completion: "0.000001",
        tiers: [{ minPromptTokens: 32_000, prompt: "0.000004" }],
      },
    },
    reason: /prompt price of 4/,
    fix: "set provider.max_price.prompt to 4",
  },
  {
    name: "tools",
    rule: "tools",
    needs: { tools: true },
    bad: { supportedParameters: ["max_tokens"] },
    reason: /does not support tools/,
    fix: "leave out tools; leave out tool_choice",
  },
  {
    name: "structured outputs",
    rule: "structured_outputs",
    needs: { jsonSchema: true },
    bad: { supportedParameters: ["response_format"] },
    reason: /structured outputs/,
    fix: 'set response_format to {"type":"json_object"}',
  },
  {
    name: "required parameters, each that is missing",
    rule: "require_parameters",
    provider: { require_parameters: true },
    needs: { parameters: ["temperature", "seed", "top_k"] },
    bad: { supportedParameters: ["temperature"] },
    reason: /does not support seed and top_k/,
    fix: "leave out seed; leave out top_k, or set provider.require_parameters to false",
  },
  {
    name: "input that this endpoint does not take although its model does",
    rule: "input_modalities",
    needs: { inputModalities: ["image", "audio"] },
    fact: { inputModalities: ["text", "image", "audio"] },
    bad: { inputModalities: ["text"] },
    reason: /does not take image and audio input/,
    fix: "remove the image parts from messages; remove the audio parts from messages",
  },
  {
    name: "output that this endpoint does not give",
    rule: "output_modalities",
    needs: { outputModalities: ["image"] },
    fact: { outputModalities: ["text", "image"] },
    bad: { outputModalities: ["text"] },
    reason: /cannot produce image/,
    fix: 'remove "image" from modalities',
  },
  {
    name: "a video by address, where only YouTube's are taken",
    rule: "video_url",
    needs: { inputModalities: ["video"], videoAddresses: ["youtube", "other"] },
    fact: { inputModalities: ["text", "video"] },
    bad: { videoUrls: "youtube" },
    reason: /YouTube videos only/,
    fix: "set messages[].content[].video_url.url to base64 data URLs",
  },
  {
    name: "a video by address, where none is taken",
    rule: "video_url",
    needs: { inputModalities: ["video"], videoAddresses: ["youtube"] },
    fact: { inputModalities: ["text", "video"] },
    bad: { videoUrls: "none" },
    reason: /no videos by address/,
    fix: "set messages[].content[].video_url.url to base64 data URLs",
  },
  {
    name: "max_tokens, by the field that was given",
    rule: "max_tokens",
    needs: { maxOutputTokens: 2_000, maxOutputField: "max_completion_tokens" },
    bad: { maxOutputTokens: 500 },
    reason: /at most 500 tokens/,
    fix: "set max_completion_tokens to 500 or less",
  },
  {
    name: "the context, when a shorter answer would fit",
    rule: "context_length",
    needs: { promptTokens: 600, maxOutputTokens: 500 },
    bad: { contextTokens: 1_000 },
    reason: /context is 1000 tokens/,
    fix: "set max_tokens to 400 or less, or shorten the messages",
  },
  {
    name: "the context, when the prompt alone is too long",
    rule: "context_length",
    needs: { promptTokens: 1_200, maxOutputTokens: 500 },
    bad: { contextTokens: 1_000 },
    reason: /context is 1000 tokens/,
    fix: "shorten messages to 500 tokens or less",
  },
  {
    name: "the length of prompts that are taken",
    rule: "context_length",
    needs: { promptTokens: 700, maxOutputTokens: 10 },
    bad: { contextTokens: 1_000, maxPromptTokens: 500 },
    reason: /prompts of at most 500 tokens/,
    fix: "shorten messages to 500 tokens or less",
  },
  {
    name: "the context, for entries of which each has to fit by itself",
    rule: "context_length",
    needs: { promptTokens: 1_200, maxOutputTokens: 0, promptField: "input" },
    bad: { contextTokens: 1_000 },
    reason: /context is 1000 tokens/,
    fix: "shorten each entry of input to 999 tokens or less",
  },
];

test.each(CASES)("$rule: $name", ({ rule, provider = {}, needs = {}, fact = {}, bad = {}, reason, fix }) => {
  const model = makeModel({
    fact,
    endpoints: [
      { provider: "good", ...SHARED },
      { provider: "bad", ...SHARED, ...bad },
    ],
  });
  const result = plan({ models: [model], provider, needs: { maxOutputTokens: 100, ...needs } });
  expect(tagsOf(result)).toEqual(["good"]);
  expect(result.excluded).toEqual([
    { model: "acme/model", provider: "Bad", endpoint: "bad", rule, reason: expect.stringMatching(reason), fix },
  ]);
});

/** What both endpoints have, but for the one thing that each case is about. */
const SHARED = {
  price: 0,
  quantization: "bf16" as const,
  supportedParameters: ["max_tokens", "temperature", "seed", "top_k", "tools", "structured_outputs"],
};

describe("enforce_distillable_text", () => {
  const makeOf = (distillation?: ModelFact["distillation"]) =>
    makeModel({ fact: distillation === undefined ? {} : { distillation }, endpoints: [{ provider: "one" }] });
  test.each([
    { name: "allowed", model: makeOf({ allowed: true, source: "licence" }), kept: ["one"] },
    { name: "forbidden", model: makeOf({ allowed: false, source: "terms" }), kept: [] },
    { name: "not known", model: makeOf(), kept: [] },
  ])("$name", ({ model, kept }) => {
    expect(tagsOf(plan({ models: [model], provider: { enforce_distillable_text: true } }))).toEqual(kept);
    expect(tagsOf(plan({ models: [model], provider: { enforce_distillable_text: false } }))).toEqual(["one"]);
  });
});

describe("what keeps nobody out", () => {
  test.each([
    { name: "caps that are exactly the price", provider: { max_price: { prompt: 1, completion: "1.0" } } },
    { name: "caps above any price", provider: { max_price: { prompt: 1e21, completion: "9".repeat(40) } } },
    { name: "a cap with more digits than any price", provider: { max_price: { prompt: `1.${"0".repeat(40)}1` } } },
    { name: "quantizations that are an empty list", provider: { quantizations: [] } },
    {
      name: "caps written in other ways",
      provider: { max_price: { prompt: "1.", completion: "10e-1", request: ".5" } },
    },
    { name: "nulls", provider: { max_price: null, quantizations: null, sort: null, order: null } },
  ])("$name", ({ provider }) => {
    const model = makeModel({ endpoints: [{ provider: "one", price: 1 }] });
    expect(tagsOf(plan({ models: [model], provider }))).toEqual(["one"]);
  });
});

test("several reasons are all named, and the fix covers them all", () => {
  const model = makeModel({
    endpoints: [{ provider: "one", price: 9, quantization: "int4", supportedParameters: [] }],
  });
  const provider: ProviderPreferences = { max_price: { prompt: 1 }, quantizations: ["bf16"] };
  const result = plan({ models: [model], provider, needs: { tools: true } });
  expect(result).toMatchObject({ kind: "unroutable", rule: "quantizations" });
  expect(result.excluded).toEqual([
    {
      model: "acme/model",
      provider: "One",
      endpoint: "one",
      rule: "quantizations",
      rules: ["quantizations", "max_price", "tools"],
      reason:
        "quantization is int4; its prompt price of 9 USD per million tokens is above the cap; does not support tools",
      fix: 'add "int4" to provider.quantizations; set provider.max_price.prompt to 9; leave out tools; leave out tool_choice',
    },
  ]);
});

test("the message names the rule that the last endpoints fell to", () => {
  const model = makeModel({
    endpoints: [{ provider: "unknown" }, { provider: "known", supportedParameters: [] }],
  });
  expect(plan({ models: [model], configured: ["known"], needs: { tools: true } })).toMatchObject({
    kind: "unroutable",
    rule: "tools",
    message: "No endpoints found that support tool use",
  });
});

/** A provider's own policy, which an endpoint may override. */
test("addresses of videos are a matter of the provider, unless the endpoint says otherwise", () => {
  const videoUrls: NonNullable<ProviderFact["videoUrls"]> = "none";
  const model = makeModel({
    fact: { inputModalities: ["text", "video"] },
    endpoints: [{ provider: "one" }, { provider: "two", videoUrls: "any" }],
  });
  for (const { provider } of model.endpoints) provider.fact.videoUrls = videoUrls;
  const needs = { inputModalities: ["video" as const], videoAddresses: ["other" as const] };
  expect(tagsOf(plan({ models: [model], needs }))).toEqual(["two"]);
});

test("a search of the provider's own is asked of those that have one, and the message says when nobody has", () => {
  const model = makeModel({ endpoints: [{ provider: "one" }, { provider: "two" }] });
  const needs = { nativeSearch: true };
  const found = plan({ models: [model], needs, searching: ["two"] });
  expect(tagsOf(found)).toEqual(["two"]);
  expect(found.excluded).toMatchObject([
    {
      endpoint: "one",
      rule: "web_search",
      reason: "has no web search of its own",
      fix: 'set plugins[].engine to "exa"',
    },
  ]);
  expect(plan({ models: [model], needs })).toMatchObject({
    kind: "unroutable",
    rule: "web_search",
    message: expect.stringContaining("acme/model has no web search of its own"),
  });
  expect(tagsOf(plan({ models: [model] }))).toHaveLength(2);
});
