import type { ChatRequest } from "@/lib/schemas/chat-request";

/** Whether some part, message or tool of the request is marked to be kept for later requests. */
export function hasCacheMarks({ messages, tools }: ChatRequest): boolean {
  const isMarked = (holder: { [name: string]: unknown }) => holder.cache_control != null;
  if (tools?.some(isMarked) === true) return true;
  return messages.some(
    (message) =>
      isMarked(message) ||
      (typeof message.content === "object" && message.content !== null && message.content.some(isMarked)),
  );
}
