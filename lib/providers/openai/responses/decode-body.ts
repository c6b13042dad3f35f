import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { isRecord, type JsonRecord, listOf, textOf } from "../../json";
import { isBilledSearch, readCitation, readEnding, reasoningTextOf } from "./read-response";

/**
 * Reads a whole `response` object.
 * @throws Error when it holds no output
 */
export function decodeBody(body: unknown): readonly ChatChunk[] {
  if (!isRecord(body)) throw new Error("body is not a JSON object");
  if (!Array.isArray(body.output) && body.error == null) throw new Error("body holds no output");
  const chunks: ChatChunk[] = [];
  let textLength = 0;
  let calls = 0;
  let searches = 0;
  for (const item of listOf(body.output).filter(isRecord)) {
    if (isBilledSearch(item)) searches += 1;
    if (item.type === "reasoning") {
      const reasoning = reasoningTextOf(item);
      if (reasoning !== "") chunks.push({ delta: { reasoning } });
    } else if (item.type === "function_call") {
      chunks.push({ delta: { tool_calls: [callOf(item, calls)] } });
      calls += 1;
    } else if (item.type === "message") {
      for (const part of listOf(item.content).filter(isRecord)) {
        const refusal = textOf(part.refusal);
        if (refusal !== undefined) chunks.push({ delta: { refusal } });
        const content = textOf(part.text);
        if (content === undefined) continue;
        const offset = textLength;
        const annotations = listOf(part.annotations).flatMap((citation) => readCitation(citation, offset) ?? []);
        chunks.push({ delta: { content, ...(annotations.length === 0 ? {} : { annotations }) } });
        textLength += content.length;
      }
    }
  }
  return [...chunks, readEnding(body, calls > 0, searches)];
}

function callOf(item: JsonRecord, index: number) {
  const id = textOf(item.call_id) ?? textOf(item.id) ?? `call_${index}`;
  const fields = { name: textOf(item.name) ?? "", arguments: textOf(item.arguments) ?? "{}" };
  return { index, id, type: "function" as const, function: fields };
}
