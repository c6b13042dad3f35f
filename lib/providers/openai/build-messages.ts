import type { AssistantMessage, ChatMessage, ContentPart, MessageContent } from "@/lib/schemas/chat-request";
import { partsOf } from "../content";
import { isRecord, type JsonRecord, listOf } from "../json";
import { dataUrl, fileSourceOf } from "../media";
import { adaptMessages } from "./adapt-messages";
import type { ProviderQuirks } from "./provider-quirks";
import type { quirksOf } from "./quirks-of";

// Fields of our own answers that clients send back with the history. Strict providers refuse a message that has them.
const ANSWER_ONLY_FIELDS = ["reasoning", "reasoning_content", "reasoning_details", "annotations", "images", "model"];

/**
 * The messages as the provider takes them.
 * @param dropped collects the names of what had to be taken out
 * @throws AppError `invalid_request` naming the part that cannot be sent
 */
export function buildMessages(
  messages: readonly ChatMessage[],
  quirks: ReturnType<typeof quirksOf>,
  dropped: Set<string>,
): readonly JsonRecord[] {
  const out: JsonRecord[] = [];
  /** Pictures and files of results, which the protocol has no place for in them. */
  let shown: JsonRecord[] = [];
  messages.forEach((message, index) => {
    const field = `messages[${index}].content`;
    if (message.role === "tool" && typeof message.content === "object" && !quirks.resultMedia) {
      const { result, media } = splitResult(message, field, quirks, dropped);
      out.push(result);
      shown.push(...media);
      return;
    }
    if (shown.length > 0 && message.role !== "tool") {
      out.push({ role: "user", content: shown });
      shown = [];
    }
    out.push(buildMessage(message, field, quirks, dropped));
  });
  if (shown.length > 0) out.push({ role: "user", content: shown });
  return quirks.isPlain ? out : adaptMessages(out, quirks);
}

function buildMessage(message: ChatMessage, field: string, quirks: ProviderQuirks, dropped: Set<string>): JsonRecord {
  if (message.role === "assistant") return assistantMessage(message, field, quirks, dropped);
  const role = message.role === "developer" && !quirks.developerRole ? "system" : message.role;
  // That a tool failed is told by its result; the protocol has no field for it.
  const { is_error: _isError, ...rest } = message;
  const out: JsonRecord = { ...rest, role, content: buildContent(message.content, field, quirks, dropped) };
  takeCacheControl(out, quirks, dropped);
  return withoutNulls(out);
}

/** A result's text stays with its call; what cannot be text is shown by the user right after all results. */
function splitResult(
  message: Extract<ChatMessage, { role: "tool" }>,
  field: string,
  quirks: ProviderQuirks,
  dropped: Set<string>,
): { result: JsonRecord; media: readonly JsonRecord[] } {
  const parts = partsOf(message.content);
  const texts = parts.filter((part) => part.type === "text");
  const media = parts.flatMap((part, index) =>
    part.type === "text" ? [] : [buildPart(part, `${field}[${index}]`, quirks, dropped)],
  );
  const said = media.length > 0 && texts.length === 0 ? "The result is attached." : texts;
  return { result: buildMessage({ ...message, content: said }, field, quirks, dropped), media };
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
  let isThought = false;
  if (quirks.replay === "reasoning_details") {
    if (details.length > 0) out.reasoning_details = details;
    else if (text !== "") out.reasoning = text;
    if (message.images != null) out.images = message.images;
  } else if (quirks.replay === "thinking") isThought = text !== "";
  else if (quirks.replay !== undefined && text !== "") out[quirks.replay] = text;
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
  if (isThought)
    cleaned.content = [{ type: "thinking", thinking: [{ type: "text", text }] }, ...partsIn(cleaned.content)];
  // Sound that was made before is meant by its id.
  if (isRecord(cleaned.audio) && typeof cleaned.audio.id === "string") cleaned.audio = { id: cleaned.audio.id };
  return cleaned;
}

function partsIn(content: unknown): readonly unknown[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content }];
  return listOf(content);
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
