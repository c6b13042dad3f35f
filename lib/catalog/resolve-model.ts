import type { Model } from "@/lib/schemas/endpoint";
import type { Catalog } from "./build-catalog";

/** Variants that are request settings in disguise and work on every model. */
const DYNAMIC_VARIANTS = new Set(["nitro", "floor", "online", "thinking"]);

export type ResolvedModel = {
  /** Candidate models, best first: one, or the pool of a router entry. */
  models: readonly [Model, ...Model[]];
  /** Dynamic variants of the string, without their colons. */
  variants: readonly string[];
  /** The router entry that chose, such as `openrouter/auto`. */
  router: string | undefined;
};

/**
 * Finds what a model string means: an id, a canonical slug, an alias, a bare name that only one model has, each with
 * static (`:free`) and dynamic (`:nitro`) variants. `undefined` when it means nothing.
 */
export function resolveModel(catalog: Catalog, text: string): ResolvedModel | undefined {
  const direct = findModel(catalog, text);
  if (direct !== undefined) return resolved(catalog, direct, []);

  const [slug = "", ...words] = text.split(":");
  const variants = words.filter((word) => DYNAMIC_VARIANTS.has(word));
  const fixed = words.filter((word) => !DYNAMIC_VARIANTS.has(word));
  if (variants.length === 0) return undefined;
  const model = findModel(catalog, [slug, ...fixed].join(":"));
  return model === undefined ? undefined : resolved(catalog, model, variants);
}

function resolved(catalog: Catalog, model: Model, variants: readonly string[]): ResolvedModel | undefined {
  const pool = catalog.routerPools.get(model.id);
  if (pool === undefined) return { models: [model], variants, router: undefined };
  const [first, ...rest] = pool.flatMap((id) => catalog.models.get(id) ?? []);
  return first === undefined ? undefined : { models: [first, ...rest], variants, router: model.id };
}

/** Finds one catalog entry by id, canonical slug, alias or bare name; no dynamic variants. */
export function findModel(catalog: Catalog, id: string): Model | undefined {
  const target = catalog.aliases.get(id) ?? id;
  const model = catalog.models.get(target);
  if (model !== undefined) return model;

  // An alias with a static variant: `author/alias:free` is `author/target:free`.
  const colon = id.indexOf(":");
  const base = colon === -1 ? undefined : catalog.aliases.get(id.slice(0, colon));
  if (base !== undefined) return catalog.models.get(base + id.slice(colon));

  const sameName = catalog.idsByName.get(id);
  const [only] = sameName ?? [];
  return sameName?.length === 1 && only !== undefined ? findModel(catalog, only) : undefined;
}
