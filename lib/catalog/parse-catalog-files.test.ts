import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type CatalogFiles, parseCatalogFiles } from "@/lib/catalog/parse-catalog-files";
import { parseUnitPrice } from "@/lib/money";

const shipped: CatalogFiles = {
  providers: read("providers"),
  models: read("models"),
  endpoints: read("endpoints"),
  descriptions: read("descriptions"),
  aliases: read("aliases"),
};

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../prisma/catalog/${name}.json`, import.meta.url), "utf8"));
}

describe("the catalog that ships with the source", () => {
  const facts = parseCatalogFiles(shipped);

  test("is consistent and complete", () => {
    expect(facts.providers.length).toBeGreaterThanOrEqual(90);
    expect(facts.models.length).toBeGreaterThanOrEqual(400);
    expect(facts.endpoints.length).toBeGreaterThanOrEqual(900);
    expect(facts.models.filter((model) => model.description !== undefined).length).toBeGreaterThanOrEqual(60);
    expect(facts.aliases.size).toBeGreaterThan(0);
  });

  test("is sorted by key, so that a change shows as the lines it changes", () => {
    for (const keys of [
      facts.providers.map(({ slug }) => slug),
      facts.models.map(({ id }) => id),
      facts.endpoints.map(({ model, tag }) => `${model} ${tag}`),
      [...facts.aliases.keys()],
    ]) {
      expect(keys).toEqual(keys.toSorted());
    }
  });

  test("has only prices that the ledger can read without loss", () => {
    const prices = [...facts.models, ...facts.endpoints].flatMap(({ prices: { tiers = [], ...base } }) =>
      [base, ...tiers].flatMap((list) => Object.values(list).filter((value) => typeof value === "string")),
    );
    expect(prices.length).toBeGreaterThan(2_500);
    for (const price of prices) expect(decimalOf(parseUnitPrice(price))).toBe(withoutTrailingZeros(price));
  });

  test("names no alias that is the canonical slug of a model, which resolves by itself", () => {
    const canonical = new Set(facts.models.map((model) => model.canonicalSlug));
    expect([...facts.aliases.keys()].filter((alias) => canonical.has(alias))).toEqual([]);
  });
});

test("the rankings and the router pools that ship with the source name models that can be asked", () => {
  const models = new Map(parseCatalogFiles(shipped).models.map((model) => [model.id, model]));
  const lists = z.record(z.string(), z.array(z.string()).min(1));
  for (const file of ["rankings", "router-pools"]) {
    for (const [name, ids] of Object.entries(lists.parse(read(file)))) {
      expect(new Set(ids).size, name).toBe(ids.length);
      for (const id of ids) expect(models.get(id)?.status, `${name}: ${id}`).toBe("active");
    }
  }
});

/** 24 decimals back to the shortest plain notation. */
function decimalOf(unitPrice: bigint): string {
  const digits = (unitPrice < 0n ? -unitPrice : unitPrice).toString().padStart(25, "0");
  return withoutTrailingZeros(`${unitPrice < 0n ? "-" : ""}${digits.slice(0, -24)}.${digits.slice(-24)}`);
}

function withoutTrailingZeros(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}

const provider = {
  slug: "acme",
  name: "Acme",
  kind: "hosted",
  dataPolicy: null,
  protocol: "openai-compatible",
  keyVariables: ["ACME_API_KEY"],
};
const prices = { prompt: "0.000001", completion: "0.000002" };
const model = {
  id: "acme/one",
  canonicalSlug: "acme/one-2026",
  name: "Acme: One",
  createdSeconds: 1_780_000_000,
  contextTokens: 8_192,
  inputModalities: ["text"],
  outputModalities: ["text"],
  tokenizer: "Other",
  prices,
  supportedParameters: ["max_tokens"],
  isModerated: false,
  status: "active",
};
const endpoint = {
  model: "acme/one",
  provider: "acme",
  tag: "acme/fp8",
  upstreamId: "one",
  quantization: "fp8",
  contextTokens: 8_192,
  prices,
  supportedParameters: ["max_tokens"],
  supportsImplicitCaching: false,
};
const alias = { ...model, id: "~acme/latest", canonicalSlug: "~acme/latest", status: "alias", aliasOf: "acme/one" };
const variant = { ...model, id: "acme/one:free", variantOf: "acme/one" };
const tier = { minPromptTokens: 1_000, prompt: "0.000002" };

const small: CatalogFiles = {
  providers: [provider],
  models: [model, alias, variant],
  endpoints: [endpoint],
  descriptions: { "acme/one": "A model." },
  aliases: { "acme/uno": "acme/one" },
};

test("descriptions become part of the models they are about", () => {
  const { models } = parseCatalogFiles(small);
  expect(models.map(({ id, description }) => [id, description])).toEqual([
    ["acme/one", "A model."],
    ["~acme/latest", undefined],
    ["acme/one:free", undefined],
  ]);
});

test.each<{ defect: string; files: Partial<CatalogFiles>; expected: string }>([
  {
    defect: "a file that is no list",
    files: { providers: {}, endpoints: [] },
    expected: "providers.json, (file): must be an array",
  },
  {
    defect: "a field of the wrong kind",
    files: { providers: [{ ...provider, kind: "remote" }] },
    expected: "providers.json, acme: kind: ",
  },
  {
    defect: "an entry without its key",
    files: { models: [model, { ...model, id: undefined }] },
    expected: "models.json, entry 1: id: ",
  },
  {
    defect: "a field that the schema does not know",
    files: { endpoints: [{ ...endpoint, speed: 1 }] },
    expected: 'endpoints.json, acme/one at acme/fp8: Unrecognized key: "speed"',
  },
  {
    defect: "a provider listed twice",
    files: { providers: [provider, provider] },
    expected: "providers.json, acme: occurs twice",
  },
  {
    defect: "a model listed twice",
    files: { models: [model, { ...model, name: "Other" }] },
    expected: "models.json, acme/one: occurs twice",
  },
  {
    defect: "a tag used twice for one model",
    files: { endpoints: [endpoint, { ...endpoint, quantization: "bf16" }] },
    expected: "endpoints.json, acme/one at acme/fp8: occurs twice",
  },
  {
    defect: "an endpoint of an unknown model",
    files: { endpoints: [{ ...endpoint, model: "acme/two" }] },
    expected: 'endpoints.json, acme/two at acme/fp8: there is no model "acme/two"',
  },
  {
    defect: "an endpoint at an unknown provider",
    files: { endpoints: [{ ...endpoint, provider: "nobody", tag: "nobody" }] },
    expected: 'endpoints.json, acme/one at nobody: there is no provider "nobody"',
  },
  {
    defect: "a tag that belongs to another provider",
    files: { endpoints: [{ ...endpoint, tag: "acme-turbo" }] },
    expected: 'endpoints.json, acme/one at acme-turbo: tag must be "acme" or begin with "acme/"',
  },
  {
    defect: "an alias of nothing",
    files: { models: [model, { ...alias, aliasOf: "acme/two" }] },
    expected: 'models.json, ~acme/latest: aliasOf: there is no model "acme/two"',
  },
  {
    defect: "an alias without a target",
    files: { models: [model, { ...alias, aliasOf: undefined }] },
    expected: 'models.json, ~acme/latest: status "alias" and aliasOf go together',
  },
  {
    defect: "a target on a model that is no alias",
    files: { models: [model, { ...alias, status: "active" }] },
    expected: 'models.json, ~acme/latest: status "alias" and aliasOf go together',
  },
  {
    defect: "a chain of aliases",
    files: { models: [model, alias, { ...alias, id: "~acme/newest", aliasOf: "~acme/latest" }] },
    expected: 'models.json, ~acme/newest: aliasOf: "~acme/latest" itself has aliasOf',
  },
  {
    defect: "an alias of itself",
    files: { models: [model, { ...alias, aliasOf: "~acme/latest" }] },
    expected: 'models.json, ~acme/latest: aliasOf: "~acme/latest" itself has aliasOf',
  },
  {
    defect: "a variant of nothing",
    files: { models: [model, { ...variant, id: "acme/two:free", variantOf: "acme/two" }] },
    expected: 'models.json, acme/two:free: variantOf: there is no model "acme/two"',
  },
  {
    defect: "a variant whose id does not say so",
    files: { models: [model, { ...variant, id: "acme/two:free" }] },
    expected: 'models.json, acme/two:free: is no variant of "acme/one" by its name',
  },
  {
    defect: "a price with an exponent",
    files: { models: [{ ...model, prices: { ...prices, prompt: "1e-6" } }, alias] },
    expected: "models.json, acme/one: prices.prompt: must be a decimal number",
  },
  {
    defect: "a price finer than the ledger can count",
    files: { endpoints: [{ ...endpoint, prices: { ...prices, prompt: `0.${"0".repeat(24)}1` } }] },
    expected: "endpoints.json, acme/one at acme/fp8: prices.prompt: must be a decimal number",
  },
  {
    defect: "a price that is a number",
    files: { endpoints: [{ ...endpoint, prices: { ...prices, completion: 0.000002 } }] },
    expected: "endpoints.json, acme/one at acme/fp8: prices.completion: ",
  },
  {
    defect: "a negative price",
    files: { endpoints: [{ ...endpoint, prices: { ...prices, request: "-0.01" } }] },
    expected: "endpoints.json, acme/one at acme/fp8: prices.request: must be a decimal number",
  },
  {
    defect: "a router's price on a model that is none",
    files: { models: [{ ...model, prices: { ...prices, prompt: "-1" } }, alias] },
    expected: 'models.json, acme/one: prices.prompt: "-1" is for routers only',
  },
  {
    defect: "a router's price in a tier of an endpoint",
    files: { endpoints: [{ ...endpoint, prices: { ...prices, tiers: [{ ...tier, prompt: "-1" }] } }] },
    expected: 'endpoints.json, acme/one at acme/fp8: prices.prompt: "-1" is for routers only',
  },
  {
    defect: "tiers out of order",
    files: { models: [{ ...model, prices: { ...prices, tiers: [tier, { ...tier, minPromptTokens: 999 }] } }, alias] },
    expected: "models.json, acme/one: prices.tiers: must have rising minPromptTokens",
  },
  {
    defect: "tiers of an endpoint that begin at the same number of tokens",
    files: { endpoints: [{ ...endpoint, prices: { ...prices, tiers: [tier, tier] } }] },
    expected: "endpoints.json, acme/one at acme/fp8: prices.tiers: must have rising minPromptTokens",
  },
  {
    defect: "a base address with a slash at its end",
    files: { providers: [{ ...provider, baseUrl: "https://api.acme.example/v1/" }] },
    expected: "providers.json, acme: baseUrl: must be an http(s) address without a slash at its end",
  },
  {
    defect: "a description of nothing",
    files: { descriptions: { "acme/two": "A model." } },
    expected: "descriptions.json, acme/two: there is no such model",
  },
  {
    defect: "another name for nothing",
    files: { aliases: { "acme/uno": "acme/two" } },
    expected: 'aliases.json, acme/uno: there is no model "acme/two"',
  },
  {
    defect: "another name that is an id",
    files: { aliases: { "acme/one": "acme/one:free" } },
    expected: "aliases.json, acme/one: is the id of a model",
  },
  {
    defect: "another name for another name",
    files: { aliases: { "acme/uno": "acme/one", "acme/eins": "acme/uno" } },
    expected: 'aliases.json, acme/eins: "acme/uno" is itself an alias',
  },
  {
    defect: "another name for an alias model",
    files: { aliases: { "acme/uno": "~acme/latest" } },
    expected: 'aliases.json, acme/uno: "~acme/latest" is itself an alias',
  },
])("$defect is reported once, with file and key", ({ files, expected }) => {
  const message = messageOf({ ...small, ...files });
  expect(message).toContain(`\n- ${expected}`);
  expect(message).toContain("Defects in the catalog: 1\n");
});

test("all problems are reported together, the first twenty in full", () => {
  const endpoints = Array.from({ length: 23 }, (_, index) => ({ ...endpoint, tag: `other/${index}` }));
  const lines = messageOf({ ...small, endpoints }).split("\n");
  expect(lines).toHaveLength(22);
  expect(lines[0]).toBe("Defects in the catalog: 23");
  expect(lines[20]).toContain("other/19");
  expect(lines[21]).toBe("- and 3 more");
});

function messageOf(files: CatalogFiles): string {
  try {
    parseCatalogFiles(files);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error("the files were accepted");
}
