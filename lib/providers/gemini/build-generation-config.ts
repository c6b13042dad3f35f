import type { ChatRequest } from "@/lib/schemas/chat-request";
import { isRecord, type JsonRecord, textOf } from "../json";
import { isSupported, stopSequencesOf } from "../parameters";
import type { AdapterInput } from "../types";
import { buildThinking, takesLevels } from "./build-thinking";
import { jsonSchema } from "./build-tools";

// Source: ai.google.dev/api/generate-content, GenerationConfig, as known in 2026-11.
const MAX_STOP_SEQUENCES = 5;

/** Our parameters that the API knows under another name and takes as they are. */
const RENAMED = {
  temperature: "temperature",
  top_p: "topP",
  top_k: "topK",
  seed: "seed",
  presence_penalty: "presencePenalty",
  frequency_penalty: "frequencyPenalty",
} as const;

/** Fields of the request that {@link buildGenerationConfig} deals with. */
export const GENERATION_FIELDS: ReadonlySet<string> = new Set([
  ...Object.keys(RENAMED),
  "stop",
  "logprobs",
  "top_logprobs",
  "response_format",
  "modalities",
  "image_config",
  "audio",
]);

type GenerationConfig = {
  fields: JsonRecord;
  /** What to tell the model because the API cannot be told. */
  instruction: string | undefined;
};

/** @param dropped collects the names of what could not be said */
export function buildGenerationConfig(input: AdapterInput, hasTools: boolean, dropped: Set<string>): GenerationConfig {
  const { request, target } = input;
  const fields: JsonRecord = {};

  for (const [name, wireName] of Object.entries(RENAMED)) {
    const value = request[name];
    // 0 means no limit in ours and is refused there.
    if (value == null || (name === "top_k" && value === 0)) continue;
    if (isSupported(target, name)) fields[wireName] = value;
    else dropped.add(name);
  }
  if (input.maxTokens !== undefined) fields.maxOutputTokens = input.maxTokens;

  const stop = stopSequencesOf(request);
  if (stop.length > 0 && isSupported(target, "stop")) fields.stopSequences = stop.slice(0, MAX_STOP_SEQUENCES);
  if (stop.length > MAX_STOP_SEQUENCES || (stop.length > 0 && fields.stopSequences === undefined)) dropped.add("stop");

  if (request.logprobs === true) {
    if (isSupported(target, "logprobs")) {
      fields.responseLogprobs = true;
      if (request.top_logprobs) fields.logprobs = request.top_logprobs;
    } else dropped.add("logprobs");
  }

  Object.assign(fields, modalityFields(request));
  const thinking = buildThinking(input, dropped);
  if (thinking !== undefined) fields.thinkingConfig = thinking;

  const format = formatFields(input, hasTools, dropped);
  return { fields: { ...fields, ...format.fields }, instruction: format.instruction };
}

function modalityFields(request: ChatRequest): JsonRecord {
  const out: JsonRecord = {};
  const modalities = request.modalities ?? [];
  if (modalities.some((modality) => modality !== "text")) {
    out.responseModalities = modalities.map((modality) => modality.toUpperCase());
  }
  const ratio = textOf(request.image_config?.aspect_ratio);
  const size = textOf(request.image_config?.image_size);
  if (ratio !== undefined || size !== undefined) {
    out.imageConfig = {
      ...(ratio === undefined ? {} : { aspectRatio: ratio }),
      ...(size === undefined ? {} : { imageSize: size }),
    };
  }
  const voiceName = textOf(request.audio?.voice);
  if (voiceName !== undefined) out.speechConfig = { voiceConfig: { prebuiltVoiceConfig: { voiceName } } };
  return out;
}

function formatFields({ request, target }: AdapterInput, hasTools: boolean, dropped: Set<string>): GenerationConfig {
  const format = request.response_format;
  if (format == null || format.type === "text") return { fields: {}, instruction: undefined };
  if (format.type !== "json_object" && format.type !== "json_schema") {
    dropped.add("response_format");
    return { fields: {}, instruction: undefined };
  }
  const schema =
    format.type === "json_schema" && isRecord(format.json_schema.schema) ? format.json_schema.schema : null;

  // Before Gemini 3 a request with tools may not ask for JSON.
  // Source: ai.google.dev/gemini-api/docs/structured-output, "with tools", as known in 2026-11.
  if (hasTools && !takesLevels(target)) {
    const shape = schema === null ? "one JSON object" : `JSON that fits this schema: ${JSON.stringify(schema)}`;
    return {
      fields: {},
      instruction: `When you answer and do not call a function, answer with ${shape}. No prose, no code fence.`,
    };
  }
  const fields: JsonRecord = { responseMimeType: "application/json" };
  if (schema !== null) fields.responseJsonSchema = jsonSchema(schema);
  return { fields, instruction: undefined };
}
