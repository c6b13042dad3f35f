import { describe, expect, test } from "vitest";
import type { EndpointFact, ModelFact, ProviderFact } from "@/lib/schemas/catalog";
import { buildCatalog } from "./build-catalog";
import { resolveModel } from "./resolve-model";

const provider: ProviderFact = {
  slug: "acme",
  name: "Acme",
  kind: "hosted",
  dataPolicy: null,
  protocol: "openai-compatible",
  keyVariables: [],
};

function model(id: string, changes: Partial<ModelFact> = {}): ModelFact {
  return {
    id,
    canonicalSlug: id,
    name: id,
    createdSeconds: 1,
    contextTokens: 1_000,
    inputModalities: ["text"],
    outputModalities: ["text"],
    tokenizer: "Other",
    prices: { prompt: "0.000001", completion: "0.000002" },
    supportedParameters: [],
    isModerated: false,
    status: "active",
    ...changes,
  };
}

function endpoint(modelId: string): EndpointFact {
  return {
    model: modelId,
    provider: "acme",
    tag: "acme",
    upstreamId: "x",
    quantization: "unknown",
    contextTokens: 1_000,
    prices: { prompt: "0.000001", completion: "0.000002" },
    supportedParameters: [],
    supportsImplicitCaching: false,
  };
}

const INPUT = {
  providers: [provider],
  models: [
    model("openai/gpt-4", { canonicalSlug: "openai/gpt-4-0613" }),
    model("acme/twin"),
    model("other/twin"),
    model("qwen/plus-02-15", { canonicalSlug: "qwen/plus-02-15" }),
    model("qwen/plus", { status: "alias", aliasOf: "qwen/plus-02-15", canonicalSlug: "qwen/plus-02-15" }),
    model("oss/small"),
    model("oss/small:free", { variantOf: "oss/small", canonicalSlug: "oss/small" }),
    model("oss/small:exacto", { variantOf: "oss/small", canonicalSlug: "oss/small", status: "legacy" }),
    model("openrouter/auto", { status: "router", prices: { prompt: "-1", completion: "-1" } }),
  ],
  endpoints: ["openai/gpt-4", "oss/small", "oss/small:free"].map(endpoint),
  overrides: [],
  aliases: { "openai/gpt-4-classic": "openai/gpt-4" },
  routerPools: { "openrouter/auto": ["gone/model", "openai/gpt-4", "oss/small"] },
};

const { catalog } = buildCatalog(INPUT);

test.each([
  { text: "openai/gpt-4", ids: ["openai/gpt-4"], variants: [] },
  { text: "openai/gpt-4-0613", ids: ["openai/gpt-4"], variants: [] },
  { text: "openai/gpt-4-classic", ids: ["openai/gpt-4"], variants: [] },
  { text: "gpt-4", ids: ["openai/gpt-4"], variants: [] },
  { text: "qwen/plus", ids: ["qwen/plus-02-15"], variants: [] },
  { text: "oss/small:free", ids: ["oss/small:free"], variants: [] },
  { text: "openai/gpt-4:nitro", ids: ["openai/gpt-4"], variants: ["nitro"] },
  { text: "oss/small:free:online", ids: ["oss/small:free"], variants: ["online"] },
  { text: "oss/small:floor:free", ids: ["oss/small:free"], variants: ["floor"] },
  { text: "openrouter/auto", ids: ["openai/gpt-4", "oss/small"], variants: [] },
])("$text means $ids with $variants", ({ text, ids, variants }) => {
  const resolved = resolveModel(catalog, text);
  expect(resolved?.models.map(({ id }) => id)).toEqual(ids);
  expect(resolved?.variants).toEqual(variants);
});

test.each(["openai/gpt-5", "twin", "openai/gpt-4:free", "openai/gpt-4:speedy", "", "/", "openai/gpt-4:"])(
  "%j means nothing",
  (text) => expect(resolveModel(catalog, text)).toBeUndefined(),
);

test("a static variant without endpoints of its own is served by its base's", () => {
  expect(resolveModel(catalog, "oss/small:exacto")?.models[0].endpoints.map(({ id }) => id)).toEqual([
    "oss/small|acme",
  ]);
});

describe("operator overrides", () => {
  test("change what they name and nothing else", () => {
    const patch = { prices: { prompt: "0.5", completion: "0.5" } };
    const { catalog: changed, problems } = buildCatalog({
      ...INPUT,
      overrides: [{ kind: "endpoint", key: "oss/small|acme", patch }],
    });
    const [served] = changed.models.get("oss/small")?.endpoints ?? [];
    expect(served?.fact).toMatchObject({ ...patch, upstreamId: "x" });
    expect(problems).toEqual([]);
  });

  test("that do not fit are left out and named", () => {
    const { catalog: same, problems } = buildCatalog({
      ...INPUT,
      overrides: [{ kind: "model", key: "oss/small", patch: { contextTokens: "lots" } }],
    });
    expect(same.models.get("oss/small")?.fact.contextTokens).toBe(1_000);
    expect(problems).toEqual(["the override of model oss/small does not fit and is ignored"]);
  });
});
