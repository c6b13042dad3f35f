import { describe, expect, test } from "vitest";
import type { NativeSearch } from "@/lib/schemas/web-search";
import { buildUpstream } from "@/lib/testing/adapter-input";
import { makeModel } from "@/lib/testing/make-model";
import { shippedCatalog } from "@/lib/testing/shipped-models";
import { searchingAdapterOf } from "./native-search";

const SEARCH: NativeSearch = {
  maxResults: 5,
  maxSearches: 5,
  includeDomains: [],
  excludeDomains: [],
  contextSize: undefined,
  userLocation: undefined,
};
const SIZED: NativeSearch = {
  ...SEARCH,
  contextSize: "high",
  userLocation: { type: "approximate", approximate: { city: "Crewe", country: "GB" } },
};

const CATALOG = shippedCatalog();

function endpointOf(model: string, tag: string) {
  const endpoint = CATALOG.models.get(model)?.endpoints.find((one) => one.tag === tag);
  if (endpoint === undefined) throw new Error(`no endpoint ${model} ${tag}`);
  return endpoint;
}

function sent(model: string, tag: string, search: NativeSearch, request: Record<string, unknown> = {}) {
  const endpoint = endpointOf(model, tag);
  const adapter = searchingAdapterOf(endpoint);
  if (adapter === undefined) throw new Error(`${tag} does not search`);
  const { upstreamId, provider, supportedParameters } = endpoint;
  const target = { upstreamId, providerSlug: provider.slug, supportedParameters };
  return buildUpstream(adapter, request, { target, search });
}

test.each([
  ["anthropic/claude-sonnet-4.5", "anthropic", true],
  ["anthropic/claude-sonnet-4.5", "google-vertex/global", true],
  ["anthropic/claude-sonnet-4.5", "amazon-bedrock", false],
  ["openai/gpt-4o", "openai", true],
  ["openai/gpt-5", "openai/default", true],
  ["openai/gpt-4o-search-preview", "openai", true],
  ["openai/gpt-4.1-mini", "azure", false],
  ["perplexity/sonar", "perplexity", true],
  ["x-ai/grok-4.3", "xai", true],
  ["google/gemini-2.5-flash", "google-ai-studio", false],
  ["meta-llama/llama-3.3-70b-instruct", "deepinfra/turbo", false],
])("%s at %s searches itself: %s", (model, tag, expected) => {
  expect(searchingAdapterOf(endpointOf(model, tag)) !== undefined).toBe(expected);
});

test("an endpoint whose search has no known price is not asked to search", () => {
  const [endpoint] = makeModel({ endpoints: [{ provider: "perplexity" }] }).endpoints;
  expect(endpoint && searchingAdapterOf(endpoint)).toBeUndefined();
});

describe("what each is told", () => {
  test("Anthropic: a tool, beside the caller's own", () => {
    const tools = [{ type: "function", function: { name: "f" } }];
    const only = { ...SEARCH, maxSearches: 2, includeDomains: ["a.test"], excludeDomains: ["b.test"] };
    const { body } = sent("anthropic/claude-sonnet-4.5", "anthropic", only, { tools });
    expect(body.tools).toEqual([
      expect.objectContaining({ name: "f" }),
      { type: "web_search_20250305", name: "web_search", max_uses: 2, allowed_domains: ["a.test"] },
    ]);
  });

  test("a searching model of OpenAI's: options", () => {
    const { url, body } = sent("openai/gpt-4o-search-preview", "openai", SIZED);
    expect(url).toMatch(/\/chat\/completions$/);
    expect(body.web_search_options).toEqual({
      search_context_size: "high",
      user_location: { type: "approximate", approximate: { city: "Crewe", country: "GB" } },
    });
    expect(sent("openai/gpt-4o-search-preview", "openai", SEARCH).body.web_search_options).toEqual({});
  });

  test("Perplexity: options and a filter", () => {
    const { body } = sent("perplexity/sonar", "perplexity", { ...SIZED, excludeDomains: ["a.test", "b.test"] });
    expect(body).toMatchObject({
      web_search_options: { search_context_size: "high", user_location: { city: "Crewe", country: "GB" } },
      search_domain_filter: ["-a.test", "-b.test"],
    });
  });

  test("xAI: the web and X, or certain domains of the web alone", () => {
    expect(sent("x-ai/grok-4.3", "xai", SEARCH).body.tools).toEqual([{ type: "web_search" }, { type: "x_search" }]);
    expect(sent("x-ai/grok-4.3", "xai", { ...SEARCH, includeDomains: ["a.test"] }).body.tools).toEqual([
      { type: "web_search", filters: { allowed_domains: ["a.test"] } },
    ]);
    expect(sent("x-ai/grok-4.3", "xai", { ...SEARCH, excludeDomains: ["a.test"] }).body.tools).toContainEqual({
      type: "web_search",
      filters: { excluded_domains: ["a.test"] },
    });
  });

  test("OpenAI: a tool of the responses protocol", () => {
    const { url, body } = sent("openai/gpt-4.1", "openai", { ...SIZED, includeDomains: ["a.test"] });
    expect(url).toMatch(/\/responses$/);
    expect(body).toMatchObject({
      store: false,
      max_tool_calls: 5,
      tools: [
        {
          type: "web_search",
          search_context_size: "high",
          filters: { allowed_domains: ["a.test"] },
          user_location: { type: "approximate", city: "Crewe", country: "GB" },
        },
      ],
    });
  });
});
