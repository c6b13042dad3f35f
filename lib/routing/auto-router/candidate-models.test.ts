import { describe, expect, test } from "vitest";
import type { ModelFact } from "@/lib/schemas/catalog";
import { makeModel } from "@/lib/testing/make-model";
import { candidateModels } from "./candidate-models";

function model(id: string, usdPerMillion: number, fact: Partial<ModelFact> = {}) {
  const price = (usdPerMillion / 1_000_000).toFixed(12);
  return makeModel({ id, endpoints: [], fact: { prices: { prompt: price, completion: price }, ...fact } });
}

const CATALOG = [
  model("acme/large", 10),
  model("acme/small", 0.5),
  model("acme/guard-2", 0.1),
  model("other/one", 1),
  model("other/one:free", 0, { variantOf: "other/one" }),
  model("other/old", 2, { status: "legacy" }),
  model("other/painter", 3, { outputModalities: ["text", "image"] }),
  model("third/deep-research", 4),
  model("third/plain", 5),
  model("openrouter/auto", 0, { status: "router", prices: { prompt: "-1", completion: "-1" } }),
];
const ALIASES = new Map([["acme/latest", "acme/large"]]);
const POOL = CATALOG.slice(0, 2).map((entry) => ({ model: entry, quality: 0.5, strengths: {} }));

function idsFor(config: { allowed?: string[]; excluded?: string[]; maxPrice?: number }): string[] {
  return candidateModels({
    config: { allowed: config.allowed ?? [], excluded: config.excluded ?? [], maxPrice: config.maxPrice },
    pool: POOL,
    catalog: CATALOG,
    findModel: (id) => CATALOG.find((entry) => entry.id === (ALIASES.get(id) ?? id)),
  }).map(({ id }) => id);
}

describe("the models to choose from", () => {
  test.each([
    { name: "without settings, the pool", config: {}, ids: ["acme/large", "acme/small"] },
    {
      name: "a wildcard that fits models of the pool",
      config: { allowed: ["acme/*"] },
      ids: ["acme/large", "acme/small"],
    },
    { name: "a name outside the pool", config: { allowed: ["other/one"] }, ids: ["other/one"] },
    { name: "an alias", config: { allowed: ["acme/latest"] }, ids: ["acme/large"] },
    {
      name: "a wildcard that fits none of the pool: chat models of the catalog",
      config: { allowed: ["other/*"] },
      ids: ["other/one"],
    },
    { name: "no specialists by wildcard", config: { allowed: ["third/*"] }, ids: ["third/plain"] },
    {
      name: "but any model by its name",
      config: { allowed: ["third/deep-research", "other/one:free"] },
      ids: ["third/deep-research", "other/one:free"],
    },
    { name: "never a router", config: { allowed: ["openrouter/auto", "acme/small"] }, ids: ["acme/small"] },
    { name: "each once", config: { allowed: ["acme/small", "acme/*"] }, ids: ["acme/small", "acme/large"] },
    { name: "without what is excluded", config: { excluded: ["*/large"] }, ids: ["acme/small"] },
    { name: "excluding wins", config: { allowed: ["acme/*"], excluded: ["acme/*"] }, ids: [] },
    { name: "nothing fits", config: { allowed: ["nobody/*"] }, ids: [] },
    { name: "within a price", config: { maxPrice: 2 }, ids: ["acme/small"] },
    { name: "the cheapest when all are above it", config: { maxPrice: 0.1 }, ids: ["acme/small"] },
  ])("$name", ({ config, ids }) => expect(idsFor(config)).toEqual(ids));
});
