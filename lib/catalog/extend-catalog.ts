import type { EndpointFact, ModelFact, ProviderFact } from "@/lib/schemas/catalog";
import type { Endpoint, Model, Provider } from "@/lib/schemas/endpoint";
import type { LocalModel, LocalProvider } from "@/lib/schemas/local-model";
import { type Catalog, endpointOf } from "./build-catalog";

/** What this process knows beside the imported facts. */
export type CatalogExtras = {
  /** Providers with a key that sell on what others serve. */
  aggregators: readonly string[];
  local: readonly LocalProvider[];
};

export const NO_EXTRAS: CatalogExtras = { aggregators: [], local: [] };

/** The catalog with an endpoint at each aggregator for every model, and with the models of local servers, at price 0. */
export function extendCatalog(base: Catalog, { aggregators, local }: CatalogExtras): Catalog {
  if (aggregators.length === 0 && local.length === 0) return base;
  const resellers = aggregators.flatMap((slug) => base.providers.get(slug) ?? []);
  const providers = new Map(base.providers);
  const models = new Map<string, Model>();
  const aliases = new Map(base.aliases);
  // First, because they are the operator's own.
  for (const { slug, name, models: found } of local) {
    const provider = providers.get(slug) ?? localProvider(slug, name);
    providers.set(slug, provider);
    for (const model of found) addLocalModel(model, provider, models, aliases);
  }
  for (const [id, model] of base.models) models.set(id, withResellers(model, resellers));
  return { ...base, providers, models, aliases };
}

/** Every model that is one, and not a name for others or a choice among them. */
function withResellers(model: Model, resellers: readonly Provider[]): Model {
  const { fact } = model;
  if (resellers.length === 0 || fact.status === "router" || fact.status === "alias") return model;
  const added = resellers.flatMap((provider): Endpoint[] => {
    if (model.endpoints.some(({ tag }) => tag === provider.slug)) return [];
    return [endpointOf(resoldFact(fact, provider.slug), provider)];
  });
  return added.length === 0 ? model : { ...model, endpoints: [...model.endpoints, ...added] };
}

function resoldFact(fact: ModelFact, slug: string): EndpointFact {
  return {
    model: fact.id,
    provider: slug,
    tag: slug,
    upstreamId: fact.id,
    quantization: "unknown",
    contextTokens: fact.contextTokens,
    ...(fact.maxOutputTokens === undefined ? {} : { maxOutputTokens: fact.maxOutputTokens }),
    prices: fact.prices,
    supportedParameters: fact.supportedParameters,
    supportsImplicitCaching: false,
  };
}

const FREE = { prompt: "0", completion: "0" } as const;

// What the OpenAI protocols of local servers take; what one of them does not know it ignores.
const PARAMETERS = [
  "max_tokens",
  "temperature",
  "top_p",
  "top_k",
  "min_p",
  "frequency_penalty",
  "presence_penalty",
  "repetition_penalty",
  "seed",
  "stop",
  "response_format",
  "structured_outputs",
];

function addLocalModel(
  model: LocalModel,
  provider: Provider,
  models: Map<string, Model>,
  aliases: Map<string, string>,
): void {
  const id = localModelId(provider.slug, model.upstreamId);
  if (models.has(id)) return;
  const parameters = [
    ...PARAMETERS,
    ...(model.takesTools === false ? [] : ["tools", "tool_choice"]),
    ...(model.reasons ? ["reasoning", "include_reasoning", "reasoning_effort"] : []),
  ];
  const fact: ModelFact = {
    id,
    canonicalSlug: id,
    name: `${provider.name}: ${model.upstreamId}`,
    createdSeconds: model.createdSeconds,
    description: `Runs on this installation's own ${provider.name} server.`,
    contextTokens: model.contextTokens,
    inputModalities: model.seesImages ? ["text", "image"] : ["text"],
    outputModalities: model.embeds ? ["embeddings"] : ["text"],
    tokenizer: "Other",
    prices: FREE,
    supportedParameters: parameters,
    isModerated: false,
    status: "active",
    ...(model.reasons ? { reasoning: { efforts: ["low", "medium", "high"], toggle: true } } : {}),
  };
  const endpoint = endpointOf(
    {
      model: id,
      provider: provider.slug,
      tag: provider.slug,
      upstreamId: model.upstreamId,
      quantization: "unknown",
      contextTokens: model.contextTokens,
      prices: FREE,
      supportedParameters: parameters,
      supportsImplicitCaching: false,
    },
    provider,
  );
  models.set(id, { id, fact, endpoints: [endpoint] });
  const asNamed = `${provider.slug}/${model.upstreamId}`;
  for (const alias of [asNamed, `${id}:latest`]) if (alias !== id) aliases.set(alias, id);
}

/** `ollama/llama3.2` for `llama3.2:latest`: the server's name as a model id, in which a slash has a meaning of its own. */
function localModelId(slug: string, name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/:latest$/, "")
    .replace(/[^a-z0-9._:-]/g, "-");
  return `${slug}/${plain}`;
}

function localProvider(slug: string, name: string): Provider {
  const fact: ProviderFact = {
    slug,
    name,
    kind: "local",
    dataPolicy: { trains: false, retainsPrompts: false, zeroDataRetention: true, source: "self-hosted" },
    protocol: "openai-compatible",
    keyVariables: [],
  };
  return { slug, name, fact };
}
