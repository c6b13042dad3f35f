import type { Endpoint, Model } from "@/lib/schemas/endpoint";
import { matchesProvider } from "./match-provider";
import { type Ordered, type OrderInput, orderEndpoints } from "./order-endpoints";
import type { Candidate, OwnKey } from "./types";
import type { Ways } from "./ways-of";

type Offer = { model: Model; endpoint: Endpoint };

/** The keys of one kind that an endpoint may be tried with; `undefined` is the installation's. */
type KeysOf = (endpoint: Endpoint) => readonly (OwnKey | undefined)[];

/**
 * Puts endpoints into order for an account that has keys of its own: what can be asked with those comes first, in the
 * order that it would have anyway and with one key after the other; then the installation's keys; then the account's
 * fallback keys. An explicit order of the request stays, with the account's keys before the installation's at each
 * place. Without fallbacks one endpoint is left, with all the keys for it.
 */
export function orderByKeys(group: readonly Offer[], input: OrderInput, waysOf: (endpoint: Endpoint) => Ways): Ordered {
  const kinds: readonly KeysOf[] = [
    (endpoint) => waysOf(endpoint).first,
    (endpoint) => (waysOf(endpoint).shared ? [undefined] : []),
    (endpoint) => waysOf(endpoint).last,
  ];
  return input.preferences.order.length > 0 ? namedInPlace(group, input, kinds) : ownFirst(group, input, kinds);
}

function ownFirst(group: readonly Offer[], input: OrderInput, kinds: readonly KeysOf[]): Ordered {
  const { preferences } = input;
  const open = { ...input, preferences: { ...preferences, allowFallbacks: true } };
  const [leading, ...following] = kinds.flatMap((keysOf) => {
    const reached = group.filter(({ endpoint }) => keysOf(endpoint).length > 0);
    if (reached.length === 0) return [];
    const { strategy, candidates } = orderEndpoints(reached, open);
    return { strategy, candidates: withKeys(candidates, keysOf) };
  });
  if (leading === undefined) return orderEndpoints([], input);
  const all = [...leading.candidates, ...neverFirst(following.flatMap(({ candidates }) => candidates))];
  const [first] = all;
  const candidates = preferences.allowFallbacks
    ? all
    : all.filter(({ endpoint, model }) => endpoint === first?.endpoint && model === first.model);
  return { strategy: leading.strategy, candidates };
}

function namedInPlace(group: readonly Offer[], input: OrderInput, kinds: readonly KeysOf[]): Ordered {
  const { order } = input.preferences;
  const isNamed = ({ endpoint }: Offer) => order.some((name) => matchesProvider(name, endpoint));
  const { strategy, candidates } = orderEndpoints(group.filter(isNamed), input);
  const named = candidates.flatMap((candidate) => kinds.flatMap((keysOf) => withKeys([candidate], keysOf)));
  const unnamed = { ...input, preferences: { ...input.preferences, order: [] } };
  const rest = ownFirst(
    group.filter((offer) => !isNamed(offer)),
    unnamed,
    kinds,
  );
  if (named.length === 0) return { strategy, candidates: rest.candidates };
  const [first, ...others] = [...named, ...rest.candidates];
  return first === undefined
    ? { strategy, candidates: [] }
    : { strategy, candidates: [{ ...first, probability: 1 }, ...neverFirst(others)] };
}

/** Each endpoint once for each key. The chance of being the very first is the first key's. */
function withKeys(candidates: readonly Candidate[], keysOf: KeysOf): readonly Candidate[] {
  return candidates.flatMap((candidate) =>
    keysOf(candidate.endpoint).map((ownKey, index) => ({
      ...candidate,
      probability: index === 0 ? candidate.probability : 0,
      ...(ownKey === undefined ? {} : { ownKey }),
    })),
  );
}

function neverFirst(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.map((candidate) => ({ ...candidate, probability: 0 }));
}
