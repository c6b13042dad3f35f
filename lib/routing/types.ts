import type { UnitPrice } from "@/lib/money";
import type { Quantization } from "@/lib/schemas/catalog";
import type { Endpoint, Model } from "@/lib/schemas/endpoint";

/** The stable words for why an endpoint cannot serve a request. */
export type RuleName =
  | "configured"
  | "only"
  | "ignore"
  | "order"
  | "data_collection"
  | "zdr"
  | "quantizations"
  | "max_price"
  | "require_parameters"
  | "tools"
  | "max_tokens"
  | "structured_outputs"
  | "input_modalities"
  | "output_modalities"
  | "context_length";

/** Preferences in one settled form: lists lower-case, absent ones empty, prices parsed. */
export type RoutePreferences = {
  order: readonly string[];
  /** Empty: every provider is allowed. */
  only: readonly string[];
  ignore: readonly string[];
  allowFallbacks: boolean;
  requireParameters: boolean;
  denyDataCollection: boolean;
  zeroDataRetention: boolean;
  /** Empty: any. */
  quantizations: readonly Quantization[];
  sort: "price" | "throughput" | "latency" | undefined;
  /** Caps in 1e-24 USD per unit. */
  maxPrice: {
    prompt: UnitPrice | undefined;
    completion: UnitPrice | undefined;
    request: UnitPrice | undefined;
  };
  // What the account has set for all of its requests, next to what this one says.
  accountOnly: readonly string[];
  accountIgnore: readonly string[];
  /** The account's allowed providers are all there is: `only` can narrow them and not add to them. */
  lockAllowed: boolean;
  denyTrainingPaid: boolean;
  denyTrainingFree: boolean;
  accountZeroDataRetention: boolean;
};

/** What the request needs of an endpoint. */
export type RouteNeeds = {
  /** Our estimate; decides only what plainly does not fit. */
  promptTokens: number;
  /** `undefined`: the caller set no limit. */
  maxOutputTokens: number | undefined;
  tools: boolean;
  jsonSchema: boolean;
  inputModalities: readonly ("image" | "file" | "audio" | "video")[];
  outputModalities: readonly ("image" | "audio")[];
  /** Request parameters as the endpoints' lists name them. */
  parameters: readonly string[];
};

/** What has been measured of an endpoint lately. Absent: nothing yet, which counts as stable. */
export type EndpointHealth = {
  /** No significant outage in the last 30 s. */
  stable: boolean;
  throughputP50: number | undefined;
  latencyMsP50: number | undefined;
};
export type HealthSnapshot = ReadonlyMap<string, EndpointHealth>;

export type Candidate = {
  model: Model;
  endpoint: Endpoint;
  stable: boolean;
  /** Probability of being tried first among the endpoints of its model, 0 to 1. */
  probability: number;
  /** What it was ranked by: price in USD per token, tokens/s or ms; its meaning is the plan's `strategy`. */
  score: number | null;
};

export type Exclusion = {
  model: string;
  provider: string;
  endpoint: string;
  rule: RuleName;
  reason: string;
  /** The smallest change that would let the endpoint in. */
  fix: string;
};

export type RouteStrategy = "order" | "price" | "throughput" | "latency" | "load_balance";

export type RoutePlan =
  | {
      kind: "route";
      strategy: RouteStrategy;
      candidates: readonly [Candidate, ...Candidate[]];
      excluded: readonly Exclusion[];
    }
  | { kind: "unroutable"; rule: RuleName; message: string; excluded: readonly Exclusion[] };

export type PlanInput = {
  /** In order of preference. */
  models: readonly Model[];
  needs: RouteNeeds;
  preferences: RoutePreferences;
  /** Whether anybody has a key for the endpoint's provider. */
  isConfigured: (endpoint: Endpoint) => boolean;
  /** Why an endpoint is not configured although something of it is, and what is missing. */
  explainUnconfigured?: (endpoint: Endpoint) => { reason: string; fix: string } | undefined;
  health: HealthSnapshot;
  /** Uniform in [0, 1). */
  random: () => number;
};
