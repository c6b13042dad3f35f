import type { Endpoint, Model } from "@/lib/schemas/endpoint";
import { orderEndpoints, strategyOf } from "./order-endpoints";
import { RULES } from "./rules";
import type { Candidate, Exclusion, PlanInput, RoutePlan } from "./types";

/**
 * Decides which endpoints may serve a request and in which order they are tried: models in the order given, endpoints
 * of each by the preferences. Every endpoint of every model ends up either a candidate or excluded with a reason.
 */
export function planRoute(input: PlanInput): RoutePlan {
  const excluded: Exclusion[] = [];
  const candidates = input.models.flatMap((model) => candidatesOf(model, input, excluded));
  const [first, ...rest] = candidates;
  if (first === undefined) return { kind: "unroutable", ...refusalOf(input, excluded), excluded };
  return { kind: "route", strategy: strategyOf(input.preferences), candidates: [first, ...rest], excluded };
}

function candidatesOf(model: Model, input: PlanInput, excluded: Exclusion[]): readonly Candidate[] {
  const kept = model.endpoints.filter((endpoint) => {
    const exclusion = exclusionOf(endpoint, model, input);
    if (exclusion !== undefined) excluded.push(exclusion);
    return exclusion === undefined;
  });
  const ranked = orderEndpoints(kept, input);
  for (const endpoint of kept) {
    if (!ranked.some((entry) => entry.endpoint === endpoint)) excluded.push(notFirst(endpoint, model));
  }
  return ranked.map((entry) => ({ model, ...entry }));
}

function exclusionOf(endpoint: Endpoint, model: Model, input: PlanInput): Exclusion | undefined {
  for (const rule of RULES) {
    const refusal = rule.refuse(endpoint, model, input);
    if (refusal !== undefined) {
      return { model: model.id, provider: endpoint.provider.name, endpoint: endpoint.tag, rule: rule.name, ...refusal };
    }
  }
  return undefined;
}

/** With fallbacks off, only the first of the default order is tried. */
function notFirst(endpoint: Endpoint, model: Model): Exclusion {
  return {
    model: model.id,
    provider: endpoint.provider.name,
    endpoint: endpoint.tag,
    rule: "order",
    reason: "fallbacks are off, and another endpoint comes first",
    fix: "set provider.allow_fallbacks to true",
  };
}

/** The rule that the last remaining endpoints fell to: undoing it is what would help most. */
function refusalOf(input: PlanInput, excluded: readonly Exclusion[]) {
  const rule = RULES.findLast(({ name }) => excluded.some((exclusion) => exclusion.rule === name));
  if (rule !== undefined) return { rule: rule.name, message: rule.message(input) };
  const names = input.models.map((model) => model.id).join(", ");
  return { rule: "configured" as const, message: `No endpoints found for ${names}` };
}
