import type { UnitPrice } from "@/lib/money";
import type { Quantization } from "@/lib/schemas/catalog";
import type { Compression } from "@/lib/schemas/compression";
import type { Endpoint, Model } from "@/lib/schemas/endpoint";
import type { HealthSnapshot, Percentiles } from "@/lib/schemas/endpoint-health";
import type { SortWord } from "@/lib/schemas/provider-preferences";

/** The stable words for why an endpoint cannot serve a request. */
export type RuleName =
  | "configured"
  | "only"
  | "ignore"
  | "order"
  | "data_collection"
  | "zdr"
  | "enforce_distillable_text"
  | "quantizations"
  | "max_price"
  | "require_parameters"
  | "tools"
  | "max_tokens"
  | "structured_outputs"
  | "input_modalities"
  | "video_url"
  | "output_modalities"
  | "web_search"
  | "context_length"
  /** Not of the plan: the account has used up its requests to free models. */
  | "free_requests";

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
  /** Only models whose author lets others train on what they write. */
  distillableOnly: boolean;
  /** Empty: any. */
  quantizations: readonly Quantization[];
  sort: SortWord | undefined;
  /** The account's, for requests that say nothing; what a variant asks for goes before it. */
  defaultSort: SortWord | undefined;
  /** `model`: one model after the other. `none`: the endpoints of all models together, as if they were of one. */
  partition: "model" | "none";
  /** Tokens per second; an endpoint that is slower is tried later. */
  minThroughput: Partial<Percentiles>;
  /** Milliseconds to the first content; an endpoint that takes longer is tried later. */
  maxLatencyMs: Partial<Percentiles>;
  /** Caps in 1e-24 USD per unit. */
  maxPrice: {
    prompt: UnitPrice | undefined;
    completion: UnitPrice | undefined;
    request: UnitPrice | undefined;
    image: UnitPrice | undefined;
    audio: UnitPrice | undefined;
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

/** What is known of a prompt that is near a limit of some endpoint. */
export type ContextNeeds = {
  compression: Compression;
  /** Tokens of the prompt by model id, counted with the model's tokenizer or close to it. */
  promptTokens: ReadonlyMap<string, number>;
  /** Endpoints with this context are considered although it is less than half of what is needed. */
  floorTokens?: number;
};

/** What the request needs of an endpoint. */
export type RouteNeeds = {
  /** Our estimate; decides only what plainly does not fit. */
  promptTokens: number;
  /** `undefined`: the caller set no limit. */
  maxOutputTokens: number | undefined;
  /** The field by which the caller set it. */
  maxOutputField: "max_tokens" | "max_completion_tokens";
  /** The field that the prompt is in, of whose entries each has to fit by itself. Absent: the messages, all together. */
  promptField?: "input" | "documents";
  tools: boolean;
  jsonSchema: boolean;
  inputModalities: readonly ("image" | "file" | "audio" | "video")[];
  /** Files must be read by the provider: nobody is to make text of them. Absent: they can always be served. */
  nativeFiles?: boolean;
  /** Where the videos lie that are given by address. */
  videoAddresses: readonly ("youtube" | "other")[];
  outputModalities: readonly ("image" | "audio")[];
  /** Only providers that search the web by themselves. */
  nativeSearch?: boolean;
  /** Request parameters as the endpoints' lists name them. */
  parameters: readonly string[];
  /** Absent: the prompt surely fits every endpoint, or nobody has measured it. */
  context?: ContextNeeds;
};

/** A key of the account's own, as far as a plan needs to know it. */
export type OwnKey = {
  id: string;
  /** What the account calls it. */
  name: string;
  /** What the account says of the data retention behind it; `null`: as the catalog has it. */
  declaredZdr: boolean | null;
};

/** What the account's own keys for a provider mean for one of its endpoints. */
export type OwnWays = {
  /** Tried before the installation's key, in this order. */
  first: readonly OwnKey[];
  /** Tried when all else has failed. */
  last: readonly OwnKey[];
  /** The installation's key is not used, because this one always is. */
  exclusive: OwnKey | undefined;
};

export type Candidate = {
  model: Model;
  endpoint: Endpoint;
  /** The account's own key that it is tried with. Absent: the installation's. */
  ownKey?: OwnKey | undefined;
  stable: boolean;
  /** Probability of being the very first that is tried, 0 to 1; over the whole plan they add up to 1. */
  probability: number;
  /** What it was ranked by: price in USD per token, tokens/s, ms or its place; its meaning is the plan's `strategy`. */
  score: number | null;
};

/** Why an endpoint cannot serve. Its `fix` undoes all that is named in `reason`. */
export type Exclusion = {
  model: string;
  provider: string;
  endpoint: string;
  /** The first rule that refuses it. */
  rule: RuleName;
  /** What each rule that refuses it says, separated by semicolons. */
  reason: string;
  /** The smallest change that would let the endpoint in, for all of its rules. */
  fix: string;
  /** Present when several rules refuse it: all of them. */
  rules?: readonly RuleName[];
};

/** `affinity`: as `load_balance`, but led by the endpoint whose cache holds the conversation. */
export type RouteStrategy = "order" | SortWord | "load_balance" | "affinity";

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
  /** By model id: the order that the model's variant asks for where the preferences ask for none. */
  variantSorts?: ReadonlyMap<string, SortWord>;
  /** Whether the installation has a key for the endpoint's provider. */
  isConfigured: (endpoint: Endpoint) => boolean;
  /** Whether the endpoint can search the web by itself. Absent: none can. */
  searchesNatively?: (endpoint: Endpoint) => boolean;
  /** What the account's own keys mean for the endpoint; `undefined`: nothing. Absent: it has none at all. */
  ownWays?: ((endpoint: Endpoint) => OwnWays | undefined) | undefined;
  /** Why an endpoint is not configured although something of it is, and what is missing. */
  explainUnconfigured?: (endpoint: Endpoint) => { reason: string; fix: string } | undefined;
  health: HealthSnapshot;
  /** Ids of endpoints that this conversation should go back to, the best first. */
  affinity?: ReadonlySet<string>;
  /** Uniform in [0, 1). */
  random: () => number;
};
