import type { NativeSearch } from "@/lib/schemas/web-search";
import type { JsonRecord } from "../json";
import { flatLocation } from "../user-location";

/**
 * The API's own web search as a tool. It takes domains to search or domains to leave out, not both.
 * Source: platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool, as known in 2026-11.
 */
export function buildSearchTool({
  maxSearches,
  includeDomains,
  excludeDomains,
  userLocation,
}: NativeSearch): JsonRecord {
  const location = flatLocation(userLocation);
  return {
    type: "web_search_20250305",
    name: "web_search",
    max_uses: maxSearches,
    ...(includeDomains.length > 0
      ? { allowed_domains: includeDomains }
      : excludeDomains.length > 0
        ? { blocked_domains: excludeDomains }
        : {}),
    ...(location === undefined ? {} : { user_location: location }),
  };
}

/** Whether a tool is the API's web search, of whatever date. */
export function isSearchTool({ type }: { type?: unknown }): boolean {
  return typeof type === "string" && /^web_search_\d{8}$/.test(type);
}
