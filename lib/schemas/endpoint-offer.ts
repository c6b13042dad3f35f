/** What becomes of the prompts that a provider is sent. */
export type DataPolicy =
  /** Nothing is known, so it counts as one that keeps and may train. */
  { kind: "unknown" } | { kind: "zdr" } | { kind: "retains"; days: number | undefined } | { kind: "trains" };

/** A price that is not one of tokens in and out. */
export type OtherPrice = {
  /** Such as "Web search". */
  label: string;
  usd: number;
  /** Such as "per search". */
  unit: string;
};

/** Prices of long prompts. */
export type PriceTier = {
  minPromptTokens: number;
  /** USD per million tokens. */
  prompt: number | undefined;
  completion: number | undefined;
};

/** One provider's offer of one model, as pages show it. Prices are for display, in USD per million tokens. */
export type EndpointOffer = {
  /** `model|tag` */
  id: string;
  modelId: string;
  modelName: string;
  /** What `provider.only` and `provider.order` take, such as `deepinfra/turbo`. */
  tag: string;
  provider: { slug: string; name: string };
  /** A cloud's region, or the country of the provider's head office. */
  region: string | undefined;
  quantization: string;
  contextTokens: number;
  maxOutputTokens: number | undefined;
  promptPrice: number | undefined;
  completionPrice: number | undefined;
  cacheReadPrice: number | undefined;
  cacheWritePrice: number | undefined;
  otherPrices: readonly OtherPrice[];
  tiers: readonly PriceTier[];
  supportedParameters: readonly string[];
  /** It keeps prompts for a while without being told to, and charges less for what it finds again. */
  cachesByItself: boolean;
  dataPolicy: DataPolicy;
  isReachable: boolean;
  /** Median milliseconds to the first token, of the last half hour. */
  latencyMs: number | undefined;
  /** Median tokens per second, of the last half hour. */
  throughput: number | undefined;
  /** Share of requests that went well in the last day, 0 to 1. */
  uptime: number | undefined;
  /** The same by hour, the oldest first; `null` where there were no requests. */
  uptimeByHour: readonly (number | null)[];
};
