import { regionFor } from "@/lib/providers/region";
import type { AdapterTarget, Connection } from "@/lib/providers/types";
import type { PaidCandidate } from "./reserve-credit";

/** What an adapter needs to know of the endpoint that is tried, and of the way to it. */
export function adapterTargetOf(
  { endpoint, model, maxTokens, paidOutputTokens }: PaidCandidate,
  { baseUrl, apiKey, settings, region: own }: Connection,
): AdapterTarget {
  const { reasoning } = model.fact;
  // An adapter that raises the limit to make room for reasoning must not go beyond what is paid for.
  const paid = maxTokens === undefined ? undefined : paidOutputTokens;
  const limits = [endpoint.maxOutputTokens, paid].filter((limit) => limit !== undefined);
  return {
    providerSlug: endpoint.provider.slug,
    upstreamId: endpoint.upstreamId,
    baseUrl,
    apiKey,
    region: regionFor(own, endpoint.fact.region),
    settings,
    supportedParameters: endpoint.supportedParameters,
    maxOutputTokens: limits.length === 0 ? undefined : Math.min(...limits),
    reasoning:
      reasoning === undefined
        ? undefined
        : {
            // A switch is one more level: none at all.
            efforts: [...(reasoning.toggle === true ? ["none"] : []), ...(reasoning.efforts ?? [])],
            budget: reasoning.budget ?? false,
            minBudgetTokens: reasoning.minBudgetTokens,
            maxBudgetTokens: reasoning.maxBudgetTokens,
          },
  };
}
