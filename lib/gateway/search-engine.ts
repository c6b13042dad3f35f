import { WEB_RESULT_PRICE } from "@/lib/billing/price-generation";
import type { UnitPrice } from "@/lib/money";
import { searchingAdapterOf } from "@/lib/providers/native-search";
import type { Adapter } from "@/lib/providers/types";
import type { Endpoint } from "@/lib/schemas/endpoint";
import type { SearchWish } from "@/lib/schemas/web-search";

/** Who searches the web when an endpoint is tried. */
export type SearchEngine = { kind: "native"; adapter: Adapter } | { kind: "exa" } | { kind: "none" };

/** The engine that a request's wish comes to at an endpoint. */
export function searchEngineOf(endpoint: Endpoint, wish: SearchWish): SearchEngine {
  const { engine } = wish;
  if (engine === "exa") return { kind: "exa" };
  const adapter = searchingAdapterOf(endpoint);
  if (adapter !== undefined && (engine !== "best" || knowsDomains(adapter, wish))) return { kind: "native", adapter };
  return { kind: engine === "best" ? "exa" : "none" };
}

const NOTHING = { providers: 0n, own: 0n } as const;

/** What searching may cost at most there, exact: taken by the provider, and bought by us. */
export function searchCostBound(
  endpoint: Endpoint,
  wish: SearchWish | undefined,
): { providers: UnitPrice; own: UnitPrice } {
  if (wish === undefined) return NOTHING;
  switch (searchEngineOf(endpoint, wish).kind) {
    case "native":
      return { providers: BigInt(wish.maxSearches) * (endpoint.prices.webSearch ?? 0n), own: 0n };
    case "exa":
      return { providers: 0n, own: BigInt(wish.maxResults) * WEB_RESULT_PRICE };
    case "none":
      return NOTHING;
  }
}

/** Who says where to search, or where not to, gets an engine that can. */
function knowsDomains({ searchDomains }: Adapter, { includeDomains, excludeDomains }: SearchWish): boolean {
  if (searchDomains === undefined || includeDomains.length + excludeDomains.length === 0) return true;
  return searchDomains === "include" && includeDomains.length > 0;
}
