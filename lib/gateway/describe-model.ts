import "server-only";
import type { Catalog } from "@/lib/catalog/build-catalog";
import { getCatalog } from "@/lib/catalog/catalog";
import { type ModelAddress, resolveAddress } from "@/lib/catalog/resolve-address";
import type { Model } from "@/lib/schemas/endpoint";
import type { ModelDescription } from "@/lib/schemas/model-description";
import { describeOffers } from "./describe-offers";
import type { Reach } from "./endpoint-reach";
import { listedModels } from "./listed-models";
import { routerPoolOf } from "./router-pool";

type FoundModel = Extract<ModelAddress, { kind: "model" }>;

/** Finds whose page `/author/slug` is. */
export function findModelPage(author: string, slug: string): ModelAddress | undefined {
  return resolveAddress(getCatalog(), `${author}/${slug}`);
}

/** Describes a model with what was measured of its endpoints lately, and what of it the reader reaches. */
export async function describeModel(
  { id, entry, model }: FoundModel,
  reach: Reach,
  nowMs: number,
): Promise<ModelDescription> {
  const catalog = getCatalog();
  const byId = new Map((await listedModels(nowMs, reach)).map((listed) => [listed.id, listed]));
  const listed = byId.get(entry.id);
  if (listed === undefined) throw new Error(`${entry.id} is in the catalog and not in its list`);
  return {
    id,
    listed,
    fact: { ...model.fact, description: entry.fact.description ?? model.fact.description ?? "" },
    aliasOf: entry === model ? undefined : { id: model.id, name: model.fact.name },
    offers: describeOffers([model], reach, nowMs),
    pool: (routerPoolOf(catalog, entry.id) ?? []).flatMap((one) => byId.get(one) ?? []),
    relatives: relativesOf(catalog, model),
  };
}

function relativesOf(catalog: Catalog, { id, fact }: Model): readonly string[] {
  const base = fact.variantOf ?? id;
  return [...catalog.models.values()]
    .filter((other) => other.id === base || other.fact.variantOf === base)
    .map((other) => other.id)
    .filter((other) => other !== id);
}
