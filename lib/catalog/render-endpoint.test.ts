import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseCatalogFiles } from "@/lib/catalog/parse-catalog-files";
import { type EndpointRow, renderEndpoint, renderEndpointList } from "@/lib/catalog/render-endpoint";
import type { EndpointFact, ModelFact, ProviderFact } from "@/lib/schemas/catalog";
import { publicEndpointListSchema } from "@/lib/schemas/public-catalog";

// The parameters that clients' types name. Source: the vendor's OpenAPI document of 2026-08-22, read 2026-11-20.
const KNOWN_PARAMETERS = new Set([
  ...["temperature", "top_p", "top_k", "min_p", "top_a", "frequency_penalty", "presence_penalty", "repetition_penalty"],
  ...["max_tokens", "max_completion_tokens", "logit_bias", "logprobs", "top_logprobs", "prediction", "seed", "stop"],
  ...["response_format", "structured_outputs", "tools", "tool_choice", "parallel_tool_calls", "web_search_options"],
  ...["reasoning", "include_reasoning", "reasoning_effort", "verbosity"],
]);

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../prisma/catalog/${name}.json`, import.meta.url), "utf8"));
}

const model: ModelFact = {
  id: "acme/one",
  canonicalSlug: "acme/one-20260401",
  name: "Acme: One",
  createdSeconds: 1_780_000_000,
  contextTokens: 8_192,
  inputModalities: ["text"],
  outputModalities: ["text"],
  tokenizer: "GPT",
  prices: { prompt: "0.000001", completion: "0.000002" },
  supportedParameters: [],
  isModerated: false,
  status: "active",
};
const provider: ProviderFact = {
  slug: "host",
  name: "Host",
  kind: "hosted",
  dataPolicy: null,
  protocol: "openai-compatible",
  keyVariables: [],
};
const endpoint: EndpointFact = {
  model: "acme/one",
  provider: "host",
  tag: "host/fp8",
  upstreamId: "one",
  quantization: "fp8",
  contextTokens: 4_096,
  prices: { prompt: "0.0000012", completion: "0.0000024" },
  supportedParameters: ["max_tokens"],
  supportsImplicitCaching: true,
};
const percentiles = { p50: 50, p75: 60, p90: 70, p99: 80 };

test.each<[string, Partial<EndpointRow>]>([
  ["without measurements", {}],
  ["whose measurements are null", { measurements: null }],
])("an endpoint %s has every key that clients require", (_, measured) => {
  expect(renderEndpoint(model, { endpoint, provider, ...measured })).toEqual({
    name: "Host | acme/one",
    model_id: "acme/one",
    model_name: "Acme: One",
    context_length: 4_096,
    pricing: {
      prompt: "0.0000012",
      completion: "0.0000024",
      request: "0",
      image: "0",
      web_search: "0",
      internal_reasoning: "0",
      discount: 0,
    },
    provider_name: "Host",
    tag: "host/fp8",
    quantization: "fp8",
    max_completion_tokens: null,
    max_prompt_tokens: null,
    supported_parameters: ["max_tokens"],
    status: 0,
    uptime_last_5m: null,
    uptime_last_30m: null,
    uptime_last_1d: null,
    supports_implicit_caching: true,
    supports_tool_choice: { auto: false, none: false, required: false, function: false },
    latency_last_30m: null,
    throughput_last_30m: null,
  });
});

test("limits, discount and measurements are shown where they are known", () => {
  const rendered = renderEndpoint(model, {
    provider,
    endpoint: {
      ...endpoint,
      maxOutputTokens: 1_024,
      maxPromptTokens: 3_072,
      prices: { ...endpoint.prices, discount: 0.25, tiers: [{ minPromptTokens: 2_000, prompt: "0.000003" }] },
    },
    measurements: {
      uptimeLast5mPercent: 100,
      uptimeLast30mPercent: 99.5,
      uptimeLast1dPercent: 97,
      latencyMs: percentiles,
      throughputTokensPerSecond: { ...percentiles, p50: 5 },
    },
  });
  expect(rendered).toMatchObject({
    max_completion_tokens: 1_024,
    max_prompt_tokens: 3_072,
    pricing: { discount: 0.25, overrides: [{ min_prompt_tokens: 2_000, prompt: "0.000003" }] },
    uptime_last_5m: 100,
    uptime_last_30m: 99.5,
    uptime_last_1d: 97,
    latency_last_30m: percentiles,
    throughput_last_30m: { ...percentiles, p50: 5 },
  });
});

test.each([
  { parameters: ["tools", "tool_choice"], auto: true, steered: true },
  { parameters: ["tools"], auto: true, steered: false },
  { parameters: [], auto: false, steered: false },
])("with $parameters tools can be left to the model: $auto, and steered: $steered", ({ parameters, auto, steered }) => {
  const rendered = renderEndpoint(model, { provider, endpoint: { ...endpoint, supportedParameters: parameters } });
  expect(rendered.supports_tool_choice).toEqual({ auto, none: steered, required: steered, function: steered });
});

test("a model's endpoints are listed in the order given", () => {
  const rows = ["host/fp8", "host"].map((tag) => ({ provider, endpoint: { ...endpoint, tag } }));
  const list = renderEndpointList(model, rows);
  expect(list).toMatchObject({ id: "acme/one", name: "Acme: One", created: 1_780_000_000, description: "" });
  expect(list.architecture.modality).toBe("text->text");
  expect(list.endpoints.map(({ tag }) => tag)).toEqual(["host/fp8", "host"]);
});

describe("the catalog that ships with the source", () => {
  const facts = parseCatalogFiles({
    providers: read("providers"),
    models: read("models"),
    endpoints: read("endpoints"),
    descriptions: read("descriptions"),
    aliases: read("aliases"),
  });
  const providers = new Map(facts.providers.map((fact) => [fact.slug, fact]));
  const lists = facts.models.map((fact) =>
    renderEndpointList(
      fact,
      facts.endpoints.flatMap((offer) => {
        const host = providers.get(offer.provider);
        return offer.model === fact.id && host !== undefined ? [{ endpoint: offer, provider: host }] : [];
      }),
    ),
  );

  test("renders as public lists of endpoints", () => {
    expect(lists.flatMap(({ endpoints }) => endpoints)).toHaveLength(facts.endpoints.length);
    for (const list of lists) expect(publicEndpointListSchema.parse(list)).toEqual(list);
  });

  test("names only parameters that clients know", () => {
    const named = [...facts.models, ...facts.endpoints].flatMap((fact) => fact.supportedParameters);
    expect([...new Set(named)].filter((parameter) => !KNOWN_PARAMETERS.has(parameter))).toEqual([]);
  });
});
