import type { UnitPrice } from "@/lib/money";
import type { EndpointFact, ModelFact, ProviderFact } from "./catalog";

/** Prices of one endpoint, parsed; all in 1e-24 USD per unit. */
export type UnitPrices = {
  prompt: UnitPrice;
  completion: UnitPrice;
  cacheRead: UnitPrice;
  cacheWrite: UnitPrice;
  reasoning: UnitPrice;
  promptAudio: UnitPrice;
  completionImage: UnitPrice;
  request: UnitPrice;
  /** Of one search of the provider's own; `undefined`: it has none, or nobody knows what one costs. */
  webSearch: UnitPrice | undefined;
  /** Ascending by `minPromptTokens`; each replaces the prices it names. */
  tiers: readonly {
    minPromptTokens: number;
    prompt: UnitPrice;
    completion: UnitPrice;
    cacheRead: UnitPrice;
    cacheWrite: UnitPrice;
    reasoning: UnitPrice;
  }[];
};

export type Provider = {
  slug: string;
  name: string;
  fact: ProviderFact;
};

/** One provider's offer of one model. */
export type Endpoint = {
  /** `model|tag`, unique in the catalog. */
  id: string;
  modelId: string;
  tag: string;
  provider: Provider;
  upstreamId: string;
  contextTokens: number;
  maxOutputTokens: number | undefined;
  prices: UnitPrices;
  supportedParameters: ReadonlySet<string>;
  fact: EndpointFact;
};

export type Model = {
  id: string;
  fact: ModelFact;
  endpoints: readonly Endpoint[];
};
