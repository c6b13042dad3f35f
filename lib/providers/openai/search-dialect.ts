import type { NativeSearch } from "@/lib/schemas/web-search";
import type { JsonRecord } from "../json";
import type { AdapterTarget } from "../types";
import { flatLocation } from "../user-location";

/**
 * How a provider that speaks this protocol is asked to search by itself. `options`: `web_search_options`, for models that
 * always search. `filters`: the same, and lists of domains beside it. `responses`: only in its other protocol.
 */
export type SearchDialect = "options" | "filters" | "responses";

/**
 * Sources: platform.openai.com/docs/guides/tools-web-search (chat completions search with the search models alone),
 * docs.perplexity.ai/guides (domain filters), docs.x.ai/docs/guides/tools/search-tools (live search in chat completions
 * ended in January 2026), all as known in 2026-11.
 */
export function searchDialectOf({
  providerSlug,
  upstreamId,
}: Pick<AdapterTarget, "providerSlug" | "upstreamId">): SearchDialect | undefined {
  switch (providerSlug) {
    case "openai":
      return /-search-(?:preview|api)/.test(upstreamId) ? "options" : "responses";
    case "xai":
      return "responses";
    case "perplexity":
      return "filters";
    default:
      return undefined;
  }
}

/** More entries Perplexity refuses. Source: docs.perplexity.ai, search domain filter, as known in 2026-11. */
const MAX_FILTERS = 20;

/** What a searching model of chat completions is told of its search. */
export function buildSearchFields(search: NativeSearch, dialect: SearchDialect | undefined): JsonRecord {
  const { contextSize, userLocation, includeDomains, excludeDomains } = search;
  const location = flatLocation(userLocation);
  const { type, ...place } = location ?? {};
  const filters = includeDomains.length > 0 ? includeDomains : excludeDomains.map((domain) => `-${domain}`);
  const isFiltered = dialect === "filters" && filters.length > 0;
  const size = contextSize === undefined ? {} : { search_context_size: contextSize };
  if (dialect === "filters") {
    const options = { ...size, ...(location === undefined ? {} : { user_location: place }) };
    return {
      ...(Object.keys(options).length === 0 ? {} : { web_search_options: options }),
      ...(isFiltered ? { search_domain_filter: filters.slice(0, MAX_FILTERS) } : {}),
    };
  }
  return {
    web_search_options: { ...size, ...(location === undefined ? {} : { user_location: { type, approximate: place } }) },
  };
}
