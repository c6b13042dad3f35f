import type { ChatMessage, ChatRequest, ContentPart } from "@/lib/schemas/chat-request";

/** The request with other parts in the place of some, which are known by their identity; itself when there are none. */
export function withParts(request: ChatRequest, byPart: ReadonlyMap<ContentPart, readonly ContentPart[]>): ChatRequest {
  if (byPart.size === 0) return request;
  return { ...request, messages: request.messages.map((message) => messageWith(message, byPart)) };
}

function messageWith(message: ChatMessage, byPart: ReadonlyMap<ContentPart, readonly ContentPart[]>): ChatMessage {
  const { content } = message;
  if (typeof content !== "object" || content === null || !content.some((part) => byPart.has(part))) return message;
  const replaced = content.flatMap((part) => byPart.get(part) ?? [part]);
  // Written out for each kind: the types of what is spread would be lost.
  switch (message.role) {
    case "system":
      return { ...message, content: replaced };
    case "developer":
      return { ...message, content: replaced };
    case "user":
      return { ...message, content: replaced };
    case "assistant":
      return { ...message, content: replaced };
    case "tool":
      return { ...message, content: replaced };
  }
}
