import type { Model } from "@/lib/schemas/endpoint";
import type { Catalog } from "./build-catalog";

/**
 * Variants that are request settings in disguise: `nitro` and `floor` sort, `online` searches, on every model;
 * `thinking` asks for reasoning, on models that reason; `extended` keeps to the endpoints with the longest context.
 */
const DYNAMIC_VARIANTS = ["nitro", "floor", "online", "thinking", "extended"] as const;
type DynamicVariant = (typeof DYNAMIC_VARIANTS)[number];

/** Every variant there is, for messages. Some are catalog entries of their own on some models. */
export const KNOWN_VARIANTS = ["free", "exacto", ...DYNAMIC_VARIANTS] as const;

export type ResolvedModel = {
  /** Candidate models, best first: one, or the pool of a router entry. */
  models: readonly [Model, ...Model[]];
  /** Dynamic variants of the string, without their colons. */
  variants: readonly DynamicVariant[];
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
  // A catalog entry of its own goes before a setting of the same name.
  const fixed = words.find((word) => findModel(catalog, `${slug}:${word}`) !== undefined);
  const rest = words.filter((word) => word !== fixed);
  const variants = rest.flatMap((word) => DYNAMIC_VARIANTS.find((known) => known === word) ?? []);
  if (variants.length === 0 || variants.length < rest.length) return undefined;
  const model = findModel(catalog, fixed === undefined ? slug : `${slug}:${fixed}`);
  if (model === undefined) return undefined;
  if (variants.includes("thinking") && !canReason(catalog, model)) return undefined;
  return resolved(catalog, variants.includes("extended") ? extended(model) : model, variants);
}

/** Whether `:thinking` means anything: the model reasons, or it is a router that may choose one that does. */
export function canReason(catalog: Catalog, { id, fact }: Model): boolean {
  return fact.reasoning !== undefined || fact.supportedParameters.includes("reasoning") || catalog.routerPools.has(id);
}

/** Made once for each model: a plan tells models apart by identity. */
const extendedModels = new WeakMap<Model, Model>();

/** The model with only those of its endpoints that have the longest context. */
function extended(model: Model): Model {
  const known = extendedModels.get(model);
  if (known !== undefined) return known;
  const longest = Math.max(0, ...model.endpoints.map(({ contextTokens }) => contextTokens));
  const made = { ...model, endpoints: model.endpoints.filter(({ contextTokens }) => contextTokens === longest) };
  extendedModels.set(model, made);
  return made;
}

function resolved(catalog: Catalog, model: Model, variants: readonly DynamicVariant[]): ResolvedModel | undefined {
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
