import { renderAutoRouter } from "@/lib/activity/render-auto-router";
import { byokFee, byokFeeOf } from "@/lib/billing/byok-fee";
import { priceGeneration, providersCost, worstCost } from "@/lib/billing/price-generation";
import { renderPricing } from "@/lib/catalog/render-pricing";
import { ceilToNano, type NanoUsd, usdNumber } from "@/lib/money";
import { sentTokensOf } from "@/lib/routing/context-fit";
import type { Candidate } from "@/lib/routing/types";
import { NO_TOKENS } from "@/lib/schemas/chat-chunk";
import type { PublicPlan } from "@/lib/schemas/public-plan";
import type { PromptNeeds } from "./needs-of";
import { longestOutput } from "./output-limits";
import { unroutable } from "./plan-request";
import type { RoutedRequest } from "./route-request";
import { searchCostBound } from "./search-engine";

/** The public form of a plan that nobody carries out. */
export function renderPlan({ resolved, plan, needs }: RoutedRequest): PublicPlan {
  const candidates: readonly Candidate[] = plan.kind === "route" ? plan.candidates : [];
  const [first] = candidates;
  const least = candidates.map((candidate) => leastCost(candidate, needs));
  const most = candidates.map((candidate) => mostCost(candidate, needs));
  return {
    requested: resolved.requestedModel,
    strategy: plan.kind === "route" ? plan.strategy : "none",
    ...(resolved.router === undefined ? {} : { router: resolved.router }),
    ...(resolved.autoRouter === undefined ? {} : { auto_router: renderAutoRouter(resolved.autoRouter) }),
    ...(resolved.presets.length === 0
      ? {}
      : { presets: resolved.presets.map(({ slug, version }) => ({ slug, version })) }),
    selected: first === undefined ? null : placeOf(first),
    plan: candidates.map((candidate) => ({
      ...placeOf(candidate),
      probability: candidate.probability,
      score: candidate.score,
      stable: candidate.stable,
      prices: renderPricing(candidate.endpoint.fact.prices),
      max_cost: usdNumber(mostCost(candidate, needs)),
      ...(candidate.ownKey === undefined ? {} : { is_byok: true, byok_key: candidate.ownKey.name }),
    })),
    excluded: [...plan.excluded],
    notices: [...resolved.notices],
    estimated_cost: { min: usdOrNull(extreme(least, (a, b) => a < b)), max: usdOrNull(extreme(most, (a, b) => a > b)) },
    prompt_tokens: first === undefined ? needs.promptTokens : sentTokensOf(first.endpoint, needs),
    ...(plan.kind === "unroutable" ? { error: refusalOf(plan) } : {}),
  };
}

function refusalOf(plan: Parameters<typeof unroutable>[0]) {
  const { status, message } = unroutable(plan);
  return { code: status, message, rule: plan.rule };
}

function placeOf({ model, endpoint }: Candidate) {
  return { model: model.id, provider: endpoint.provider.name, endpoint: endpoint.tag };
}

function leastCost({ endpoint, ownKey }: Candidate, needs: PromptNeeds): NanoUsd {
  const promptTokens = sentTokensOf(endpoint, needs);
  const price = priceGeneration({ ...NO_TOKENS, promptTokens, completionTokens: 1 }, endpoint.prices);
  return ownKey === undefined ? price.totalNanoUsd : byokFee(providersCost(price));
}

function mostCost({ endpoint, ownKey }: Candidate, needs: PromptNeeds): NanoUsd {
  const { providers, own } = searchCostBound(endpoint, needs.search);
  const worst = worstCost(sentTokensOf(endpoint, needs), longestOutput(endpoint, needs), endpoint.prices, 1, providers);
  return (ownKey === undefined ? worst : byokFeeOf(worst)) + ceilToNano(own);
}

function extreme(amounts: readonly NanoUsd[], isBetter: (a: NanoUsd, b: NanoUsd) => boolean): NanoUsd | undefined {
  let best: NanoUsd | undefined;
  for (const amount of amounts) if (best === undefined || isBetter(amount, best)) best = amount;
  return best;
}

function usdOrNull(amount: NanoUsd | undefined): number | null {
  return amount === undefined ? null : usdNumber(amount);
}
