import { expect, test } from "vitest";
import { readSearchWish } from "./read-search-wish";

const DEFAULTS = {
  engine: "best",
  maxResults: 5,
  maxSearches: 5,
  searchPrompt: undefined,
  includeDomains: [],
  excludeDomains: [],
  contextSize: undefined,
  userLocation: undefined,
};

test.each([
  { name: "nothing", request: {}, wish: undefined },
  { name: "other plugins", request: { plugins: [{ id: "file-parser" }] }, wish: undefined },
  { name: "switched off", request: { plugins: [{ id: "web", enabled: false }] }, wish: undefined },
  { name: "switched off in the other form", request: { plugins: { web: { enabled: false } } }, wish: undefined },
  { name: "the plugin", request: { plugins: [{ id: "web" }] }, wish: {} },
  { name: "the plugin in the other form", request: { plugins: { web: {} } }, wish: {} },
  { name: "an engine", request: { plugins: [{ id: "web", engine: "exa" as const }] }, wish: { engine: "exa" } },
  { name: "a newer word for none", request: { plugins: [{ id: "web", engine: "auto" }] }, wish: {} },
  {
    name: "addresses for domains",
    request: {
      plugins: [
        { id: "web", include_domains: ["https://a.example/b/", "*.c.example"], exclude_domains: ["d.example"] },
      ],
    },
    wish: { includeDomains: ["a.example/b", "c.example"], excludeDomains: ["d.example"] },
  },
  {
    name: "the options alone",
    request: { web_search_options: { search_context_size: "high" as const } },
    wish: { engine: "native-if-any", contextSize: "high" },
  },
  {
    name: "the options beside the plugin, which wins",
    request: {
      plugins: [{ id: "web", max_results: 2 }],
      web_search_options: { max_results: 9, search_prompt: "Look:", engine: "exa" as const },
    },
    wish: { engine: "exa", maxResults: 2, searchPrompt: "Look:" },
  },
  {
    name: "more searches than are ever made",
    request: { plugins: { web: { max_uses: 999 } } },
    wish: { maxSearches: 50 },
  },
])("$name", ({ request, wish }) => {
  expect(readSearchWish(request)).toEqual(wish === undefined ? undefined : { ...DEFAULTS, ...wish });
});
