import { endpointOf } from "@/lib/catalog/build-catalog";
import type { EndpointFact, ModelFact, ProviderFact } from "@/lib/schemas/catalog";
import type { Endpoint, Model } from "@/lib/schemas/endpoint";

type EndpointChoices = {
  provider: string;
  /** USD per million tokens, of prompt and completion alike unless the latter is given. */
  price?: number;
  completionPrice?: number;
  policy?: ProviderFact["dataPolicy"];
  kind?: ProviderFact["kind"];
  /** Instead of `price`, when that is not enough. */
  prices?: EndpointFact["prices"];
} & Partial<Omit<EndpointFact, "provider" | "prices">>;

/** A model with the given endpoints, and believable values for all that a test does not care about. */
export function makeModel(choices: {
  id?: string;
  endpoints: readonly EndpointChoices[];
  fact?: Partial<ModelFact>;
}): Model {
  const id = choices.id ?? "acme/model";
  const fact: ModelFact = {
    id,
    canonicalSlug: id,
    name: id,
    createdSeconds: 1_700_000_000,
    contextTokens: 128_000,
    inputModalities: ["text"],
    outputModalities: ["text"],
    tokenizer: "Other",
    prices: { prompt: "0.000001", completion: "0.000001" },
    supportedParameters: ["max_tokens", "temperature"],
    isModerated: false,
    status: "active",
    ...choices.fact,
  };
  return { id, fact, endpoints: choices.endpoints.map((endpoint) => makeEndpoint(id, endpoint)) };
}

function makeEndpoint(modelId: string, choices: EndpointChoices): Endpoint {
  const { provider: slug, price = 1, completionPrice = price, policy = null, kind = "hosted", ...changes } = choices;
  const provider: ProviderFact = {
    slug,
    name: slug.charAt(0).toUpperCase() + slug.slice(1),
    kind,
    dataPolicy: policy,
    protocol: "openai-compatible",
    keyVariables: [],
  };
  const fact: EndpointFact = {
    model: modelId,
    provider: slug,
    tag: slug,
    upstreamId: "model",
    quantization: "unknown",
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    prices: { prompt: perToken(price), completion: perToken(completionPrice) },
    supportedParameters: ["max_tokens", "temperature", "tools", "structured_outputs"],
    supportsImplicitCaching: false,
    ...changes,
  };
  return endpointOf(fact, { slug, name: provider.name, fact: provider });
}

function perToken(usdPerMillion: number): string {
  return (usdPerMillion / 1_000_000).toFixed(12);
}
