import { readFileSync } from "node:fs";
import { buildCatalog } from "@/lib/catalog/build-catalog";
import { listFacts } from "@/lib/catalog/list-facts";
import { parseCatalogFiles } from "@/lib/catalog/parse-catalog-files";
import type { ListedModel } from "@/lib/schemas/listed-model";

/** The models that ship with the source as lists show them, of which nothing was measured yet. */
export function shippedModels(): ListedModel[] {
  const facts = parseCatalogFiles({
    providers: read("providers"),
    models: read("models"),
    endpoints: read("endpoints"),
    descriptions: read("descriptions"),
    aliases: read("aliases"),
  });
  const { catalog } = buildCatalog({
    ...facts,
    overrides: [],
    aliases: Object.fromEntries(facts.aliases),
    routerPools: read("router-pools"),
    rankings: read("rankings"),
  });
  return listFacts(catalog).map((model) => ({
    ...model,
    isReachable: true,
    throughput: undefined,
    latencyMs: undefined,
    weeklyTokens: 0,
  }));
}

function read(name: string) {
  return JSON.parse(readFileSync(new URL(`../../prisma/catalog/${name}.json`, import.meta.url), "utf8"));
}
