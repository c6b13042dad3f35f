import { normalizePreferences } from "@/lib/routing/normalize-preferences";
import { planRoute } from "@/lib/routing/plan-route";
import type { OwnWays, PlanInput, RouteNeeds, RoutePlan } from "@/lib/routing/types";
import { type AccountSettings, DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import type { EndpointHealth, Percentiles } from "@/lib/schemas/endpoint-health";
import type { ProviderPreferences } from "@/lib/schemas/provider-preferences";

/** A short question with an ordinary limit. */
const NEEDS: RouteNeeds = {
  promptTokens: 100,
  maxOutputTokens: 1_000,
  maxOutputField: "max_tokens",
  tools: false,
  jsonSchema: false,
  inputModalities: [],
  videoAddresses: [],
  outputModalities: [],
  parameters: [],
};

/** Plans with believable values for all that a test does not care about. Endpoints of `acme/model` go by their tags. */
export function plan(options: {
  models: PlanInput["models"];
  provider?: ProviderPreferences;
  route?: "fallback" | "sort";
  settings?: Partial<AccountSettings>;
  needs?: Partial<RouteNeeds>;
  /** By tag, or by id. */
  health?: Readonly<Record<string, Partial<EndpointHealth>>>;
  /** Slugs of the providers with a key; all of them when absent. */
  configured?: readonly string[];
  /** Slugs of the providers that search the web by themselves. */
  searching?: readonly string[];
  variantSorts?: NonNullable<PlanInput["variantSorts"]>;
  affinity?: readonly string[];
  /** What the account's own keys mean, by the provider's slug. */
  own?: Readonly<Record<string, Partial<OwnWays>>>;
  random?: () => number;
}): RoutePlan {
  const idOf = (tag: string) => (tag.includes("|") ? tag : `acme/model|${tag}`);
  const health = Object.entries(options.health ?? {}).map(([tag, known]) => {
    const value: EndpointHealth = { stable: true, throughput: undefined, latencyMs: undefined, ...known };
    return [idOf(tag), value] as const;
  });
  return planRoute({
    models: options.models,
    needs: { ...NEEDS, ...options.needs },
    preferences: normalizePreferences(options.provider, options.route, {
      ...DEFAULT_ACCOUNT_SETTINGS,
      ...options.settings,
    }),
    isConfigured: ({ provider }) => options.configured?.includes(provider.slug) ?? true,
    searchesNatively: ({ provider }) => options.searching?.includes(provider.slug) ?? false,
    health: new Map(health),
    ...(options.variantSorts === undefined ? {} : { variantSorts: options.variantSorts }),
    ...(options.own === undefined ? {} : { ownWays: ownWaysOf(options.own) }),
    ...(options.affinity === undefined ? {} : { affinity: new Set(options.affinity.map(idOf)) }),
    random: options.random ?? (() => 0.5),
  });
}

function ownWaysOf(own: Readonly<Record<string, Partial<OwnWays>>>): NonNullable<PlanInput["ownWays"]> {
  return ({ provider: { slug } }) => {
    const ways = own[slug];
    return ways === undefined ? undefined : { first: [], last: [], exclusive: undefined, ...ways };
  };
}

/** The tags of the candidates, in order. */
export function tagsOf(result: RoutePlan): string[] {
  return result.kind === "route" ? result.candidates.map(({ endpoint }) => endpoint.tag) : [];
}

/** The same at every percentile. */
export function flat(value: number): Percentiles {
  return { p50: value, p75: value, p90: value, p99: value };
}

/** Numbers in [0, 1) that look random and are the same in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    // xorshift32: enough for a distribution.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
