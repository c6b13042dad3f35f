import "server-only";
import { getCatalog } from "@/lib/catalog/catalog";
import { rawEnv } from "@/lib/env";
import { variablePrefixOf } from "@/lib/provider-variable";
import { explainUnconfigured } from "@/lib/providers/build-access";
import { accessState } from "@/lib/providers/provider-access";
import type { Endpoint, Provider } from "@/lib/schemas/endpoint";
import type { ProviderSetup } from "@/lib/schemas/provider-setup";

/**
 * Every provider but the local ones, with its setup: those with a key first, then those that offer most. For administrators: it tells
 * which keys exist, never what they are.
 */
export function listProviderSetup(): ProviderSetup[] {
  const offers = new Map<string, { provider: Provider; endpoints: Endpoint[] }>();
  // Without a key an aggregator has no endpoints yet.
  for (const provider of getCatalog().providers.values()) {
    if (provider.fact.kind === "aggregator") offers.set(provider.slug, { provider, endpoints: [] });
  }
  for (const { fact, endpoints } of getCatalog().models.values()) {
    if (!fact.outputModalities.includes("text")) continue;
    for (const endpoint of endpoints) {
      const offer = offers.get(endpoint.provider.slug) ?? { provider: endpoint.provider, endpoints: [] };
      offer.endpoints.push(endpoint);
      offers.set(endpoint.provider.slug, offer);
    }
  }
  return [...offers.values()]
    .filter(({ provider }) => provider.fact.kind !== "local")
    .sort((a, b) => b.endpoints.length - a.endpoints.length)
    .map(({ provider, endpoints }) => setupOf(provider, endpoints))
    .sort((a, b) => rankOf(a) - rankOf(b));
}

function setupOf({ slug, name, fact }: Provider, endpoints: readonly Endpoint[]): ProviderSetup {
  const access = accessState().table.get(slug);
  return {
    slug,
    name,
    state: access === undefined ? "missing" : access.sandbox ? "sandbox" : "live",
    variable:
      fact.keyVariables.find((variable) => variable.endsWith("_API_KEY")) ?? `${variablePrefixOf(slug)}_API_KEY`,
    problem: explainUnconfigured(fact, rawEnv()),
    checkModel: cheapestOf(endpoints)?.modelId ?? null,
  };
}

function rankOf({ state, problem }: ProviderSetup): number {
  if (problem !== undefined) return 0;
  return state === "live" ? 1 : 2;
}

function cheapestOf(endpoints: readonly Endpoint[]): Endpoint | undefined {
  const priceOf = ({ prices }: Endpoint) => prices.prompt + prices.completion;
  return endpoints.toSorted((a, b) => (priceOf(a) < priceOf(b) ? -1 : 1))[0];
}
