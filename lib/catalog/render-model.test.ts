import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseCatalogFiles } from "@/lib/catalog/parse-catalog-files";
import { renderModel, renderModelList } from "@/lib/catalog/render-model";
import type { ModelFact } from "@/lib/schemas/catalog";
import { publicModelListSchema } from "@/lib/schemas/public-catalog";

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../prisma/catalog/${name}.json`, import.meta.url), "utf8"));
}

const shipped = parseCatalogFiles({
  providers: read("providers"),
  models: read("models"),
  endpoints: read("endpoints"),
  descriptions: read("descriptions"),
  aliases: read("aliases"),
}).models;

const model: ModelFact = {
  id: "acme/one",
  canonicalSlug: "acme/one-20260401",
  name: "Acme: One",
  createdSeconds: 1_780_000_000,
  contextTokens: 8_192,
  inputModalities: ["file", "text", "image"],
  outputModalities: ["image", "text"],
  tokenizer: "Claude",
  prices: { prompt: "0.000001", completion: "0.000002" },
  supportedParameters: ["max_tokens", "tools"],
  isModerated: false,
  status: "active",
};

test("a model of which little is known has every key that clients require", () => {
  expect(renderModel(model)).toEqual({
    id: "acme/one",
    canonical_slug: "acme/one-20260401",
    hugging_face_id: "",
    name: "Acme: One",
    created: 1_780_000_000,
    description: "",
    context_length: 8_192,
    architecture: {
      modality: "text+image+file->text+image",
      input_modalities: ["file", "text", "image"],
      output_modalities: ["image", "text"],
      tokenizer: "Claude",
      instruct_type: null,
    },
    pricing: {
      prompt: "0.000001",
      completion: "0.000002",
      request: "0",
      image: "0",
      web_search: "0",
      internal_reasoning: "0",
    },
    top_provider: { context_length: 8_192, max_completion_tokens: null, is_moderated: false },
    per_request_limits: null,
    supported_parameters: ["max_tokens", "tools"],
    default_parameters: {},
    supported_voices: null,
    expiration_date: null,
    knowledge_cutoff: null,
    links: { details: "/api/v1/models/acme/one-20260401/endpoints" },
  });
});

test("what is known of a model is shown", () => {
  const known: ModelFact = {
    ...model,
    description: "A model.",
    topProviderContextTokens: 4_096,
    maxOutputTokens: 1_024,
    instructType: "chatml",
    huggingFaceId: "acme/One",
    knowledgeCutoff: "2026-01",
    expirationDate: "2027-01-01",
    isModerated: true,
    defaultParameters: { temperature: 0.3, top_k: 20 },
    reasoning: { efforts: ["low", "high"], budget: true, mandatory: true },
    prices: {
      ...model.prices,
      inputCacheRead: "0.0000001",
      inputCacheWrite: "0.00000125",
      internalReasoning: "0.000003",
      image: "0.001",
      imageOutput: "0.00003",
      audio: "0.0000015",
      request: "0.01",
      webSearch: "0.005",
      tiers: [{ minPromptTokens: 2_000, prompt: "0.000002", completion: "0.000003", inputCacheRead: "0.0000002" }],
    },
  };
  expect(renderModel(known)).toMatchObject({
    description: "A model.",
    context_length: 8_192,
    top_provider: { context_length: 4_096, max_completion_tokens: 1_024, is_moderated: true },
    architecture: { instruct_type: "chatml" },
    hugging_face_id: "acme/One",
    knowledge_cutoff: "2026-01",
    expiration_date: "2027-01-01",
    default_parameters: { temperature: 0.3, top_k: 20 },
    reasoning: { supported_efforts: ["low", "high"], supports_max_tokens: true, mandatory: true },
    pricing: {
      input_cache_read: "0.0000001",
      input_cache_write: "0.00000125",
      internal_reasoning: "0.000003",
      image: "0.001",
      image_output: "0.00003",
      audio: "0.0000015",
      request: "0.01",
      web_search: "0.005",
      overrides: [
        { min_prompt_tokens: 2_000, prompt: "0.000002", completion: "0.000003", input_cache_read: "0.0000002" },
      ],
    },
  });
});

test("reasoning of which no more is known than that it exists counts as optional", () => {
  expect(renderModel({ ...model, reasoning: { toggle: true } }).reasoning).toEqual({
    mandatory: false,
    supported_efforts: null,
    supports_max_tokens: false,
  });
});

test("a tokenizer and a prompt template that clients do not know are not passed on", () => {
  const { architecture } = renderModel({ ...model, tokenizer: "Acme9", instructType: "acme9" });
  expect(architecture).toMatchObject({ tokenizer: "Other", instruct_type: null });
});

test("the details of a static variant are those of the variant, not of the model whose canonical slug it shares", () => {
  expect(renderModel({ ...model, id: "acme/one:free", variantOf: "acme/one" }).links.details).toBe(
    "/api/v1/models/acme/one:free/endpoints",
  );
});

test("a router has no context window at its first provider, for it has none", () => {
  expect(renderModel({ ...model, status: "router" }).top_provider.context_length).toBeNull();
});

test("an alias names what it stands for", () => {
  const alias: ModelFact = { ...model, id: "~acme/latest", status: "alias", aliasOf: "acme/one" };
  expect(renderModel(alias, model).alias_target).toEqual({ slug: "acme/one", name: "Acme: One" });
});

describe("the catalog that ships with the source", () => {
  const byId = new Map(shipped.map((fact) => [fact.id, fact]));
  const rendered = shipped.map((fact) => renderModel(fact, byId.get(fact.aliasOf ?? "")));

  test("renders as the public list of models", () => {
    const list = renderModelList(rendered, { totalCount: rendered.length, nextPath: null });
    expect(list.data.length).toBeGreaterThanOrEqual(400);
    expect(publicModelListSchema.parse(list)).toEqual(list);
    expect(list).toMatchObject({ total_count: rendered.length, links: { next: null } });
  });

  test("loses no tokenizer and no prompt template on the way", () => {
    expect(rendered.map(({ architecture }) => architecture.tokenizer)).toEqual(shipped.map((fact) => fact.tokenizer));
    expect(rendered.map(({ architecture }) => architecture.instruct_type)).toEqual(
      shipped.map((fact) => fact.instructType ?? null),
    );
  });

  test("says of every alias, and of no other model, what it stands for", () => {
    expect(rendered.filter((entry) => entry.alias_target !== undefined).map(({ id }) => id)).toEqual(
      shipped.filter(({ status }) => status === "alias").map(({ id }) => id),
    );
  });
});
