import type { Endpoint } from "@/lib/schemas/endpoint";
import type { OwnKey, PlanInput } from "./types";

/** The keys that an endpoint may be tried with. */
export type Ways = {
  /** The account's own, before the installation's. */
  first: readonly OwnKey[];
  /** The installation's. */
  shared: boolean;
  /** The account's own, when all else has failed. */
  last: readonly OwnKey[];
};

/** The keys that an endpoint may be tried with, by anybody's settings, the request's policy aside. */
export function waysOf(
  endpoint: Endpoint,
  { isConfigured, ownWays }: Pick<PlanInput, "isConfigured" | "ownWays">,
): Ways {
  const own = ownWays?.(endpoint);
  return {
    first: own?.first ?? [],
    shared: own?.exclusive === undefined && isConfigured(endpoint),
    last: own?.last ?? [],
  };
}

/**
 * Those of the ways that the request's wish for zero data retention leaves: what an account says of its own contract with
 * a provider counts for its own keys.
 */
export function allowedWaysOf(endpoint: Endpoint, input: PlanInput): Ways {
  const ways = waysOf(endpoint, input);
  const { zeroDataRetention, accountZeroDataRetention } = input.preferences;
  if (!zeroDataRetention && !accountZeroDataRetention) return ways;
  const usual = endpoint.provider.fact.dataPolicy?.zeroDataRetention === true;
  const retainsNothing = ({ declaredZdr }: OwnKey) => declaredZdr ?? usual;
  return {
    first: ways.first.filter(retainsNothing),
    shared: ways.shared && usual,
    last: ways.last.filter(retainsNothing),
  };
}

export function hasWay({ first, shared, last }: Ways): boolean {
  return shared || first.length > 0 || last.length > 0;
}
