import type { ChatMessage } from "@/lib/schemas/chat-request";

/** The texts of a message that cost tokens: its content, and the names and arguments of its calls. */
export function messageTextsOf(message: ChatMessage): string[] {
  const { content } = message;
  const texts = typeof content === "string" ? [content] : [];
  if (Array.isArray(content)) for (const part of content) if (part.type === "text") texts.push(part.text);
  if (message.role === "assistant") {
    for (const call of message.tool_calls ?? []) texts.push(call.function.name, call.function.arguments);
  }
  return texts;
}
