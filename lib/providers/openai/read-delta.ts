import type { Annotation, ChatDelta, GeneratedAudio, GeneratedImage } from "@/lib/schemas/chat-completion";
import type { ReasoningDetail } from "@/lib/schemas/chat-request";
import { isRecord, type JsonRecord, listOf, recordOf, textOf } from "../json";
import { dataUrl } from "../media";
import type { ToolCallAssembler } from "./tool-call-assembler";

/**
 * What a `delta` (or a whole `message`: same fields) adds, or `undefined` when it adds nothing. Empty strings, `null` and
 * a bare role count as nothing, so that a chunk with a delta is a chunk with content.
 */
export function readDelta(source: JsonRecord, calls: ToolCallAssembler, seed: string): ChatDelta | undefined {
  const delta: ChatDelta = {};
  let isEmpty = true;

  const { content } = source;
  if (typeof content === "string") {
    if (content !== "") {
      delta.content = content;
      isEmpty = false;
    }
  } else if (Array.isArray(content)) {
    isEmpty = !readParts(content, delta);
  }

  // Some servers send the same text under both names during a migration, so only one of them is read.
  const reasoning = textOf(source.reasoning) ?? textOf(source.reasoning_content);
  if (reasoning !== undefined) {
    delta.reasoning = reasoning;
    isEmpty = false;
  }
  if (source.reasoning_details != null) {
    const details = readReasoningDetails(source.reasoning_details);
    if (details.length > 0) {
      delta.reasoning_details = details;
      const shown = delta.reasoning ?? details.map(({ text, summary }) => text ?? summary ?? "").join("");
      if (shown !== "") delta.reasoning = shown;
      isEmpty = false;
    }
  }

  const refusal = textOf(source.refusal);
  if (refusal !== undefined) {
    delta.refusal = refusal;
    isEmpty = false;
  }

  // `function_call` is what one call was before there were several.
  const fragments =
    source.tool_calls ?? (isRecord(source.function_call) ? [{ index: 0, function: source.function_call }] : undefined);
  if (fragments != null) {
    const toolCalls = calls.add(fragments, seed);
    if (toolCalls.length > 0) {
      delta.tool_calls = [...toolCalls];
      isEmpty = false;
    }
  }

  if (source.images != null) isEmpty = !addImages(source.images, delta) && isEmpty;
  if (source.audio != null) isEmpty = !addAudio(source.audio, delta) && isEmpty;
  if (source.annotations != null) {
    const annotations = readAnnotations(source.annotations);
    if (annotations.length > 0) {
      delta.annotations = annotations;
      isEmpty = false;
    }
  }
  return isEmpty ? undefined : delta;
}

/** Mistral's reasoning models and some image models send content as a list of typed parts. */
function readParts(parts: readonly unknown[], delta: ChatDelta): boolean {
  let content = "";
  let reasoning = "";
  const images: unknown[] = [];
  for (const part of parts) {
    if (!isRecord(part)) continue;
    if (part.type === "text") content += textOf(part.text) ?? "";
    else if (part.type === "thinking") reasoning += thinkingText(part.thinking);
    else if (part.type === "image_url" || part.type === "image") images.push(part);
  }
  if (content !== "") delta.content = content;
  if (reasoning !== "") delta.reasoning = reasoning;
  const hasImages = images.length > 0 && addImages(images, delta);
  return content !== "" || reasoning !== "" || hasImages;
}

function thinkingText(thinking: unknown): string {
  if (typeof thinking === "string") return thinking;
  return listOf(thinking)
    .map((part) => textOf(recordOf(part)?.text) ?? "")
    .join("");
}

function readReasoningDetails(value: unknown): ReasoningDetail[] {
  return listOf(value).flatMap((item) => {
    if (!isRecord(item)) return [];
    const type = textOf(item.type);
    // Signatures must go back exactly as they came, so the detail is kept whole, fields we do not know included.
    return type === undefined ? [] : [{ ...item, type }];
  });
}

function addImages(value: unknown, delta: ChatDelta): boolean {
  const images = listOf(value).flatMap((item): GeneratedImage[] => {
    if (!isRecord(item)) return [];
    const base64 = textOf(item.b64_json);
    const url =
      textOf(recordOf(item.image_url)?.url) ??
      textOf(item.image_url) ??
      textOf(item.url) ??
      (base64 === undefined ? undefined : dataUrl("image/png", base64));
    if (url === undefined) return [];
    const image: GeneratedImage = { type: "image_url", image_url: { url } };
    if (typeof item.index === "number" && Number.isInteger(item.index)) image.index = item.index;
    return [image];
  });
  if (images.length === 0) return false;
  delta.images = [...(delta.images ?? []), ...images];
  return true;
}

function addAudio(value: unknown, delta: ChatDelta): boolean {
  if (!isRecord(value)) return false;
  const audio: GeneratedAudio = {};
  const id = textOf(value.id);
  const data = textOf(value.data);
  const transcript = textOf(value.transcript);
  if (id !== undefined) audio.id = id;
  if (data !== undefined) audio.data = data;
  if (transcript !== undefined) audio.transcript = transcript;
  if (typeof value.expires_at === "number") audio.expires_at = value.expires_at;
  if (Object.keys(audio).length === 0) return false;
  delta.audio = audio;
  return true;
}

function readAnnotations(value: unknown): Annotation[] {
  return listOf(value).flatMap((item) => {
    if (!isRecord(item)) return [];
    const type = textOf(item.type);
    if (type === undefined) return [];
    const citation = recordOf(item.url_citation);
    // Clients refuse `title: null`, so what is null goes.
    return citation === undefined ? [{ ...item, type }] : [{ ...item, type, url_citation: withoutNulls(citation) }];
  });
}

function withoutNulls(record: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}
