import type { Endpoint } from "@/lib/schemas/endpoint";
import { compressesFor } from "./context-fit";
import { planRoute } from "./plan-route";
import type { PlanInput, RoutePlan } from "./types";

/** As many contexts as this are tried, the largest first. */
const MAX_TRIES = 3;

/**
 * Plans a route. When prompts may be compressed and nobody has even half of the context that is needed, the largest
 * context there is has to do; unless that one must not be compressed, since less of the prompt in a smaller one is worse
 * than a refusal that says what to do.
 */
export function planWithCompression(input: PlanInput): RoutePlan {
  const plan = planRoute(input);
  const { context } = input.needs;
  if (plan.kind === "route" || plan.rule !== "context_length" || context === undefined) return plan;
  const refused = new Set(
    plan.excluded.flatMap(({ rule, model, endpoint }) => (rule === "context_length" ? `${model}|${endpoint}` : [])),
  );
  const tooSmall = input.models
    .flatMap((model) => model.endpoints.filter(({ tag }) => refused.has(`${model.id}|${tag}`)))
    .sort((a, b) => b.contextTokens - a.contextTokens);
  for (const floorTokens of contextsOf(tooSmall, input)) {
    const relaxed = planRoute({ ...input, needs: { ...input.needs, context: { ...context, floorTokens } } });
    if (relaxed.kind === "route") return relaxed;
  }
  return plan;
}

function contextsOf(endpoints: readonly Endpoint[], { needs }: PlanInput): readonly number[] {
  const [largest] = endpoints;
  if (largest === undefined || !compressesFor(largest, needs)) return [];
  return [...new Set(endpoints.map(({ contextTokens }) => contextTokens))].slice(0, MAX_TRIES);
}
