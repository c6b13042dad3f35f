import type { ProviderFact } from "@/lib/schemas/catalog";
import type { PublicProvider } from "@/lib/schemas/public-catalog";

/** One entry of `GET /providers`. */
export function renderProvider(provider: ProviderFact): PublicProvider {
  return {
    name: provider.name,
    slug: provider.slug,
    privacy_policy_url: provider.privacyPolicyUrl ?? null,
    terms_of_service_url: provider.termsOfServiceUrl ?? null,
    status_page_url: provider.statusPageUrl ?? null,
    headquarters: provider.headquarters ?? null,
    datacenters: provider.datacenters ?? null,
  };
}
