import { expect, test } from "vitest";
import type { LocalModel } from "@/lib/schemas/local-model";
import { buildCatalog } from "./build-catalog";
import { extendCatalog, NO_EXTRAS } from "./extend-catalog";
import { resolveModel } from "./resolve-model";

const provider = (slug: string, kind: "hosted" | "aggregator" | "local") => ({
  slug,
  name: slug,
  kind,
  dataPolicy: null,
  protocol: "openai-compatible",
  keyVariables: [],
});
const model = (id: string, more = {}) => ({
  id,
  canonicalSlug: id,
  name: id,
  createdSeconds: 1,
  contextTokens: 8_000,
  inputModalities: ["text"],
  outputModalities: ["text"],
  tokenizer: "Other",
  prices: { prompt: "0.000001", completion: "0.000002" },
  supportedParameters: ["tools"],
  isModerated: false,
  status: "active",
  ...more,
});
const endpoint = {
  model: "acme/direct",
  provider: "acme",
  tag: "acme",
  upstreamId: "direct",
  quantization: "unknown",
  contextTokens: 8_000,
  prices: { prompt: "0.000001", completion: "0.000002" },
  supportedParameters: [],
  supportsImplicitCaching: false,
};
const { catalog: BASE } = buildCatalog({
  providers: [provider("acme", "hosted"), provider("openrouter", "aggregator"), provider("ollama", "local")],
  models: [model("acme/direct"), model("acme/elsewhere"), model("openrouter/auto", { status: "router" })],
  endpoints: [endpoint],
  overrides: [],
  aliases: {},
  routerPools: {},
  rankings: {},
});
const llama: LocalModel = {
  upstreamId: "llama3.2:latest",
  contextTokens: 131_072,
  seesImages: false,
  takesTools: true,
  reasons: false,
  embeds: false,
  createdSeconds: 5,
};

test("an aggregator serves every model, under its full id and at its listed price, routers excepted", () => {
  const { models } = extendCatalog(BASE, { aggregators: ["openrouter"], local: [] });
  const tags = [...models.values()].map(({ id, endpoints }) => [id, endpoints.map(({ tag }) => tag)]);
  expect(Object.fromEntries(tags)).toEqual({
    "acme/direct": ["acme", "openrouter"],
    "acme/elsewhere": ["openrouter"],
    "openrouter/auto": [],
  });
  expect(models.get("acme/elsewhere")?.endpoints[0]).toMatchObject({
    upstreamId: "acme/elsewhere",
    contextTokens: 8_000,
    fact: { prices: { prompt: "0.000001", completion: "0.000002" } },
  });
});

test("models of local servers are there at price 0, under the names that their users know", () => {
  const named = (upstreamId: string) => ({ ...llama, upstreamId });
  const local = [
    { slug: "ollama", name: "Ollama", models: [llama, named("deepseek-r1:1.5b"), named("hf.co/Acme/Small_1:Q4_K_M")] },
    { slug: "local", name: "Local", models: [named("mine")] },
  ];
  const catalog = extendCatalog(BASE, { aggregators: ["openrouter"], local });

  for (const [asked, id] of [
    ["ollama/llama3.2", "ollama/llama3.2"],
    ["ollama/llama3.2:latest", "ollama/llama3.2"],
    ["ollama/deepseek-r1:1.5b", "ollama/deepseek-r1:1.5b"],
    ["ollama/hf.co/Acme/Small_1:Q4_K_M", "ollama/hf.co-acme-small_1:q4_k_m"],
    ["ollama/llama3.2:nitro", "ollama/llama3.2"],
    ["local/mine", "local/mine"],
  ] as const) {
    expect(resolveModel(catalog, asked)?.models[0].id, asked).toBe(id);
  }
  const found = catalog.models.get("ollama/llama3.2");
  expect(found?.endpoints.map(({ tag, upstreamId, prices }) => [tag, upstreamId, prices.prompt])).toEqual([
    ["ollama", "llama3.2:latest", 0n],
  ]);
  expect(found?.fact).toMatchObject({ contextTokens: 131_072, prices: { prompt: "0", completion: "0" } });
  expect(catalog.providers.get("local")?.fact).toMatchObject({
    kind: "local",
    dataPolicy: { zeroDataRetention: true },
  });
});

test("without extras the catalog stays the one it is", () => {
  expect(extendCatalog(BASE, NO_EXTRAS)).toBe(BASE);
});
