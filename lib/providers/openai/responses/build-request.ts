import "server-only";
import { type ChatRequest, LISTED_PARAMETERS } from "@/lib/schemas/chat-request";
import type { NativeSearch } from "@/lib/schemas/web-search";
import type { JsonRecord } from "../../json";
import { isNoOp, isSupported, OWN_FIELDS } from "../../parameters";
import { functionToolsOf, otherToolsOf, toolModeOf } from "../../tools";
import type { AdapterInput, UpstreamRequest } from "../../types";
import { flatLocation } from "../../user-location";
import { buildReasoning } from "../build-reasoning";
import { buildHeaders } from "../build-request";
import { quirksOf } from "../quirks-of";
import { buildInput } from "./build-input";

// Source: type declarations of the npm package openai 7.55.0, resources/responses, read 2026-11-21.

/** Fields that mean the same there. */
const SAME_FIELDS: ReadonlySet<string> = new Set([
  "temperature",
  "top_p",
  "parallel_tool_calls",
  "service_tier",
  "metadata",
  "user",
  "prompt_cache_key",
  "safety_identifier",
]);
/** Fields that this file translates. */
const TRANSLATED_FIELDS: ReadonlySet<string> = new Set(["tools", "tool_choice", "response_format", "verbosity"]);
const LISTED: ReadonlySet<string> = new Set(LISTED_PARAMETERS);

/** Builds `POST /responses` with the provider's own web search. Nothing is kept there. */
export function buildRequest(input: AdapterInput): UpstreamRequest {
  const { request, target, stream, maxTokens, search } = input;
  const quirks = quirksOf(target.providerSlug);
  const dropped = new Set<string>();
  const reasoning = buildReasoning(input, quirks);
  if (reasoning.dropped !== undefined) dropped.add(reasoning.dropped);
  const effort = reasoning.fields.reasoning_effort;
  const summary = request.reasoning?.summary;

  const body: JsonRecord = {
    model: target.upstreamId,
    input: buildInput(request.messages, quirks.developerRole ? "developer" : "system"),
    store: false,
    ...passedOn(input, dropped),
    ...toolFields(request, search, target.providerSlug, dropped),
    ...textFields(request, dropped),
  };
  if (effort !== undefined || summary != null) {
    body.reasoning = { ...(effort === undefined ? {} : { effort }), ...(summary == null ? {} : { summary }) };
  }
  if (maxTokens !== undefined) body.max_output_tokens = Math.max(maxTokens, MIN_OUTPUT_TOKENS);
  if (stream) body.stream = true;

  const headers = buildHeaders(input);
  if (target.apiKey !== "") headers.authorization = `Bearer ${target.apiKey}`;
  return { url: `${target.baseUrl}/responses`, headers, body: JSON.stringify(body), droppedParameters: [...dropped] };
}

/** Less is refused. Source: answer quoted in openai/openai-python issue 2328 (2025-05), "integer_below_min_value". */
const MIN_OUTPUT_TOKENS = 16;

function passedOn({ request, target }: AdapterInput, dropped: Set<string>): JsonRecord {
  const quirks = quirksOf(target.providerSlug);
  const out: JsonRecord = {};
  for (const [name, value] of Object.entries(request)) {
    if (OWN_FIELDS.has(name) || TRANSLATED_FIELDS.has(name) || isNoOp(name, value)) continue;
    const isRefused = target.reasoning !== undefined && quirks.refusedWhenReasoning.includes(name);
    const isTaken = SAME_FIELDS.has(name) && (!LISTED.has(name) || isSupported(target, name)) && !isRefused;
    if (isTaken) out[name] = value;
    else dropped.add(name);
  }
  return out;
}

function toolFields(
  request: ChatRequest,
  search: NativeSearch | undefined,
  providerSlug: string,
  dropped: Set<string>,
): JsonRecord {
  if (otherToolsOf(request).length > 0) dropped.add("tools");
  const functions = functionToolsOf(request).map(({ function: { name, description, parameters, strict } }) => ({
    type: "function",
    name,
    ...(description == null ? {} : { description }),
    parameters: parameters ?? { type: "object", properties: {} },
    // Strict unless it is said otherwise, unlike in chat completions.
    strict: strict ?? false,
  }));
  const tools = [...functions, ...(search === undefined ? [] : searchTools(search, providerSlug, dropped))];
  const mode = functions.length === 0 ? undefined : toolModeOf(request);
  return {
    ...(tools.length === 0 ? {} : { tools }),
    ...(search === undefined || providerSlug !== "openai" ? {} : { max_tool_calls: search.maxSearches }),
    ...(mode === undefined
      ? {}
      : { tool_choice: mode.kind === "function" ? { type: "function", name: mode.name } : mode.kind }),
  };
}

/**
 * OpenAI knows domains to search and none to leave out. xAI knows both, five at most and not together, and searches X
 * beside the web. Sources: platform.openai.com/docs/guides/tools-web-search, docs.x.ai/docs/guides/tools/search-tools, as
 * known in 2026-11.
 */
function searchTools(search: NativeSearch, providerSlug: string, dropped: Set<string>): JsonRecord[] {
  const { includeDomains, excludeDomains, contextSize, userLocation } = search;
  if (providerSlug === "xai") {
    const filters =
      includeDomains.length > 0
        ? { allowed_domains: includeDomains.slice(0, MAX_XAI_DOMAINS) }
        : excludeDomains.length > 0
          ? { excluded_domains: excludeDomains.slice(0, MAX_XAI_DOMAINS) }
          : undefined;
    const web = { type: "web_search", ...(filters === undefined ? {} : { filters }) };
    // Who names the domains to search wants nothing from elsewhere.
    return includeDomains.length > 0 ? [web] : [web, { type: "x_search" }];
  }
  if (excludeDomains.length > 0 && includeDomains.length === 0) dropped.add("exclude_domains");
  const location = flatLocation(userLocation);
  return [
    {
      type: "web_search",
      ...(includeDomains.length === 0 ? {} : { filters: { allowed_domains: includeDomains } }),
      ...(contextSize === undefined ? {} : { search_context_size: contextSize }),
      ...(location === undefined ? {} : { user_location: location }),
    },
  ];
}

const MAX_XAI_DOMAINS = 5;

function textFields({ response_format: format, verbosity }: ChatRequest, dropped: Set<string>): JsonRecord {
  const text: JsonRecord = {};
  if (format?.type === "json_object") text.format = { type: "json_object" };
  else if (format?.type === "json_schema") {
    const { name, description, schema, strict } = format.json_schema;
    text.format = {
      type: "json_schema",
      name,
      schema: schema ?? { type: "object" },
      ...(description == null ? {} : { description }),
      ...(strict == null ? {} : { strict }),
    };
  } else if (format != null && format.type !== "text") dropped.add("response_format");
  if (verbosity != null) text.verbosity = verbosity;
  return Object.keys(text).length === 0 ? {} : { text };
}
