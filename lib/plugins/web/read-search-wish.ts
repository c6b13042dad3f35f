import type { ChatRequest } from "@/lib/schemas/chat-request";
import {
  DEFAULT_NATIVE_SEARCHES,
  DEFAULT_SEARCH_RESULTS,
  MAX_NATIVE_SEARCHES,
  type SearchWish,
  type WebConfig,
  webConfigSchema,
  webSearchOptionsSchema,
} from "@/lib/schemas/web-search";

/**
 * What a request asks of web search: by the plugin, or by `web_search_options` alone, which mean only the provider's own
 * search. `undefined`: nothing. Settings that do not fit were refused before, and count as absent here.
 */
export function readSearchWish({
  plugins,
  web_search_options: given,
}: Pick<ChatRequest, "plugins" | "web_search_options">): SearchWish | undefined {
  // Nearly all requests.
  if (plugins == null && given == null) return undefined;
  const config = webConfigOf(plugins);
  if (config === undefined && given == null) return undefined;

  const options = webSearchOptionsSchema.safeParse(given ?? {}).data ?? {};
  const engine = config?.engine ?? options.engine ?? "auto";
  return {
    engine: engine !== "auto" ? engine : config === undefined ? "native-if-any" : "best",
    maxResults: config?.max_results ?? options.max_results ?? DEFAULT_SEARCH_RESULTS,
    maxSearches: Math.min(config?.max_uses ?? DEFAULT_NATIVE_SEARCHES, MAX_NATIVE_SEARCHES),
    searchPrompt: config?.search_prompt ?? options.search_prompt ?? undefined,
    includeDomains: (config?.include_domains ?? []).map(hostOf),
    excludeDomains: (config?.exclude_domains ?? []).map(hostOf),
    contextSize: config?.search_context_size ?? options.search_context_size ?? undefined,
    userLocation: options.user_location ?? undefined,
  };
}

function webConfigOf(plugins: ChatRequest["plugins"]): WebConfig | undefined {
  if (plugins == null) return undefined;
  const entry = Array.isArray(plugins) ? plugins.find(({ id }) => id === "web") : plugins.web;
  if (entry === undefined || entry.enabled === false) return undefined;
  return webConfigSchema.safeParse(entry).data;
}

/** Engines take bare hosts; people paste addresses. A path stays: it narrows the search where an engine knows paths. */
function hostOf(domain: string): string {
  return domain
    .replace(/^https?:\/\//i, "")
    .replace(/^\*\./, "")
    .replace(/\/+$/, "");
}
