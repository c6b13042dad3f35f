import "server-only";
import { getCatalog } from "@/lib/catalog/catalog";
import { accessState } from "@/lib/providers/provider-access";
import type { Model, Provider } from "@/lib/schemas/endpoint";
import type { ProviderDescription, ProviderSummary } from "@/lib/schemas/provider-description";
import { dataPolicyOf, describeOffers } from "./describe-offers";
import type { Reach } from "./endpoint-reach";

/** Everybody who serves models of the catalog, by name. */
export function listProviderSummaries(reach: Reach): ProviderSummary[] {
  const { providers, models } = getCatalog();
  const counts = new Map<string, number>();
  const reached = new Set<string>();
  for (const { endpoints } of models.values()) {
    for (const endpoint of endpoints) if (reach(endpoint)) reached.add(endpoint.provider.slug);
    for (const slug of new Set(endpoints.map(({ provider }) => provider.slug))) {
      counts.set(slug, (counts.get(slug) ?? 0) + 1);
    }
  }
  return [...providers.values()]
    .map((provider) => summaryOf(provider, counts.get(provider.slug) ?? 0, reached.has(provider.slug)))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** A provider with its offers and what was measured of them; `undefined` when there is none of that slug. */
export function findProvider(slug: string, reach: Reach, nowMs: number): ProviderDescription | undefined {
  const { providers, models } = getCatalog();
  const provider = providers.get(slug);
  if (provider === undefined) return undefined;
  const own = [...models.values()]
    .map(
      (model): Model => ({ ...model, endpoints: model.endpoints.filter((endpoint) => endpoint.provider === provider) }),
    )
    .filter(({ endpoints }) => endpoints.length > 0);
  const { fact } = provider;
  const offers = describeOffers(own, reach, nowMs);
  const isReached = offers.some(({ isReachable }) => isReachable);
  return {
    ...summaryOf(provider, own.length, isReached),
    isLocal: fact.kind === "local",
    dataCenters: fact.datacenters ?? [],
    requiresUserIds: fact.dataPolicy?.requiresUserIds ?? false,
    policyAsOf: fact.dataPolicy?.asOf,
    privacyPolicyUrl: fact.privacyPolicyUrl,
    termsOfServiceUrl: fact.termsOfServiceUrl,
    statusPageUrl: fact.statusPageUrl,
    docsUrl: fact.docsUrl,
    offers,
  };
}

function summaryOf({ slug, name, fact }: Provider, models: number, isReached: boolean): ProviderSummary {
  const access = accessState().table.get(slug);
  const usual = access === undefined ? undefined : access.sandbox ? "sandbox" : "key";
  return {
    slug,
    name,
    headquarters: fact.headquarters,
    dataPolicy: dataPolicyOf(fact),
    access: usual ?? (isReached ? "own" : "none"),
    models,
  };
}
