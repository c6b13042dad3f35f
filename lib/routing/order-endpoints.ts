import type { Endpoint } from "@/lib/schemas/endpoint";
import { matchesProvider } from "./match-provider";
import type { HealthSnapshot, RoutePreferences, RouteStrategy } from "./types";

export type RankedEndpoint = { endpoint: Endpoint; stable: boolean; probability: number; score: number | null };

type OrderInput = { preferences: RoutePreferences; health: HealthSnapshot; random: () => number };

/** Which of the orderings applies. An explicit order beats a sort, a sort beats load balancing. */
export function strategyOf(preferences: RoutePreferences): RouteStrategy {
  if (preferences.order.length > 0) return "order";
  return preferences.sort ?? "load_balance";
}

/** Puts the endpoints of one model into the order in which they are tried. */
export function orderEndpoints(endpoints: readonly Endpoint[], input: OrderInput): readonly RankedEndpoint[] {
  const { preferences } = input;
  if (preferences.order.length > 0) {
    const named = preferences.order.flatMap((name) => endpoints.filter((endpoint) => matchesProvider(name, endpoint)));
    const inOrder = [...new Set(named)];
    const rest = endpoints.filter((endpoint) => !inOrder.includes(endpoint));
    return [
      ...inOrder.map((endpoint, position) => ranked(endpoint, input.health, position === 0 ? 1 : 0, position)),
      ...defaultOrder(rest, input).map((entry) => (inOrder.length === 0 ? entry : { ...entry, probability: 0 })),
    ];
  }
  const ordered = defaultOrder(endpoints, input);
  return preferences.allowFallbacks ? ordered : ordered.slice(0, 1);
}

function defaultOrder(endpoints: readonly Endpoint[], { preferences, health, random }: OrderInput): RankedEndpoint[] {
  switch (preferences.sort) {
    case "price":
      return sortedBy(endpoints, health, blendedPrice, 1);
    case "throughput":
      return sortedBy(endpoints, health, (endpoint) => health.get(endpoint.id)?.throughputP50, -1);
    case "latency":
      return sortedBy(endpoints, health, (endpoint) => health.get(endpoint.id)?.latencyMsP50, 1);
    case undefined:
      return loadBalanced(endpoints, health, random);
  }
}

/** No load balancing; endpoints without a measurement come after those with one, ties by price. */
function sortedBy(
  endpoints: readonly Endpoint[],
  health: HealthSnapshot,
  measure: (endpoint: Endpoint) => number | undefined,
  direction: 1 | -1,
): RankedEndpoint[] {
  return endpoints
    .map((endpoint) => ({ endpoint, value: measure(endpoint) }))
    .sort((a, b) => {
      if (a.value === undefined || b.value === undefined) {
        if (a.value !== b.value) return a.value === undefined ? 1 : -1;
      } else if (a.value !== b.value) {
        return direction * (a.value - b.value);
      }
      return blendedPrice(a.endpoint) - blendedPrice(b.endpoint);
    })
    .map(({ endpoint, value }, position) => ({
      ...ranked(endpoint, health, position === 0 ? 1 : 0, null),
      score: value ?? null,
    }));
}

/**
 * Stable endpoints are drawn without replacement with weight 1/price²; free ones share the draw evenly before any paid
 * one. Unstable ones come last, cheapest first.
 */
function loadBalanced(endpoints: readonly Endpoint[], health: HealthSnapshot, random: () => number): RankedEndpoint[] {
  const isStable = (endpoint: Endpoint) => health.get(endpoint.id)?.stable ?? true;
  const stable = endpoints.filter(isStable);
  const unstable = endpoints.filter((endpoint) => !isStable(endpoint));
  const free = stable.filter((endpoint) => blendedPrice(endpoint) === 0);
  const paid = stable.filter((endpoint) => blendedPrice(endpoint) !== 0);
  const groups = [
    drawn(free, () => 1, random),
    drawn(paid, (endpoint) => 1 / blendedPrice(endpoint) ** 2, random),
    [...unstable]
      .sort((a, b) => blendedPrice(a) - blendedPrice(b))
      .map((endpoint, position) => ({ endpoint, share: position === 0 ? 1 : 0 })),
  ].filter((group) => group.length > 0);
  return groups.flatMap((group, position) =>
    group.map(({ endpoint, share }) => ranked(endpoint, health, position === 0 ? share : 0, blendedPrice(endpoint))),
  );
}

/** Draws all endpoints one after another; `share` is each one's probability of being the first. */
function drawn(
  endpoints: readonly Endpoint[],
  weightOf: (endpoint: Endpoint) => number,
  random: () => number,
): { endpoint: Endpoint; share: number }[] {
  const pool = endpoints.map((endpoint) => ({ endpoint, weight: weightOf(endpoint) }));
  const total = pool.reduce((sum, { weight }) => sum + weight, 0);
  const result: { endpoint: Endpoint; share: number }[] = [];
  let left = total;
  while (pool.length > 0) {
    const chosen = drawIndex(pool, random() * left);
    for (const { endpoint, weight } of pool.splice(chosen, 1)) {
      left -= weight;
      result.push({ endpoint, share: weight / total });
    }
  }
  return result;
}

/** The entry that `point` falls on when the weights are laid end to end. */
function drawIndex(pool: readonly { weight: number }[], point: number): number {
  let end = 0;
  const index = pool.findIndex(({ weight }) => {
    end += weight;
    return point < end;
  });
  // Rounding may leave a sliver beyond the last weight: the last one then takes it.
  return index === -1 ? pool.length - 1 : index;
}

function ranked(endpoint: Endpoint, health: HealthSnapshot, probability: number, score: number | null): RankedEndpoint {
  return { endpoint, stable: health.get(endpoint.id)?.stable ?? true, probability, score };
}

/** USD per prompt token plus USD per completion token. */
export function blendedPrice(endpoint: Endpoint): number {
  // For weights and comparisons alone, on the hot path: the last digit does not matter.
  return Number(endpoint.prices.prompt + endpoint.prices.completion) / 1e24;
}
