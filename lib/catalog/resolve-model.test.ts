import { describe, expect, test } from "vitest";
import type { EndpointFact, ModelFact, ProviderFact } from "@/lib/schemas/catalog";
import { buildCatalog } from "./build-catalog";
import { explainUnknownModel } from "./explain-unknown-model";
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

function endpoint(modelId: string, tag = "acme", contextTokens = 1_000): EndpointFact {
  return {
    model: modelId,
    provider: "acme",
    tag,
    upstreamId: "x",
    quantization: "unknown",
    contextTokens,
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
    model("fam/sonnet-4.5", { createdSeconds: 50 }),
    model("fam/3.5-sonnet", { createdSeconds: 90 }),
    model("fam/sonnet-4.6", { createdSeconds: 70, contextTokens: 9_000, reasoning: { budget: true } }),
    model("fam/sonnet-4.7", { createdSeconds: 80, status: "legacy" }),
    model("fam/sonnet-4.8", { createdSeconds: 81 }),
    model("fam/sonnet-4.6-fast", { createdSeconds: 82 }),
    model("fam/sonnet-4.6:free", { createdSeconds: 83, variantOf: "fam/sonnet-4.6" }),
    model("~fam/sonnet-latest", { createdSeconds: 60, status: "alias", aliasOf: "fam/sonnet-4.5" }),
    model("tool/caller", { exactoEndpoints: ["acme/good"] }),
    model("openrouter/free", { status: "router", prices: { prompt: "-1", completion: "-1" } }),
  ],
  endpoints: [
    ...["openai/gpt-4", "oss/small", "oss/small:free", "fam/sonnet-4.5", "fam/sonnet-4.6", "fam/sonnet-4.6-fast"].map(
      (id) => endpoint(id),
    ),
    ...["fam/sonnet-4.7", "fam/sonnet-4.6:free", "fam/3.5-sonnet"].map((id) => endpoint(id)),
    endpoint("tool/caller", "acme/good", 1_000),
    endpoint("tool/caller", "acme/long", 8_000),
  ],
  overrides: [],
  aliases: { "openai/gpt-4-classic": "openai/gpt-4", "openai/small": "openai/gpt-4" },
  routerPools: { "openrouter/free": ["gone/model", "openai/gpt-4", "oss/small"] },
  rankings: {},
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
  { text: "openrouter/free", ids: ["openai/gpt-4", "oss/small"], variants: [] },
  { text: "oss/small:online:free:nitro", ids: ["oss/small:free"], variants: ["online", "nitro"] },
  { text: "openai/gpt-4:nitro:online", ids: ["openai/gpt-4"], variants: ["nitro", "online"] },
  { text: "openai/gpt-4-classic:floor", ids: ["openai/gpt-4"], variants: ["floor"] },
  { text: "gpt-4-0613", ids: ["openai/gpt-4"], variants: [] },
  { text: "gpt-4-classic:nitro", ids: ["openai/gpt-4"], variants: ["nitro"] },
  // A model's own name goes before a name that another one once had.
  { text: "small", ids: ["oss/small"], variants: [] },
  { text: "gpt-4:nitro", ids: ["openai/gpt-4"], variants: ["nitro"] },
  { text: "fam/sonnet-4.6:thinking", ids: ["fam/sonnet-4.6"], variants: ["thinking"] },
  // The newest that is active and served, whatever the entry of the alias says.
  { text: "~fam/sonnet-latest", ids: ["fam/sonnet-4.6"], variants: [] },
  { text: "~fam/sonnet-latest:nitro", ids: ["fam/sonnet-4.6"], variants: ["nitro"] },
  { text: "~fam/sonnet-latest:free", ids: ["fam/sonnet-4.6:free"], variants: [] },
  // Families without an entry of their own have one too.
  { text: "~fam/sonnet-fast-latest", ids: ["fam/sonnet-4.6-fast"], variants: [] },
  { text: "~oss/small-latest", ids: ["oss/small"], variants: [] },
  { text: "tool/caller:exacto", ids: ["tool/caller:exacto"], variants: [] },
  { text: "tool/caller:exacto:floor", ids: ["tool/caller:exacto"], variants: ["floor"] },
])("$text means $ids with $variants", ({ text, ids, variants }) => {
  const resolved = resolveModel(catalog, text);
  expect(resolved?.models.map(({ id }) => id)).toEqual(ids);
  expect(resolved?.variants).toEqual(variants);
});

test.each([
  { text: "openai/gpt-5", problem: undefined },
  { text: "", problem: undefined },
  { text: "/", problem: undefined },
  { text: "~fam/opus-latest", problem: undefined },
  { text: "twin", problem: "several models have that name, acme/twin, other/twin" },
  {
    text: "openai/gpt-4:free",
    problem: 'openai/gpt-4 has no variant ":free"; it has :nitro, :floor, :online, :extended',
  },
  {
    text: "openai/gpt-4:thinking",
    problem: 'openai/gpt-4 has no variant ":thinking"; it has :nitro, :floor, :online, :extended',
  },
  {
    text: "openai/gpt-4:nitro:speedy",
    problem:
      'there is no variant ":speedy"; known ones are :free, :exacto, :nitro, :floor, :online, :thinking, :extended',
  },
  {
    text: "openai/gpt-4:",
    problem: 'there is no variant ":"; known ones are :free, :exacto, :nitro, :floor, :online, :thinking, :extended',
  },
  {
    text: "oss/small:free:exacto",
    problem: "these variants do not go together; oss/small has :free, :exacto, :nitro, :floor, :online, :extended",
  },
])("$text means nothing: $problem", ({ text, problem }) => {
  expect(resolveModel(catalog, text)).toBeUndefined();
  const message = `${text} is not a valid model ID`;
  expect(explainUnknownModel(catalog, text)).toBe(problem === undefined ? message : `${message}: ${problem}`);
});

test("an alias for the newest has the facts of the one it stands for", () => {
  expect(catalog.models.get("~fam/sonnet-latest")?.fact).toMatchObject({
    id: "~fam/sonnet-latest",
    name: "~fam/sonnet-latest",
    status: "alias",
    aliasOf: "fam/sonnet-4.6",
    contextTokens: 9_000,
    reasoning: { budget: true },
    createdSeconds: 60,
  });
});

test("extended keeps to the endpoints with the longest context, and is one model however often it is asked for", () => {
  const [model] = resolveModel(catalog, "tool/caller:extended")?.models ?? [];
  expect(model?.id).toBe("tool/caller");
  expect(model?.endpoints.map(({ tag }) => tag)).toEqual(["acme/long"]);
  expect(resolveModel(catalog, "tool/caller:extended:nitro")?.models[0]).toBe(model);
});

describe("exacto", () => {
  const tagsOf = (from: typeof catalog, text: string) =>
    resolveModel(from, text)?.models[0].endpoints.map(({ tag }) => tag);

  test("keeps to the endpoints that are named for it", () => {
    expect(tagsOf(catalog, "tool/caller:exacto")).toEqual(["acme/good"]);
  });

  test("an operator names others, and makes the variant of further models with that", () => {
    const overrides = [
      { kind: "model", key: "tool/caller", patch: { exactoEndpoints: ["acme/long"] } },
      { kind: "model", key: "openai/gpt-4", patch: { exactoEndpoints: ["acme"] } },
    ];
    const changed = buildCatalog({ ...INPUT, overrides }).catalog;
    expect(tagsOf(changed, "tool/caller:exacto")).toEqual(["acme/long"]);
    expect(tagsOf(changed, "openai/gpt-4:exacto")).toEqual(["acme"]);
    expect(changed.models.get("openai/gpt-4:exacto")?.fact.variantOf).toBe("openai/gpt-4");
  });
});

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
