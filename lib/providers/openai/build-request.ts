import "server-only";
import { type ChatRequest, LISTED_PARAMETERS } from "@/lib/schemas/chat-request";
import type { JsonRecord } from "../json";
import { isNoOp, isSupported, OWN_FIELDS } from "../parameters";
import type { AdapterInput, BuiltBody, UpstreamRequest } from "../types";
import { buildMessages, takeCacheControl } from "./build-messages";
import { buildReasoning } from "./build-reasoning";
import type { ProviderQuirks } from "./provider-quirks";
import { quirksOf } from "./quirks-of";
import { buildSearchFields, searchDialectOf } from "./search-dialect";

const LISTED: ReadonlySet<string> = new Set(LISTED_PARAMETERS);

/** Builds `POST /chat/completions` in the provider's dialect. */
export function buildRequest(input: AdapterInput): UpstreamRequest {
  const { target } = input;
  const { body, droppedParameters } = buildBody(input);
  const headers = buildHeaders(input);
  // Local servers have no key, and some refuse an empty one.
  if (target.apiKey !== "") headers.authorization = `Bearer ${target.apiKey}`;
  return { url: `${target.baseUrl}/chat/completions`, headers, body: JSON.stringify(body), droppedParameters };
}

/** Headers that the protocol wants wherever it is spoken, but for what proves who is asking. */
export function buildHeaders({ stream }: AdapterInput): Record<string, string> {
  return { "content-type": "application/json", accept: stream ? "text/event-stream" : "application/json" };
}

/** The request as the provider's dialect says it, wherever it is sent. */
export function buildBody(input: AdapterInput): BuiltBody {
  const { request, target, stream } = input;
  const quirks = quirksOf(target.providerSlug);
  const dropped = new Set<string>();

  const reasoning = buildReasoning(input, quirks);
  if (reasoning.dropped !== undefined) dropped.add(reasoning.dropped);

  const body: JsonRecord = {
    model: target.upstreamId,
    messages: buildMessages(request.messages, quirks, dropped),
    ...quirks.always,
    ...passedOn(input, quirks, dropped),
    ...buildTools(request, quirks, dropped),
    ...reasoning.fields,
    ...(input.search === undefined ? {} : buildSearchFields(input.search, searchDialectOf(target))),
  };
  if (input.maxTokens !== undefined) body[quirks.maxTokensField] = input.maxTokens;
  if (stream) {
    body.stream = true;
    if (quirks.streamOptions) body.stream_options = { include_usage: true };
  }

  return { body, droppedParameters: [...dropped] };
}

function passedOn(input: AdapterInput, quirks: ProviderQuirks, dropped: Set<string>): JsonRecord {
  const out: JsonRecord = {};
  for (const [name, value] of Object.entries(input.request)) {
    if (OWN_FIELDS.has(name) || TOOL_FIELDS.has(name) || isNoOp(name, value)) continue;
    if (!takes(name, input, quirks)) dropped.add(name);
    else if (name === "service_tier") addServiceTier(value, quirks, out, dropped);
    else out[quirks.renamed[name] ?? name] = value;
  }
  return out;
}

function takes(name: string, { request, target }: AdapterInput, quirks: ProviderQuirks): boolean {
  if (quirks.refused.includes(name)) return false;
  if (target.reasoning !== undefined && quirks.refusedWhenReasoning.includes(name)) return false;
  if (name === "cache_control") return quirks.cacheControl;
  // OpenAI answers metadata with 400 unless the answer is stored. Source: tmc/langchaingo issue 1484 (2026-03).
  if (name === "metadata") return quirks.metadata || request.store === true;
  if (name === "response_format" && isSupported(target, "structured_outputs")) return true;
  return !LISTED.has(name) || isSupported(target, name);
}

/** `fast` is another word for `priority`, which only an aggregator keeps apart. */
function addServiceTier(value: unknown, quirks: ProviderQuirks, out: JsonRecord, dropped: Set<string>): void {
  const tier = value === "fast" && quirks.reasoning !== "object" ? "priority" : value;
  if (quirks.serviceTiers === undefined || quirks.serviceTiers.some((known) => known === tier)) out.service_tier = tier;
  else dropped.add("service_tier");
}

const TOOL_FIELDS: ReadonlySet<string> = new Set(["tools", "tool_choice", "parallel_tool_calls"]);

function buildTools(request: ChatRequest, quirks: ProviderQuirks, dropped: Set<string>): JsonRecord {
  const tools = request.tools ?? [];
  // A choice among no tools is refused by OpenAI, and asks for nothing.
  if (tools.length === 0) return {};
  if (quirks.refused.includes("tools")) {
    dropped.add("tools");
    return {};
  }

  const out: JsonRecord = {
    tools: tools.map((tool) => {
      const copy: JsonRecord = { ...tool };
      takeCacheControl(copy, quirks, dropped);
      return copy;
    }),
  };
  const choice = request.tool_choice;
  if (choice != null) {
    const isFree = choice === "auto" || choice === "none";
    if (isFree || quirks.forcesCalls) out.tool_choice = choice;
    else dropped.add("tool_choice");
  }
  if (request.parallel_tool_calls != null) {
    if (quirks.refused.includes("parallel_tool_calls")) {
      if (!request.parallel_tool_calls) dropped.add("parallel_tool_calls");
    } else out.parallel_tool_calls = request.parallel_tool_calls;
  }
  return out;
}
