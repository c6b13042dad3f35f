import type { AssistantMessage, ChatMessage, ContentPart, MessageContent } from "@/lib/schemas/chat-request";
import { partsOf } from "../content";
import type { JsonRecord } from "../json";
import { dataUrl, fileSourceOf } from "../media";
import type { ProviderQuirks } from "./provider-quirks";

// Fields of our own answers that clients send back with the history. Strict providers refuse a message that has them.
const ANSWER_ONLY_FIELDS = ["reasoning", "reasoning_content", "reasoning_details", "annotations", "images", "model"];

/**
 * The messages as the provider takes them.
 * @param dropped collects the names of what had to be taken out
 * @throws AppError `invalid_request` naming the part that cannot be sent
 */
export function buildMessages(
  messages: readonly ChatMessage[],
  quirks: ProviderQuirks,
  dropped: Set<string>,
): readonly JsonRecord[] {
  return messages.map((message, index) => {
    const field = `messages[${index}].content`;
    if (message.role === "assistant") return assistantMessage(message, field, quirks, dropped);
    const role = message.role === "developer" && !quirks.developerRole ? "system" : message.role;
    // That a tool failed is told by its result; the protocol has no field for it.
    const { is_error: _isError, ...rest } = message;
    const out: JsonRecord = { ...rest, role, content: buildContent(message.content, field, quirks, dropped) };
    takeCacheControl(out, quirks, dropped);
    return withoutNulls(out);
  });
}

function assistantMessage(
  message: AssistantMessage,
  field: string,
  quirks: ProviderQuirks,
  dropped: Set<string>,
): JsonRecord {
  const out: JsonRecord = { ...message };
  for (const name of ANSWER_ONLY_FIELDS) delete out[name];

  const details = message.reasoning_details ?? [];
  const text = message.reasoning_content ?? message.reasoning ?? details.map(({ text }) => text ?? "").join("");
  if (quirks.replay === "reasoning_details") {
    if (details.length > 0) out.reasoning_details = details;
    else if (text !== "") out.reasoning = text;
  } else if (quirks.replay !== undefined && text !== "") out[quirks.replay] = text;
  // Signed or encrypted reasoning is lost for good when it cannot go back, so the route says so.
  if (quirks.replay !== "reasoning_details" && details.some(({ data, signature }) => data || signature)) {
    dropped.add("reasoning_details");
  }

  // An empty list is refused; `index` is part of an answer, not of a request.
  if (message.tool_calls == null || message.tool_calls.length === 0) delete out.tool_calls;
  else
    out.tool_calls = message.tool_calls.map(({ index: _, ...call }) => {
      const copy: JsonRecord = call;
      takeCacheControl(copy, quirks, dropped);
      return copy;
    });

  const cleaned = withoutNulls(out);
  // `null` is how the protocol says that a turn has calls and no text, so here it stays.
  cleaned.content = message.content == null ? null : buildContent(message.content, field, quirks, dropped);
  return cleaned;
}

function buildContent(
  content: MessageContent,
  field: string,
  quirks: ProviderQuirks,
  dropped: Set<string>,
): string | readonly JsonRecord[] {
  if (typeof content === "string") return content;
  const parts = partsOf(content).map((part, index) => buildPart(part, `${field}[${index}]`, quirks, dropped));

  const texts = parts.flatMap((part) => (part.type === "text" && typeof part.text === "string" ? [part.text] : []));
  const plain = texts.length === parts.length && parts.every((part) => part.cache_control === undefined);
  // One text part says no more than a string does, and every provider takes a string.
  return plain && (quirks.stringContent || texts.length === 1) ? texts.join("\n\n") : parts;
}

function buildPart(part: ContentPart, field: string, quirks: ProviderQuirks, dropped: Set<string>): JsonRecord {
  const out: JsonRecord = { ...part };
  if (part.type === "input_video") out.type = "video_url";
  if (part.type === "file") {
    const source = fileSourceOf(part, field);
    if (source.kind === "inline") out.file = { ...part.file, file_data: dataUrl(source.mediaType, source.base64) };
  }
  takeCacheControl(out, quirks, dropped);
  return out;
}

/** Removes a cache mark that the provider would refuse. */
export function takeCacheControl(holder: JsonRecord, quirks: ProviderQuirks, dropped: Set<string>): void {
  if (holder.cache_control !== null && holder.cache_control !== undefined) {
    if (quirks.cacheControl) return;
    dropped.add("cache_control");
  }
  delete holder.cache_control;
}

function withoutNulls(record: JsonRecord): JsonRecord {
  const kept: JsonRecord = {};
  for (const name of Object.keys(record)) {
    const value = record[name];
    if (value !== null && value !== undefined) kept[name] = value;
  }
  return kept;
}
