import { shortCallId } from "../call-id";
import { isRecord, type JsonRecord, listOf, recordOf, textOf } from "../json";
import type { ProviderQuirks } from "./provider-quirks";

/** The messages of the protocol in the form of the few providers that want them otherwise. */
export function adaptMessages(messages: readonly JsonRecord[], quirks: ProviderQuirks): readonly JsonRecord[] {
  let adapted = messages;
  if (!quirks.messageNames) adapted = adapted.map(withoutName);
  if (quirks.shortCallIds) adapted = adapted.map(withShortIds);
  if (quirks.ownMediaParts) adapted = adapted.map(withOwnParts);
  if (quirks.alternates) adapted = joinAdjacent(adapted);
  if (quirks.prefixField && adapted.at(-1)?.role === "assistant") {
    adapted = [...adapted.slice(0, -1), { ...adapted.at(-1), prefix: true }];
  }
  return adapted;
}

/** A result may keep the name of its function. */
function withoutName(message: JsonRecord): JsonRecord {
  if (message.name === undefined || message.role === "tool") return message;
  const { name: _, ...rest } = message;
  return rest;
}

function withShortIds(message: JsonRecord): JsonRecord {
  const resultOf = textOf(message.tool_call_id);
  if (resultOf !== undefined) return { ...message, tool_call_id: shortCallId(resultOf) };
  if (message.tool_calls === undefined) return message;
  const calls = listOf(message.tool_calls).map((call) =>
    isRecord(call) ? { ...call, id: shortCallId(textOf(call.id) ?? "") } : call,
  );
  return { ...message, tool_calls: calls };
}

function withOwnParts(message: JsonRecord): JsonRecord {
  if (!Array.isArray(message.content)) return message;
  return { ...message, content: message.content.map((part) => (isRecord(part) ? ownPart(part) : part)) };
}

function ownPart(part: JsonRecord): JsonRecord {
  if (part.type === "input_audio") return { type: "input_audio", input_audio: recordOf(part.input_audio)?.data };
  const file = recordOf(part.file);
  if (part.type !== "file" || textOf(file?.file_data) === undefined) return part;
  const name = textOf(file?.filename);
  return {
    type: "document_url",
    document_url: file?.file_data,
    ...(name === undefined ? {} : { document_name: name }),
  };
}

/** What one side says twice in a row, as one message. Results stay apart, each with its call. */
function joinAdjacent(messages: readonly JsonRecord[]): readonly JsonRecord[] {
  const joined: JsonRecord[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    const joins = last !== undefined && last.role === message.role && (last.role === "user" || isPlainAnswer(last));
    if (!joins || (message.role === "assistant" && !isPlainAnswer(message))) joined.push(message);
    else joined[joined.length - 1] = { ...last, content: joinContent(last.content, message.content) };
  }
  return joined;
}

function isPlainAnswer({ role, tool_calls: calls }: JsonRecord): boolean {
  return role === "assistant" && calls === undefined;
}

function joinContent(before: unknown, after: unknown): unknown {
  if (typeof before === "string" && typeof after === "string") return `${before}\n\n${after}`;
  return [...asParts(before), ...asParts(after)];
}

function asParts(content: unknown): readonly unknown[] {
  return typeof content === "string" ? [{ type: "text", text: content }] : listOf(content);
}
