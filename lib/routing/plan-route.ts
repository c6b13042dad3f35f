import type { Endpoint, Model } from "@/lib/schemas/endpoint";
import { orderByKeys } from "./order-by-keys";
import { type Ordered, orderEndpoints } from "./order-endpoints";
import type { Rule } from "./rule";
import { RULES } from "./rules";
import type { Candidate, Exclusion, PlanInput, RoutePlan } from "./types";
import { allowedWaysOf } from "./ways-of";

type Offer = { model: Model; endpoint: Endpoint };

/**
 * Decides which endpoints may serve a request and in which order they are tried: models in the order given, endpoints
 * of each by the preferences; or all together, when the partition is none. Every endpoint of every model ends up either
 * a candidate or excluded with its reasons.
 */
export function planRoute(input: PlanInput): RoutePlan {
  const rules = RULES.filter(({ applies }) => applies === undefined || applies(input));
  const excluded: Exclusion[] = [];
  const kept = input.models.map((model) => keptOf(model, rules, input, excluded));
  const groups = input.preferences.partition === "none" ? [kept.flat()] : kept;
  const ordered = groups.filter((group) => group.length > 0).map((group) => orderedGroup(group, input, excluded));
  const [leading, ...following] = ordered;
  const [first, ...rest] = leading?.candidates ?? [];
  if (leading === undefined || first === undefined) {
    return { kind: "unroutable", ...refusalOf(input, excluded), excluded };
  }
  // Whatever is of a later model is never the very first that is tried.
  const later = following.flatMap(({ candidates }) => candidates.map((entry) => ({ ...entry, probability: 0 })));
  return { kind: "route", strategy: leading.strategy, candidates: [first, ...rest, ...later], excluded };
}

function keptOf(model: Model, rules: readonly Rule[], input: PlanInput, excluded: Exclusion[]): readonly Offer[] {
  const kept: Offer[] = [];
  for (const endpoint of model.endpoints) {
    const exclusion = exclusionOf(endpoint, model, rules, input);
    if (exclusion === undefined) kept.push({ model, endpoint });
    else excluded.push(exclusion);
  }
  return kept;
}

/** All rules are asked, because a fix that leaves the endpoint out for the next reason is none. */
function exclusionOf(
  endpoint: Endpoint,
  model: Model,
  rules: readonly Rule[],
  input: PlanInput,
): Exclusion | undefined {
  let found: Exclusion | undefined;
  for (const rule of rules) {
    const refusal = rule.refuse(endpoint, model, input);
    if (refusal === undefined) continue;
    const { reason, fix } = refusal;
    found =
      found === undefined
        ? exclusion({ model, endpoint }, rule.name, reason, fix)
        : {
            ...found,
            reason: `${found.reason}; ${reason}`,
            fix: `${found.fix}; ${fix}`,
            rules: [...(found.rules ?? [found.rule]), rule.name],
          };
  }
  return found;
}

function exclusion({ model, endpoint }: Offer, rule: Exclusion["rule"], reason: string, fix: string): Exclusion {
  return { model: model.id, provider: endpoint.provider.name, endpoint: endpoint.tag, rule, reason, fix };
}

function orderedGroup(group: readonly Offer[], input: PlanInput, excluded: Exclusion[]): Ordered {
  const { preferences, health, affinity, random } = input;
  const sort = preferences.sort ?? input.variantSorts?.get(group[0]?.model.id ?? "") ?? preferences.defaultSort;
  const { promptTokens } = input.needs;
  const order = { preferences, sort, promptTokens, health, affinity, random };
  const ordered =
    input.ownWays === undefined
      ? orderEndpoints(group, order)
      : orderByKeys(group, order, (endpoint) => allowedWaysOf(endpoint, input));
  if (!preferences.allowFallbacks) noteLeftOut(group, ordered.candidates, excluded);
  return ordered;
}

/** With fallbacks off, only the first of the default order is tried. */
function noteLeftOut(group: readonly Offer[], tried: readonly Candidate[], excluded: Exclusion[]): void {
  for (const offer of group) {
    if (tried.some(({ endpoint, model }) => endpoint === offer.endpoint && model === offer.model)) continue;
    const reason = "fallbacks are off, and another endpoint comes first";
    excluded.push(exclusion(offer, "order", reason, "set provider.allow_fallbacks to true"));
  }
}

/** The rule that the last remaining endpoints fell to: undoing it is what would help most. */
function refusalOf(input: PlanInput, excluded: readonly Exclusion[]) {
  const rule = RULES.findLast(({ name }) => excluded.some((entry) => entry.rule === name));
  if (rule !== undefined) return { rule: rule.name, message: rule.message(input) };
  const names = input.models.map((model) => model.id).join(", ");
  return { rule: "configured" as const, message: `No endpoints found for ${names}` };
}
