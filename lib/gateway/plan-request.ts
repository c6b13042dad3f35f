import { rawEnv } from "@/lib/env";
import { AppError, type ErrorCode } from "@/lib/errors";
import { readSearchWish } from "@/lib/plugins/web/read-search-wish";
import { explainUnconfigured } from "@/lib/providers/build-access";
import { searchingAdapterOf } from "@/lib/providers/native-search";
import { accessState, canReach } from "@/lib/providers/provider-access";
import { planWithCompression } from "@/lib/routing/plan-with-compression";
import type { RoutePlan, RuleName } from "@/lib/routing/types";
import type { ProviderFact } from "@/lib/schemas/catalog";
import type { Endpoint } from "@/lib/schemas/endpoint";
import { findAffinity, type Signers } from "./affinity";
import type { Conversation } from "./conversation";
import { healthSnapshot } from "./endpoint-health";
import { endpointReach } from "./endpoint-reach";
import { measureContext } from "./measure-context";
import { needsOf, type PromptNeeds } from "./needs-of";
import type { ResolvedRequest } from "./resolve-request";
import { withSearchNeeds } from "./search-needs";

export type Plan = Extract<RoutePlan, { kind: "route" }>;

export type PlannedRequest = {
  plan: RoutePlan;
  needs: PromptNeeds;
  /** Who signed the reasoning in the messages. */
  signers: Signers;
};

/**
 * Decides where the request may go, in which order; or why it may go nowhere.
 *
 * @param taskNeeds what a task needs of an endpoint; absent for conversations, whose messages say it
 */
export async function planRequest(
  resolved: ResolvedRequest,
  conversation: Conversation,
  nowMs: number,
  taskNeeds?: PromptNeeds,
): Promise<PlannedRequest> {
  const { endpointIds, signers } = findAffinity(conversation, resolved.request, resolved.models, nowMs);
  const { table } = accessState();
  const { ownWays } = resolved;
  const isConfigured = (endpoint: Endpoint) => canReach(table, endpoint);
  const needs =
    taskNeeds ??
    (await measureContext(
      resolved.request,
      resolved.models,
      withSearchNeeds(needsOf(resolved.request), readSearchWish(resolved.request)),
      endpointReach(resolved),
    ));
  const plan = planWithCompression({
    models: resolved.models,
    needs,
    preferences: resolved.preferences,
    variantSorts: resolved.variantSorts,
    isConfigured,
    searchesNatively: (endpoint) => searchingAdapterOf(endpoint) !== undefined,
    ownWays,
    explainUnconfigured: (endpoint) => {
      const { provider } = endpoint;
      if (ownWays?.(endpoint) !== undefined) return OWN_KEY_FOR_OTHERS;
      return table.has(provider.slug) ? KEY_FOR_OTHERS : explanationOf(provider.fact);
    },
    health: healthSnapshot(resolved.models, nowMs),
    affinity: endpointIds,
    random: Math.random,
  });
  return { plan, needs, signers };
}

/** The refusal of a request that no endpoint may serve, with every endpoint's reason in `metadata.excluded`. */
export function unroutable({ rule, message, excluded }: Extract<RoutePlan, { kind: "unroutable" }>): AppError {
  return new AppError(CODE_OF_RULE[rule] ?? "no_endpoints", message, { metadata: { rule, excluded } });
}

/** What is no matter of providers but of the request. */
const CODE_OF_RULE: Partial<Record<RuleName, ErrorCode>> = {
  context_length: "context_length_exceeded",
  web_search: "invalid_request",
};

/** There is a key, and it is bound: to a region, to a deployment, to the models of one server. */
const KEY_FOR_OTHERS = {
  reason: "the key of this provider is for another region or for other models",
  fix: "add a key that is for this endpoint",
};

/** The same of the account's own. */
const OWN_KEY_FOR_OTHERS = {
  reason: "your own key of this provider is for other models, other API keys or another region",
  fix: "let it be used for this model at /settings/integrations",
};

type Explanation = ReturnType<typeof explainUnconfigured>;

/** By provider: the environment stays as it is, and reading it costs more than all the rest of the plan. */
const explanations = new WeakMap<ProviderFact, { known: Explanation }>();

function explanationOf(provider: ProviderFact): Explanation {
  let explanation = explanations.get(provider);
  if (explanation === undefined) {
    explanation = { known: explainUnconfigured(provider, rawEnv()) };
    explanations.set(provider, explanation);
  }
  return explanation.known;
}
