import { env } from "@/lib/env";
import { searchQueryOf } from "@/lib/plugins/web/search-query";
import { MAX_RESULT_CHARS, weaveResults } from "@/lib/plugins/web/weave-results";
import { askExa, type ExaAnswer } from "@/lib/providers/exa";
import { accessState } from "@/lib/providers/provider-access";
import type { Adapter } from "@/lib/providers/types";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { RouteRecord } from "@/lib/schemas/route-record";
import type { NativeSearch, SearchResult, SearchWish } from "@/lib/schemas/web-search";
import type { ClientSignal } from "./client-signal";
import type { PaidCandidate } from "./reserve-credit";
import { searchEngineOf } from "./search-engine";

/** A request with all that web search adds to it, for one candidate. */
export type SearchedRequest = {
  request: ChatRequest;
  /** The provider searches, asked by this adapter. */
  native?: { adapter: Adapter; search: NativeSearch };
  /** What we searched, and found. */
  results?: readonly SearchResult[];
};

/**
 * The web search of one request. We search at most once, when the first candidate needs it, and use what was found for all;
 * a search that fails is told in the route, and the answer goes on without it.
 */
export class SearchRun {
  readonly #wish: SearchWish;
  readonly #request: ChatRequest;
  readonly #route: RouteRecord;
  readonly #signal: ClientSignal;
  readonly #withoutNative = new Set<string>();
  #found: Promise<readonly SearchResult[]> | undefined;

  constructor(wish: SearchWish, request: ChatRequest, route: RouteRecord, signal: ClientSignal) {
    this.#wish = wish;
    this.#request = request;
    this.#route = route;
    this.#signal = signal;
  }

  /** The request as this candidate is to be asked. Never throws. */
  async requestFor({ endpoint }: PaidCandidate): Promise<SearchedRequest> {
    const engine = this.#engineOf(endpoint);
    if (engine.kind === "none") return { request: this.#request };
    // Said anew in the provider's own words, or of no use to it.
    const { web_search_options: _, ...request } = this.#request;
    if (engine.kind === "native") return { request, native: { adapter: engine.adapter, search: this.#wish } };
    this.#found ??= this.#search();
    const results = await this.#found;
    if (results.length === 0) return { request };
    return { request: weaveResults(request, results, this.#wish, Date.now()), results };
  }

  /**
   * Has a candidate asked again without its provider's own search, which may be what it refused.
   * @returns false where it was asked without it before
   */
  giveUpNative({ endpoint }: PaidCandidate): boolean {
    if (this.#engineOf(endpoint).kind !== "native") return false;
    this.#withoutNative.add(endpoint.id);
    const instead = this.#wish.engine === "best" ? "Exa searched instead" : "the answer was made without it";
    this.#route.notices.push(`${endpoint.provider.name} failed with its own web search; ${instead}`);
    return true;
  }

  #engineOf(endpoint: PaidCandidate["endpoint"]) {
    const engine = searchEngineOf(endpoint, this.#wish);
    if (engine.kind !== "native" || !this.#withoutNative.has(endpoint.id)) return engine;
    return { kind: this.#wish.engine === "best" ? "exa" : "none" } as const;
  }

  async #search(): Promise<readonly SearchResult[]> {
    const answer = await this.#ask();
    if (answer.kind === "found") {
      if (answer.results.length === 0) this.#route.notices.push("the web search found nothing");
      return answer.results;
    }
    this.#route.notices.push(`the web search failed (${answer.reason}); the answer was made without it`);
    return [];
  }

  async #ask(): Promise<ExaAnswer> {
    const query = searchQueryOf(this.#request.messages);
    if (query === undefined) return { kind: "failed", reason: "no message of the user has text to search for" };
    const access = exaAccess();
    if (access === undefined) return { kind: "failed", reason: "EXA_API_KEY is not set" };
    const { maxResults, includeDomains, excludeDomains } = this.#wish;
    let cancel = () => {};
    const leave = () => cancel();
    this.#signal.addEventListener("abort", leave);
    const answer = await askExa(
      {
        ...access,
        query,
        maxResults,
        includeDomains,
        excludeDomains,
        maxTextChars: MAX_RESULT_CHARS,
        budgetMs: env().WEB_SEARCH_TIMEOUT_MS,
      },
      (end) => {
        cancel = end;
        if (this.#signal.aborted) end();
      },
    );
    this.#signal.removeEventListener("abort", leave);
    return answer;
  }
}

/** The operator's own key; else the sandbox, where it plays providers: real ones are not given pages that are not real. */
function exaAccess(): { baseUrl: string; apiKey: string } | undefined {
  const { EXA_API_KEY, EXA_BASE_URL, SIGNALBOX_SANDBOX_URL } = env();
  if (EXA_API_KEY !== undefined) return { baseUrl: EXA_BASE_URL, apiKey: EXA_API_KEY };
  if (SIGNALBOX_SANDBOX_URL === undefined || !playsProviders()) return undefined;
  return { baseUrl: `${SIGNALBOX_SANDBOX_URL}/exa`, apiKey: "sandbox" };
}

function playsProviders(): boolean {
  for (const { sandbox } of accessState().table.values()) if (sandbox) return true;
  return false;
}
