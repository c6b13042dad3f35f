import { z } from "zod";

/** More than this no engine is asked for, nor would a prompt be the better for it. */
export const MAX_SEARCH_RESULTS = 25;
export const DEFAULT_SEARCH_RESULTS = 5;
/** So often a provider may search by itself for one answer, unless the request says it otherwise. */
export const DEFAULT_NATIVE_SEARCHES = 5;
export const MAX_NATIVE_SEARCHES = 50;

/** A host, as clients write it: with or without scheme and path. */
const domainSchema = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^(?:https?:\/\/)?(?:\*\.)?[^\s/.]+(?:\.[^\s/.]+)+(?:\/\S*)?$/, "must be a domain, such as example.com");
const domainsSchema = z.array(domainSchema).max(100, "may hold at most 100 domains").nullish();

/** `auto` is a newer word for leaving the choice to us. */
const engineSchema = z.enum(["native", "exa", "auto"], { error: 'must be "native" or "exa"' }).nullish();

export const searchContextSizeSchema = z.enum(["low", "medium", "high"], {
  error: 'must be "low", "medium" or "high"',
});
export type SearchContextSize = z.infer<typeof searchContextSizeSchema>;

/** What an entry `{id: "web"}` of `plugins` may hold. What it holds beyond that belongs to engines that are not here. */
export const webConfigSchema = z.looseObject({
  engine: engineSchema,
  max_results: z
    .int("must be a whole number from 1 to 25")
    .min(1, "must be at least 1")
    .max(MAX_SEARCH_RESULTS, "must be at most 25")
    .nullish(),
  search_prompt: z.string().max(20_000).nullish(),
  include_domains: domainsSchema,
  exclude_domains: domainsSchema,
  search_context_size: searchContextSizeSchema.nullish(),
  /** How often a provider may search by itself. */
  max_uses: z.int("must be a whole number").min(1, "must be at least 1").nullish(),
});
export type WebConfig = z.infer<typeof webConfigSchema>;

/** `web_search_options`: what OpenAI has there, and what some clients put there beside it. */
export const webSearchOptionsSchema = z.looseObject({
  search_context_size: searchContextSizeSchema.nullish(),
  user_location: z.looseObject({}).nullish(),
  engine: engineSchema,
  max_results: webConfigSchema.shape.max_results,
  search_prompt: webConfigSchema.shape.search_prompt,
});

/** What providers that search by themselves are told. */
export type NativeSearch = {
  maxResults: number;
  /** How often it may search for one answer, where it can be told. Each search is charged. */
  maxSearches: number;
  /** Bare hosts; empty: any. */
  includeDomains: readonly string[];
  excludeDomains: readonly string[];
  /** `undefined`: as the provider thinks best. */
  contextSize: SearchContextSize | undefined;
  /** Where the user roughly is, in OpenAI's form. */
  userLocation: Readonly<Record<string, unknown>> | undefined;
};

/** What a request asks of web search. */
export type SearchWish = NativeSearch & {
  /**
   * `best`: the provider's own search where it has one, else Exa. `native-if-any`: the provider's own, else none;
   * for requests with `web_search_options` alone.
   */
  engine: "native" | "exa" | "best" | "native-if-any";
  /** Stands before the results in the prompt; `undefined`: our own wording. */
  searchPrompt: string | undefined;
};

/** One page that a search found. */
export type SearchResult = {
  url: string;
  title: string;
  /** A part of the page; empty where there is none. */
  text: string;
  /** ISO 8601, as far as it is known. */
  published: string | undefined;
};
