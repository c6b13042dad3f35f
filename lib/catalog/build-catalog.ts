import { parseUnitPrice, type UnitPrice } from "@/lib/money";
import { type AutoRouterPool, autoRouterPoolSchema } from "@/lib/schemas/auto-router";
import {
  type EndpointFact,
  endpointFactSchema,
  type ModelFact,
  modelFactSchema,
  type PriceList,
  type ProviderFact,
  providerFactSchema,
} from "@/lib/schemas/catalog";
import type { Endpoint, Model, Provider, UnitPrices } from "@/lib/schemas/endpoint";
import { exactoModels, isExacto } from "./exacto-models";
import { aliasFact, latestAliases } from "./model-family";

/** Everything there is to route to, in memory, ready for the hot path. */
export type Catalog = {
  providers: ReadonlyMap<string, Provider>;
  /** By id, newest first. */
  models: ReadonlyMap<string, Model>;
  /** Other names of models: aliases, canonical slugs. */
  aliases: ReadonlyMap<string, string>;
  /** Ids by bare name (the part after the slash), for requests that leave the author out. */
  idsByName: ReadonlyMap<string, readonly string[]>;
  /** Candidate models of the router entries that try them in order, best first. */
  routerPools: ReadonlyMap<string, readonly string[]>;
  /** Ids by field of use (`programming`, `general`, …), best first, in our own judgement. */
  rankings: ReadonlyMap<string, readonly string[]>;
  /** What the Auto Router chooses from. */
  autoRouterPool: AutoRouterPool;
};

export type CatalogInput = {
  providers: readonly unknown[];
  models: readonly unknown[];
  endpoints: readonly unknown[];
  overrides: readonly { kind: string; key: string; patch: Record<string, unknown> }[];
  aliases: Readonly<Record<string, string>>;
  routerPools: Readonly<Record<string, readonly string[]>>;
  rankings: Readonly<Record<string, readonly string[]>>;
  /** The operator's file, unchecked; absent: an empty pool. */
  autoRouterPool?: unknown;
};

type Schema<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } };

/**
 * Puts imported facts and operator overrides together. An override that makes an entry invalid is left out and named in
 * `problems`: a slip of the operator must not take every model down.
 */
export function buildCatalog(input: CatalogInput): { catalog: Catalog; problems: string[] } {
  const problems: string[] = [];
  const patches = new Map(input.overrides.map((override) => [`${override.kind}:${override.key}`, override.patch]));

  const overridden = <T>(schema: Schema<T>, kind: string, key: string, fact: T): T => {
    const patch = patches.get(`${kind}:${key}`);
    if (patch === undefined) return fact;
    const parsed = schema.safeParse({ ...fact, ...patch });
    if (parsed.success) return parsed.data;
    problems.push(`the override of ${kind} ${key} does not fit and is ignored`);
    return fact;
  };

  const providers = new Map<string, Provider>();
  for (const raw of input.providers) {
    const imported: ProviderFact = providerFactSchema.parse(raw);
    const fact = overridden(providerFactSchema, "provider", imported.slug, imported);
    providers.set(fact.slug, { slug: fact.slug, name: fact.name, fact });
  }

  const endpointsByModel = new Map<string, Endpoint[]>();
  for (const raw of input.endpoints) {
    const imported: EndpointFact = endpointFactSchema.parse(raw);
    const fact = overridden(endpointFactSchema, "endpoint", `${imported.model}|${imported.tag}`, imported);
    const provider = providers.get(fact.provider);
    if (provider === undefined) throw new Error(`endpoint ${fact.model}|${fact.tag} names an unknown provider`);
    const list = endpointsByModel.get(fact.model) ?? [];
    list.push(endpointOf(fact, provider));
    endpointsByModel.set(fact.model, list);
  }

  const listed = input.models
    .map((raw) => modelFactSchema.parse(raw))
    .map((fact) => overridden(modelFactSchema, "model", fact.id, fact));
  const dated = [...listed, ...exactoModels(listed)].sort(
    (a, b) => b.createdSeconds - a.createdSeconds || (a.id < b.id ? -1 : 1),
  );
  const factsById = new Map(dated.map((fact) => [fact.id, fact]));
  const latest = latestAliases(dated, (id) => endpointsByModel.has(id));
  const facts = dated.map((fact) => {
    const target = factsById.get(latest.get(fact.id) ?? "");
    return target === undefined || fact.status !== "alias" ? fact : aliasFact(fact, target);
  });
  const models = new Map<string, Model>();
  for (const fact of facts) {
    models.set(fact.id, { id: fact.id, fact, endpoints: endpointsOf(fact, factsById, endpointsByModel) });
  }

  const aliases = new Map([...latest, ...aliasesOf(facts, models, input.aliases)]);
  return {
    catalog: {
      providers,
      models,
      aliases,
      idsByName: idsByNameOf(facts, aliases),
      routerPools: new Map(Object.entries(input.routerPools)),
      rankings: new Map(Object.entries(input.rankings)),
      autoRouterPool: poolOf(input.autoRouterPool, models, problems),
    },
    problems,
  };
}

/**
 * A static variant without endpoints of its own is served by those of the model it is a variant of; `:exacto` by the
 * ones that are named for it, as long as any are.
 */
function endpointsOf(
  fact: ModelFact,
  factsById: ReadonlyMap<string, ModelFact>,
  endpointsByModel: ReadonlyMap<string, Endpoint[]>,
): readonly Endpoint[] {
  const own = endpointsByModel.get(fact.id);
  if (own !== undefined) return own;
  if (fact.variantOf === undefined) return [];
  const base = endpointsByModel.get(fact.variantOf) ?? [];
  const named = fact.exactoEndpoints ?? factsById.get(fact.variantOf)?.exactoEndpoints ?? [];
  return isExacto(fact) && named.length > 0 ? base.filter(({ tag }) => named.includes(tag)) : base;
}

/** An endpoint ready for the hot path: prices parsed, lists as sets. */
export function endpointOf(fact: EndpointFact, provider: Provider): Endpoint {
  return {
    id: `${fact.model}|${fact.tag}`,
    modelId: fact.model,
    tag: fact.tag,
    provider,
    upstreamId: fact.upstreamId,
    contextTokens: fact.contextTokens,
    maxOutputTokens: fact.maxOutputTokens,
    prices: unitPricesOf(fact.prices),
    supportedParameters: new Set(fact.supportedParameters),
    fact,
  };
}

/** Parses a price list. What a provider does not price on its own costs what the class around it costs. */
export function unitPricesOf(prices: PriceList): UnitPrices {
  const optional = (text: string | undefined, otherwise: UnitPrice) =>
    text === undefined ? otherwise : parseUnitPrice(text);
  const prompt = parseUnitPrice(prices.prompt);
  const completion = parseUnitPrice(prices.completion);
  const cacheRead = optional(prices.inputCacheRead, prompt);
  const cacheWrite = optional(prices.inputCacheWrite, prompt);
  const reasoning = optional(prices.internalReasoning, completion);
  const tiers = (prices.tiers ?? [])
    .map((tier) => {
      const tierPrompt = optional(tier.prompt, prompt);
      const tierCompletion = optional(tier.completion, completion);
      return {
        minPromptTokens: tier.minPromptTokens,
        prompt: tierPrompt,
        completion: tierCompletion,
        cacheRead: optional(tier.inputCacheRead, prices.inputCacheRead === undefined ? tierPrompt : cacheRead),
        cacheWrite: optional(tier.inputCacheWrite, prices.inputCacheWrite === undefined ? tierPrompt : cacheWrite),
        reasoning: reasoning === completion ? tierCompletion : reasoning,
      };
    })
    .sort((a, b) => a.minPromptTokens - b.minPromptTokens);
  return {
    prompt,
    completion,
    cacheRead,
    cacheWrite,
    reasoning,
    promptAudio: optional(prices.audio, prompt),
    completionImage: optional(prices.imageOutput, completion),
    request: optional(prices.request, 0n),
    webSearch: prices.webSearch === undefined ? undefined : optional(prices.webSearch, 0n),
    tiers,
  };
}

/** A slip in the operator's file costs the entry that it is in, or the pool; never the start. */
function poolOf(file: unknown, models: ReadonlyMap<string, Model>, problems: string[]): AutoRouterPool {
  if (file === undefined) return { models: [] };
  const parsed = autoRouterPoolSchema.safeParse(file);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    problems.push(`auto-router.json does not fit and is ignored: ${issue?.path.join(".")} ${issue?.message}`);
    return { models: [] };
  }
  return {
    models: parsed.data.models.filter(({ model }) => {
      const isKnown = models.has(model);
      if (!isKnown) problems.push(`auto-router.json names ${model}, which the catalog does not have`);
      return isKnown;
    }),
  };
}

function aliasesOf(
  facts: readonly ModelFact[],
  models: ReadonlyMap<string, Model>,
  extra: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const fact of facts) {
    // A variant shares its base's canonical slug; the plain entry is the one it means.
    if (fact.variantOf === undefined && fact.status !== "alias" && !models.has(fact.canonicalSlug)) {
      aliases.set(fact.canonicalSlug, fact.id);
    }
  }
  for (const [alias, id] of Object.entries(extra)) if (!models.has(alias)) aliases.set(alias, id);
  for (const fact of facts) if (fact.aliasOf !== undefined) aliases.set(fact.id, fact.aliasOf);
  return aliases;
}

/** Names of models go before those of aliases; aliases are also the vendors' own names, which their clients send alone. */
function idsByNameOf(
  facts: readonly ModelFact[],
  aliases: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  const nameOf = (id: string) => id.slice(id.indexOf("/") + 1);
  const ids = new Map<string, string[]>();
  for (const { id } of facts) ids.set(nameOf(id), [...(ids.get(nameOf(id)) ?? []), id]);
  const others = new Map<string, Set<string>>();
  for (const [alias, id] of aliases) {
    const name = nameOf(alias);
    if (!ids.has(name)) others.set(name, (others.get(name) ?? new Set()).add(id));
  }
  for (const [name, targets] of others) ids.set(name, [...targets]);
  return ids;
}
