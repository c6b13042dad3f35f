import type { ChatChunk } from "@/lib/schemas/chat-chunk";

/** Whether a chunk carries something that the caller wants: not a mere role, an empty text or a finish reason. */
export function hasContent({ delta, result }: ChatChunk): boolean {
  if (delta === undefined) return result !== undefined;
  return (
    isText(delta.content) ||
    isText(delta.reasoning) ||
    isText(delta.refusal) ||
    isFilled(delta.tool_calls) ||
    isFilled(delta.reasoning_details) ||
    isFilled(delta.images) ||
    delta.audio !== undefined
  );
}

function isText(text: string | null | undefined): boolean {
  return text !== undefined && text !== null && text !== "";
}

function isFilled(list: readonly unknown[] | undefined): boolean {
  return list !== undefined && list.length > 0;
}
