import "server-only";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { mayThinkUnasked } from "../anthropic/build-thinking";
import { isRecord, type JsonRecord } from "../json";
import { isNoOp, isSupported, OWN_FIELDS, stopSequencesOf } from "../parameters";
import { toolModeOf } from "../tools";
import type { AdapterInput, AdapterTarget, UpstreamRequest } from "../types";
import { buildAnswerFormat } from "./build-answer-format";
import { cachePointsOf } from "./build-blocks";
import { buildConversation } from "./build-messages";
import { buildReasoning } from "./build-reasoning";
import { buildTools } from "./build-tools";
import { type ModelVendor, profileIdOf, vendorOf } from "./model-vendor";
import { stripCachePoints } from "./strip-cache-points";

/** Fields of the API that have no name in ours, so that a caller who sends them means this API. */
const NATIVE_FIELDS: ReadonlySet<string> = new Set([
  "additionalModelResponseFieldPaths",
  "guardrailConfig",
  "performanceConfig",
  "promptVariables",
  "requestMetadata",
]);

/** Fields of the request that this folder translates. */
const TRANSLATED_FIELDS: ReadonlySet<string> = new Set([
  "additionalModelRequestFields",
  "cache_control",
  "parallel_tool_calls",
  "response_format",
  "service_tier",
  "stop",
  "temperature",
  "tool_choice",
  "tools",
  "top_k",
  "top_p",
  "verbosity",
]);

const SERVICE_TIERS: Readonly<Record<string, string>> = {
  default: "default",
  flex: "flex",
  priority: "priority",
  fast: "priority",
};

/** Builds `POST /model/{model}/converse`, or its streaming twin. */
export function buildRequest(input: AdapterInput): UpstreamRequest {
  const { request, target, stream } = input;
  const dropped = new Set<string>();
  const vendor = vendorOf(target.upstreamId);
  const conversation = buildConversation(request.messages, dropped);
  const tools = buildTools(request, target, vendor, conversation.calledFunctions, dropped);
  const kind = toolModeOf(request)?.kind;
  const reasoning = buildReasoning(
    input,
    vendor,
    {
      forcedTool: tools.toolConfig !== undefined && (kind === "required" || kind === "function"),
      continuesWithoutThinking: conversation.continuesWithoutThinking,
      prefill: conversation.isPrefill,
    },
    dropped,
  );
  const mayThink = reasoning.isOn || (vendor === "anthropic" && mayThinkUnasked(target));
  const format = buildAnswerFormat(
    request,
    target,
    vendor,
    { hasTools: tools.toolConfig !== undefined, mayThink, isPrefill: conversation.isPrefill },
    dropped,
  );

  const body: JsonRecord = { messages: conversation.messages, ...nativeFields(request, dropped) };
  const system = [...conversation.system, ...format.system];
  if (system.length > 0) body.system = [...system, ...cachePointsOf(request)];
  const sampling = samplingFields(request, target, vendor, reasoning.isOn, dropped);
  const inferenceConfig = {
    ...(reasoning.maxTokens === undefined ? {} : { maxTokens: reasoning.maxTokens }),
    ...sampling.shared,
  };
  if (Object.keys(inferenceConfig).length > 0) body.inferenceConfig = inferenceConfig;
  const toolConfig = tools.toolConfig ?? format.toolConfig;
  if (toolConfig !== undefined) body.toolConfig = toolConfig;
  if (format.outputConfig !== undefined) body.outputConfig = format.outputConfig;
  const own = {
    ...sampling.own,
    ...reasoning.fields,
    ...(tools.toolChoice === undefined ? {} : { tool_choice: tools.toolChoice }),
    ...(vendor === "anthropic" && input.betaFeatures.length > 0 ? { anthropic_beta: input.betaFeatures } : {}),
    ...(isRecord(request.additionalModelRequestFields) ? request.additionalModelRequestFields : {}),
  };
  if (Object.keys(own).length > 0) body.additionalModelRequestFields = own;
  addServiceTier(request, body, dropped);

  const headers: Record<string, string> = {
    "content-type": "application/json",
    accept: stream ? "application/vnd.amazon.eventstream" : "application/json",
  };
  if (target.apiKey !== "") headers.authorization = `Bearer ${target.apiKey}`;
  return {
    url: urlOf(target, stream),
    headers,
    body: JSON.stringify(stripCachePoints(body, vendor, dropped)),
    droppedParameters: [...dropped],
  };
}

/** The connection says where it is; the endpoint's own region says only whether it is a world-wide one. */
function urlOf({ baseUrl, upstreamId, region: scope, settings }: AdapterTarget, stream: boolean): string {
  const model = profileIdOf(upstreamId, settings?.region, scope);
  const host = baseUrl.replace("{region}", settings?.region ?? "");
  return `${host}/model/${encodeURIComponent(model)}/${stream ? "converse-stream" : "converse"}`;
}

function samplingFields(
  request: ChatRequest,
  target: AdapterTarget,
  vendor: ModelVendor,
  isThinking: boolean,
  dropped: Set<string>,
): { shared: JsonRecord; own: JsonRecord } {
  const shared: JsonRecord = {};
  const own: JsonRecord = {};
  const { temperature, top_p: topP, top_k: topK } = request;
  const allows = (name: string) => isSupported(target, name) && !isThinking;

  if (temperature != null) {
    if (allows("temperature")) shared.temperature = Math.min(temperature, 1);
    else dropped.add("temperature");
  }
  if (topP != null) {
    // Newer Claude models refuse both at once. Source: platform.claude.com migration guide to 4.1, as known in 2026-11.
    const isAlone = vendor !== "anthropic" || shared.temperature === undefined;
    if (allows("top_p") && isAlone) shared.topP = topP;
    else dropped.add("top_p");
  }
  // 0 means no limit in ours and is refused there.
  if (topK != null && topK > 0) {
    if (!allows("top_k") || vendor === "openai" || vendor === "other") dropped.add("top_k");
    else if (vendor === "amazon") own.inferenceConfig = { topK };
    else if (vendor === "cohere") own.k = topK;
    else own.top_k = topK;
  }
  const stop = stopSequencesOf(request);
  if (stop.length > 0) {
    if (isSupported(target, "stop")) shared.stopSequences = stop;
    else dropped.add("stop");
  }
  return { shared, own };
}

function addServiceTier(request: ChatRequest, body: JsonRecord, dropped: Set<string>): void {
  const { service_tier: wanted } = request;
  if (wanted == null || wanted === "auto") return;
  const type = SERVICE_TIERS[wanted];
  if (type === undefined) dropped.add("service_tier");
  else body.serviceTier = { type };
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
