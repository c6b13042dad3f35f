import type { Endpoint, Model } from "@/lib/schemas/endpoint";
import type { EndpointHealth, HealthSnapshot, Percentiles } from "@/lib/schemas/endpoint-health";
import type { SortWord } from "@/lib/schemas/provider-preferences";
import { drawAll } from "./draw-all";
import { blendedPrice } from "./endpoint-price";
import { matchesProvider } from "./match-provider";
import type { Candidate, RoutePreferences, RouteStrategy } from "./types";

/** An endpoint that may serve the request, with all that it is ranked by. */
type Offer = {
  model: Model;
  endpoint: Endpoint;
  /** USD per prompt token and completion token together. */
  price: number;
  health: EndpointHealth | undefined;
  stable: boolean;
  /** 0: as fast as preferred; 1: not known; 2: slower. */
  rank: number;
};

export type OrderInput = {
  preferences: RoutePreferences;
  /** The preferences' order, or else the variant's. */
  sort: SortWord | undefined;
  promptTokens: number;
  health: HealthSnapshot;
  affinity: ReadonlySet<string> | undefined;
  random: () => number;
};

export type Ordered = { strategy: RouteStrategy; candidates: readonly Candidate[] };

/**
 * Puts endpoints into the order in which they are tried. An explicit order beats a sort, a sort beats load balancing.
 * The probabilities of being first add up to 1. Without fallbacks only the first is left, unless an order is given.
 */
export function orderEndpoints(endpoints: readonly { model: Model; endpoint: Endpoint }[], input: OrderInput): Ordered {
  const { order, allowFallbacks } = input.preferences;
  const offers = endpoints.map(({ model, endpoint }) => offerOf(model, endpoint, input));
  if (order.length === 0) {
    const ordered = directFirst(offers, input);
    return allowFallbacks ? ordered : { ...ordered, candidates: ordered.candidates.slice(0, 1) };
  }
  const named = namedFirst(offers, input);
  const rest = directFirst(
    offers.filter((offer) => !named.includes(offer)),
    input,
  );
  const candidates = [
    ...named.map((offer, position) => candidateOf(offer, position === 0 ? 1 : 0, position)),
    ...rest.candidates.map((entry) => (named.length === 0 ? entry : { ...entry, probability: 0 })),
  ];
  return { strategy: "order", candidates };
}

function offerOf(model: Model, endpoint: Endpoint, { preferences, promptTokens, health }: OrderInput): Offer {
  const known = health.get(endpoint.id);
  return {
    model,
    endpoint,
    price: blendedPrice(endpoint, promptTokens),
    health: known,
    stable: known?.stable ?? true,
    rank: rankOf(known, preferences),
  };
}

/** Each name's endpoints in the order of the names; several of one name in the order of the sort, else by price. */
function namedFirst(offers: readonly Offer[], { preferences, sort }: OrderInput): readonly Offer[] {
  const byName = preferences.order.flatMap((name) =>
    sorted(
      offers.filter(({ endpoint }) => matchesProvider(name, endpoint)),
      sort ?? "price",
    ),
  );
  return [...new Set(byName)];
}

/** Who sells on what others serve comes after all of those, whatever the order: another hop, and another margin. */
function directFirst(offers: readonly Offer[], input: OrderInput): Ordered {
  const isResold = ({ endpoint }: Offer) => endpoint.provider.fact.kind === "aggregator";
  const resold = offers.filter(isResold);
  if (resold.length === 0 || resold.length === offers.length) return defaultOrder(offers, input);
  const direct = offers.filter((offer) => !isResold(offer));
  const first = defaultOrder(direct, input);
  const last = defaultOrder(resold, { ...input, affinity: undefined }).candidates;
  return { ...first, candidates: [...first.candidates, ...last.map((entry) => ({ ...entry, probability: 0 }))] };
}

function defaultOrder(offers: readonly Offer[], input: OrderInput): Ordered {
  const { sort, affinity } = input;
  if (sort !== undefined) {
    const candidates = sorted(offers, sort).map((offer, position) =>
      candidateOf(offer, position === 0 ? 1 : 0, scoreOf(offer, sort) ?? null),
    );
    return { strategy: sort, candidates };
  }
  const candidates = loadBalanced(offers, input.random);
  const kept = keptTo(offers, affinity);
  if (kept === undefined) return { strategy: "load_balance", candidates };
  const others = candidates.filter(({ endpoint }) => endpoint !== kept.endpoint);
  return {
    strategy: "affinity",
    candidates: [candidateOf(kept, 1, kept.price), ...others.map((entry) => ({ ...entry, probability: 0 }))],
  };
}

/** The conversation's own endpoint, unless it fails now or is slower than the caller prefers. */
function keptTo(offers: readonly Offer[], affinity: ReadonlySet<string> | undefined): Offer | undefined {
  for (const id of affinity ?? []) {
    const offer = offers.find(({ endpoint }) => endpoint.id === id);
    if (offer?.stable === true && offer.rank < 2) return offer;
  }
  return undefined;
}

/** No load balancing; those slower than preferred come later, unmeasured ones after measured ones, ties by price. */
function sorted(offers: readonly Offer[], sort: SortWord): readonly Offer[] {
  const direction = sort === "throughput" || sort === "exacto" ? -1 : 1;
  return offers
    .map((offer) => ({ offer, score: scoreOf(offer, sort) }))
    .sort((a, b) => {
      if (a.offer.rank !== b.offer.rank) return a.offer.rank - b.offer.rank;
      if (a.score === undefined || b.score === undefined) {
        if (a.score !== b.score) return a.score === undefined ? 1 : -1;
      } else if (a.score !== b.score) {
        return direction * (a.score - b.score);
      }
      return a.offer.price - b.offer.price;
    })
    .map(({ offer }) => offer);
}

function scoreOf({ endpoint, model, price, health }: Offer, sort: SortWord): number | undefined {
  switch (sort) {
    case "price":
      return price;
    case "throughput":
      return health?.throughput?.p50;
    case "latency":
      return health?.latencyMs?.p50;
    case "exacto":
      return model.fact.exactoEndpoints?.includes(endpoint.tag) === true ? 1 : 0;
  }
}

/**
 * Stable endpoints are drawn without replacement with weight 1/price²; free ones share the draw evenly before any paid
 * one, and those slower than preferred come after the others. Unstable ones come last, cheapest first.
 */
function loadBalanced(offers: readonly Offer[], random: () => number): readonly Candidate[] {
  const result: Candidate[] = [];
  const stable = offers.filter((offer) => offer.stable);
  for (const rank of [0, 1, 2]) {
    const ranked = stable.filter((offer) => offer.rank === rank);
    if (ranked.length === 0) continue;
    const free = ranked.filter(({ price }) => price === 0);
    const paid = ranked.filter(({ price }) => price !== 0);
    for (const [group, weightOf] of [
      [free, () => 1],
      [paid, ({ price }: Offer) => 1 / (price * price)],
    ] as const) {
      const isFirst = result.length === 0;
      for (const { item, share } of drawAll(group, weightOf, random)) {
        result.push(candidateOf(item, isFirst ? share : 0, item.price));
      }
    }
  }
  const unstable = offers.filter((offer) => !offer.stable).sort((a, b) => a.rank - b.rank || a.price - b.price);
  for (const offer of unstable) result.push(candidateOf(offer, result.length === 0 ? 1 : 0, offer.price));
  return result;
}

/** Whether an endpoint is as fast as the caller prefers. All cutoffs must be met; none given are met by all. */
function rankOf(health: EndpointHealth | undefined, { minThroughput, maxLatencyMs }: RoutePreferences): number {
  const speed = meets(health?.throughput, minThroughput, (value, least) => value >= least);
  const time = meets(health?.latencyMs, maxLatencyMs, (value, most) => value <= most);
  return Math.max(speed, time);
}

const PERCENTILES = ["p50", "p75", "p90", "p99"] as const satisfies readonly (keyof Percentiles)[];

function meets(
  measured: Percentiles | undefined,
  cutoffs: Partial<Percentiles>,
  isGood: (value: number, cutoff: number) => boolean,
): number {
  for (const name of PERCENTILES) {
    const cutoff = cutoffs[name];
    if (cutoff === undefined) continue;
    if (measured === undefined) return 1;
    if (!isGood(measured[name], cutoff)) return 2;
  }
  return 0;
}

function candidateOf({ model, endpoint, stable }: Offer, probability: number, score: number | null): Candidate {
  return { model, endpoint, stable, probability, score };
}
