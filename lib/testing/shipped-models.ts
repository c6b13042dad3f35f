import { readFileSync } from "node:fs";
import { z } from "zod";
import { buildCatalog, type Catalog } from "@/lib/catalog/build-catalog";
import { listFacts } from "@/lib/catalog/list-facts";
import { parseCatalogFiles } from "@/lib/catalog/parse-catalog-files";
import type { ListedModel } from "@/lib/schemas/listed-model";

const lists = z.record(z.string(), z.array(z.string()));

/** The catalog that ships with the source. */
export function shippedCatalog(): Catalog {
  const facts = parseCatalogFiles({
    providers: read("providers"),
    models: read("models"),
    endpoints: read("endpoints"),
    descriptions: read("descriptions"),
    aliases: read("aliases"),
  });
  return buildCatalog({
    ...facts,
    overrides: [],
    aliases: Object.fromEntries(facts.aliases),
    routerPools: lists.parse(read("router-pools")),
    rankings: lists.parse(read("rankings")),
  }).catalog;
}

/** Its models as lists show them, of which nothing was measured yet. */
export function shippedModels(): ListedModel[] {
  return listFacts(shippedCatalog()).map((model) => ({
    ...model,
    isReachable: true,
    throughput: undefined,
    latencyMs: undefined,
    weeklyTokens: 0,
  }));
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../prisma/catalog/${name}.json`, import.meta.url), "utf8"));
}
