import "server-only";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { isRecord, type JsonRecord } from "../json";
import { constrainedSchemaOf, JSON_ANSWER_TOOL, jsonInstructionOf } from "../json-answer";
import { isNoOp, isSupported, OWN_FIELDS, stopSequencesOf } from "../parameters";
import { outputLimitOf, reasoningFieldOf } from "../reasoning";
import { toolModeOf } from "../tools";
import type { AdapterInput, BuiltBody, UpstreamRequest } from "../types";
import { cacheMarkOf } from "./build-blocks";
import { buildConversation, type Conversation } from "./build-messages";
import { buildSearchTool, isSearchTool } from "./build-search-tool";
import { buildThinking, mayThinkUnasked, type Thinking } from "./build-thinking";
import { buildFormerTools, buildJsonAnswerTool, buildToolChoice, buildTools } from "./build-tools";

// Not 2026-10-21, which takes no temperature, top_p and top_k from any model, nor is known to the providers that imitate
// this API. Source: platform.claude.com/docs/en/api/versioning, read 2026-11-21.
const API_VERSION = "2023-06-01";

/** Fields of the API that have no name in ours, so that a caller who sends them means this API. */
const NATIVE_FIELDS: ReadonlySet<string> = new Set([
  "container",
  "context_management",
  "diagnostics",
  "inference_geo",
  "mcp_servers",
  "output_config",
  "speed",
  "thinking",
]);

/** Fields of the request that this file translates. */
const TRANSLATED_FIELDS: ReadonlySet<string> = new Set([
  "temperature",
  "top_p",
  "top_k",
  "stop",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "response_format",
  "verbosity",
  "user",
  "service_tier",
  "cache_control",
]);

/** Builds `POST /messages`. */
export function buildRequest(input: AdapterInput): UpstreamRequest {
  const { target } = input;
  const { body, droppedParameters } = buildBody(input);
  const headers = { ...buildHeaders(input), "x-api-key": target.apiKey };
  return { url: urlOf(target.baseUrl), headers, body: JSON.stringify(body), droppedParameters };
}

/** Headers that the protocol wants wherever it is spoken, but for what proves who is asking. */
export function buildHeaders({ stream, betaFeatures }: AdapterInput): Record<string, string> {
  const headers: Record<string, string> = {
    "content-type": "application/json",
    accept: stream ? "text/event-stream" : "application/json",
    "anthropic-version": API_VERSION,
  };
  if (betaFeatures.length > 0) headers["anthropic-beta"] = betaFeatures.join(",");
  return headers;
}

/** The request as the protocol says it, wherever it is sent. */
export function buildBody(input: AdapterInput): BuiltBody {
  const { request, target, stream } = input;
  const dropped = new Set<string>();
  const conversation = buildConversation(request.messages, dropped);
  const tools = toolFields(input, conversation, dropped);
  const thinking = thinkingOf(input, conversation, tools, dropped);
  const answer = answerFields(input, conversation, tools, thinking, dropped);

  const body: JsonRecord = {
    model: target.upstreamId,
    max_tokens: thinking.maxTokens,
    messages: conversation.messages,
    ...samplingFields(input, thinking, dropped),
    ...tools,
    ...otherFields(request, dropped),
    ...nativeFields(request, dropped),
    ...answer.fields,
  };
  const system = [...conversation.system, ...answer.system];
  if (system.length > 0) body.system = system;
  if (thinking.thinking !== undefined) body.thinking = thinking.thinking;
  if (thinking.effort !== undefined)
    body.output_config = { effort: thinking.effort, ...recordOrNone(body.output_config) };
  if (stream) body.stream = true;

  return { body, droppedParameters: [...dropped] };
}

function urlOf(baseUrl: string): string {
  return /\/v\d+$/.test(baseUrl) ? `${baseUrl}/messages` : `${baseUrl}/v1/messages`;
}

function toolFields(
  { request, target, search }: AdapterInput,
  conversation: Conversation,
  dropped: Set<string>,
): JsonRecord {
  const own = buildTools(request, target, dropped);
  const searches = search === undefined || own.some(isSearchTool) ? [] : [buildSearchTool(search)];
  if (own.length > 0) {
    const tools = [...own, ...searches];
    const choice = buildToolChoice(request);
    return choice === undefined ? { tools } : { tools, tool_choice: choice };
  }
  if (searches.length > 0) return { tools: [...buildFormerTools(conversation.calledFunctions), ...searches] };
  const former = buildFormerTools(conversation.calledFunctions);
  return former.length === 0 ? {} : { tools: former, tool_choice: { type: "none" } };
}

function thinkingOf(
  input: AdapterInput,
  conversation: Conversation,
  tools: JsonRecord,
  dropped: Set<string>,
): Thinking {
  const { request } = input;
  const maxTokens = outputLimitOf(input);
  // The caller who writes this API's own field knows better than any translation.
  if (isRecord(request.thinking)) {
    const isOn = request.thinking.type !== "disabled";
    return { thinking: request.thinking, effort: undefined, isOn, maxTokens, isDropped: false };
  }
  const kind = toolModeOf(request)?.kind;
  const thinking = buildThinking(input, maxTokens, {
    forcedTool: tools.tools !== undefined && (kind === "required" || kind === "function"),
    continuesWithoutThinking: conversation.continuesWithoutThinking,
    prefill: conversation.isPrefill,
  });
  if (thinking.isDropped) dropped.add(reasoningFieldOf(request));
  return thinking;
}

/** How the answer is made to fit `response_format`: by a forced tool, by constrained decoding, or by asking for it. */
function answerFields(
  { request, target }: AdapterInput,
  { isPrefill }: Conversation,
  tools: JsonRecord,
  thinking: Thinking,
  dropped: Set<string>,
): { fields: JsonRecord; system: readonly JsonRecord[] } {
  const format = request.response_format;
  if (format == null || format.type === "text") return { fields: {}, system: [] };

  const canForce = tools.tools === undefined && !thinking.isOn && !mayThinkUnasked(target) && !isPrefill;
  const tool = canForce ? buildJsonAnswerTool(request, target) : undefined;
  if (tool !== undefined) {
    return {
      fields: { tools: [tool], tool_choice: { type: "tool", name: JSON_ANSWER_TOOL, disable_parallel_tool_use: true } },
      system: [],
    };
  }
  if (format.type === "json_schema" && isSupported(target, "structured_outputs") && !isPrefill) {
    const schema = constrainedSchemaOf(format.json_schema.schema ?? { type: "object" });
    const config = { ...recordOrNone(request.output_config), format: { type: "json_schema", schema } };
    return { fields: { output_config: config }, system: [] };
  }
  const instruction = jsonInstructionOf(format);
  if (instruction !== undefined) return { fields: {}, system: [{ type: "text", text: instruction }] };
  dropped.add("response_format");
  return { fields: {}, system: [] };
}

function samplingFields({ request, target }: AdapterInput, thinking: Thinking, dropped: Set<string>): JsonRecord {
  const out: JsonRecord = {};
  const { temperature, top_p: topP, top_k: topK } = request;
  const allows = (name: string) => isSupported(target, name) && !thinking.isOn;

  if (temperature != null) {
    // The range ends at 1 here. Source: platform.claude.com/docs/en/api/messages, as known in 2026-11.
    if (allows("temperature")) out.temperature = Math.min(temperature, 1);
    else dropped.add("temperature");
  }
  if (topP != null) {
    // Newer models refuse both at once. Source: platform.claude.com migration guide to 4.1, as known in 2026-11.
    if (allows("top_p") && out.temperature === undefined) out.top_p = topP;
    else dropped.add("top_p");
  }
  // 0 means no limit in ours and is refused there.
  if (topK != null && topK > 0) {
    if (allows("top_k")) out.top_k = topK;
    else dropped.add("top_k");
  }
  const stop = stopSequencesOf(request);
  if (stop.length > 0) {
    if (isSupported(target, "stop")) out.stop_sequences = stop;
    else dropped.add("stop");
  }
  return out;
}

function otherFields(request: ChatRequest, dropped: Set<string>): JsonRecord {
  const out: JsonRecord = { ...cacheMarkOf(request) };
  if (request.user) out.metadata = { user_id: request.user };
  if (request.service_tier === "auto") out.service_tier = "auto";
  else if (request.service_tier === "default") out.service_tier = "standard_only";
  else if (request.service_tier) dropped.add("service_tier");
  return out;
}

function nativeFields(request: ChatRequest, dropped: Set<string>): JsonRecord {
  const out: JsonRecord = {};
  for (const [name, value] of Object.entries(request)) {
    if (OWN_FIELDS.has(name) || TRANSLATED_FIELDS.has(name) || isNoOp(name, value)) continue;
    if (NATIVE_FIELDS.has(name)) out[name] = value;
    else dropped.add(name);
  }
  return out;
}

function recordOrNone(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}
