import "server-only";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { hasCacheMarks } from "../cache-marks";
import { isRecord, type JsonRecord } from "../json";
import { jsonInstructionOf } from "../json-answer";
import { isNoOp, isSupported, OWN_FIELDS, stopSequencesOf } from "../parameters";
import { hidesReasoning, outputLimitOf, reasoningBudgetOf, reasoningFieldOf, reasoningWishOf } from "../reasoning";
import { functionToolsOf, otherToolsOf, toolModeOf } from "../tools";
import type { AdapterInput, UpstreamRequest } from "../types";
import { apiUrlOf } from "./api-url";
import { buildMessages } from "./build-messages";

// Source: docs.cohere.com/reference/chat and types of npm cohere-ai, V2ChatStreamRequest, read 2026-11-21.
const MAX_STOP_SEQUENCES = 5;

/** Our parameters that the API knows, under its names. */
const RENAMED = {
  temperature: "temperature",
  top_p: "p",
  top_k: "k",
  seed: "seed",
  frequency_penalty: "frequency_penalty",
  presence_penalty: "presence_penalty",
  logprobs: "logprobs",
} as const;

/** Fields of the API that have no name in ours. */
const NATIVE_FIELDS: ReadonlySet<string> = new Set([
  "documents",
  "citation_options",
  "safety_mode",
  "strict_tools",
  "priority",
  "thinking",
]);

const TRANSLATED_FIELDS: ReadonlySet<string> = new Set([
  ...Object.keys(RENAMED),
  "stop",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "response_format",
]);

/** Builds `POST /v2/chat`. */
export function buildRequest(input: AdapterInput): UpstreamRequest {
  const { request, target, stream } = input;
  const dropped = new Set<string>();
  const tools = buildTools(request, dropped);
  const format = buildFormat(request, tools.tools !== undefined, dropped);
  const messages = buildMessages(request.messages, dropped);
  if (hasCacheMarks(request)) dropped.add("cache_control");

  const body: JsonRecord = {
    model: target.upstreamId,
    messages:
      format.instruction === undefined ? messages : [{ role: "system", content: format.instruction }, ...messages],
    stream,
    ...samplingFields(input, dropped),
    ...tools,
    ...format.fields,
    ...thinkingFields(input, dropped),
    ...nativeFields(request, dropped),
  };
  if (input.maxTokens !== undefined) body.max_tokens = input.maxTokens;

  return {
    url: `${apiUrlOf(target.baseUrl)}/chat`,
    headers: {
      "content-type": "application/json",
      accept: stream ? "text/event-stream" : "application/json",
      authorization: `Bearer ${target.apiKey}`,
    },
    body: JSON.stringify(body),
    droppedParameters: [...dropped],
  };
}

function samplingFields({ request, target }: AdapterInput, dropped: Set<string>): JsonRecord {
  const out: JsonRecord = {};
  for (const [name, wireName] of Object.entries(RENAMED)) {
    const value = request[name];
    if (isNoOp(name, value)) continue;
    if (!isSupported(target, name)) dropped.add(name);
    else out[wireName] = typeof value === "number" ? withinRange(wireName, value) : value;
  }
  const stop = stopSequencesOf(request);
  if (stop.length > 0 && isSupported(target, "stop")) out.stop_sequences = stop.slice(0, MAX_STOP_SEQUENCES);
  if (stop.length > MAX_STOP_SEQUENCES || (stop.length > 0 && out.stop_sequences === undefined)) dropped.add("stop");
  return out;
}

/** The API refuses what is out of its narrower ranges. */
function withinRange(name: string, value: number): number {
  switch (name) {
    case "temperature":
    case "frequency_penalty":
    case "presence_penalty":
      return Math.max(0, Math.min(value, 1));
    case "p":
      return Math.max(0.01, Math.min(value, 0.99));
    case "k":
      return Math.min(value, 500);
    case "seed":
      return Math.abs(value);
    default:
      return value;
  }
}

function buildTools(request: ChatRequest, dropped: Set<string>): JsonRecord {
  if (otherToolsOf(request).length > 0) dropped.add("tools");
  const mode = toolModeOf(request);
  const functions = functionToolsOf(request).filter(
    // One function cannot be named, so that a choice of it leaves only it to choose from.
    ({ function: { name } }) => mode?.kind !== "function" || name === mode.name,
  );
  if (functions.length === 0) return {};
  if (request.parallel_tool_calls === false) dropped.add("parallel_tool_calls");

  const tools = functions.map(({ function: { name, description, parameters } }) => ({
    type: "function",
    function: {
      name,
      ...(description ? { description } : {}),
      parameters: parameters ?? { type: "object", properties: {} },
    },
  }));
  const isForced = mode?.kind === "required" || mode?.kind === "function";
  if (isForced) return { tools, tool_choice: "REQUIRED" };
  return mode?.kind === "none" ? { tools, tool_choice: "NONE" } : { tools };
}

function buildFormat(
  { response_format: format }: ChatRequest,
  hasTools: boolean,
  dropped: Set<string>,
): { fields: JsonRecord; instruction: string | undefined } {
  const none = { fields: {}, instruction: undefined };
  if (format == null || format.type === "text") return none;
  if (format.type !== "json_object" && format.type !== "json_schema") {
    dropped.add("response_format");
    return none;
  }
  const schema = format.type === "json_schema" ? format.json_schema.schema : undefined;
  // With tools the API takes no format, and a schema must be that of an object.
  const isObject = schema == null || schema.type === undefined || schema.type === "object";
  if (hasTools || !isObject) return { fields: {}, instruction: jsonInstructionOf(format) };
  const response =
    schema == null ? { type: "json_object" } : { type: "json_object", json_schema: { type: "object", ...schema } };
  return { fields: { response_format: response }, instruction: undefined };
}

function thinkingFields(input: AdapterInput, dropped: Set<string>): JsonRecord {
  const { request, target } = input;
  const wish = reasoningWishOf(request);
  const reasons = target.reasoning !== undefined || isSupported(target, "reasoning");
  if (isRecord(request.thinking)) return {};
  switch (wish.kind) {
    case "unset":
      return {};
    case "off":
      return target.reasoning === undefined ? {} : { thinking: { type: "disabled" } };
    case "on": {
      if (!reasons) {
        dropped.add(reasoningFieldOf(request));
        return {};
      }
      // It has no way to think in secret; what must not be shown is not asked for.
      if (hidesReasoning(request) && target.reasoning === undefined) return {};
      const named = wish.level !== undefined || wish.budgetTokens !== undefined;
      const budget = named ? { token_budget: Math.max(1, reasoningBudgetOf(wish, outputLimitOf(input))) } : {};
      return { thinking: { type: "enabled", ...budget } };
    }
  }
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
