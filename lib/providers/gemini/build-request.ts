import "server-only";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { hasCacheMarks } from "../cache-marks";
import { isRecord, type JsonRecord } from "../json";
import { isNoOp, OWN_FIELDS } from "../parameters";
import { functionToolsOf } from "../tools";
import type { AdapterInput, AdapterTarget, BuiltBody, UpstreamRequest } from "../types";
import { buildContents } from "./build-contents";
import { buildGenerationConfig, GENERATION_FIELDS } from "./build-generation-config";
import { takesLevels } from "./build-thinking";
import { buildTools } from "./build-tools";

const API_VERSION_PATH = "/v1beta";

/** Fields of the API that have no name in ours, in both of its spellings. */
const NATIVE_FIELDS: Readonly<Record<string, string>> = {
  safetySettings: "safetySettings",
  safety_settings: "safetySettings",
  cachedContent: "cachedContent",
  cached_content: "cachedContent",
  labels: "labels",
};

const TOOL_FIELDS: ReadonlySet<string> = new Set(["tools", "tool_choice", "parallel_tool_calls"]);

/** Builds `models/…:generateContent`, or its streaming twin. */
export function buildRequest(input: AdapterInput): UpstreamRequest {
  const { target, stream } = input;
  const { body, droppedParameters } = buildBody(input);
  const { baseUrl } = target;
  const base = /\/v\d+(alpha|beta)?\d*$/.test(baseUrl) ? baseUrl : `${baseUrl}${API_VERSION_PATH}`;
  return {
    url: `${base}/${modelPathOf(target, stream)}`,
    headers: {
      "content-type": "application/json",
      accept: stream ? "text/event-stream" : "application/json",
      "x-goog-api-key": target.apiKey,
    },
    body: JSON.stringify(body),
    droppedParameters,
  };
}

/** The request as the protocol says it, wherever it is sent. */
export function buildBody(input: AdapterInput): BuiltBody {
  const { request, target } = input;
  const dropped = new Set<string>();
  const { system, contents } = buildContents(request.messages, { signsCalls: takesLevels(target) }, dropped);
  const tools = buildTools(request, dropped);
  const config = buildGenerationConfig(input, functionToolsOf(request).length > 0, dropped);
  const native = nativeFields(request, dropped);
  // What is worth keeping it finds by itself.
  if (hasCacheMarks(request)) dropped.add("cache_control");

  const body: JsonRecord = { contents, ...tools, ...native };
  const instructions = config.instruction === undefined ? system : [...system, { text: config.instruction }];
  if (instructions.length > 0) body.systemInstruction = { parts: instructions };
  const generationConfig = {
    ...config.fields,
    ...(isRecord(request.generationConfig) ? request.generationConfig : {}),
  };
  if (Object.keys(generationConfig).length > 0) body.generationConfig = generationConfig;

  return { body, droppedParameters: [...dropped] };
}

/** The end of the address, from `models/` on. */
export function modelPathOf({ upstreamId }: AdapterTarget, stream: boolean): string {
  const model = upstreamId
    .replace(/^models\//, "")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
  // Without `alt=sse` a stream comes as one long JSON array.
  return `models/${model}:${stream ? "streamGenerateContent?alt=sse" : "generateContent"}`;
}

function nativeFields(request: ChatRequest, dropped: Set<string>): JsonRecord {
  const out: JsonRecord = {};
  for (const [name, value] of Object.entries(request)) {
    if (OWN_FIELDS.has(name) || TOOL_FIELDS.has(name) || GENERATION_FIELDS.has(name) || isNoOp(name, value)) continue;
    const native = NATIVE_FIELDS[name];
    if (native !== undefined) out[native] = value;
    else if (name !== "generationConfig") dropped.add(name);
  }
  return out;
}
