import type { ChatRequest, MessageContent } from "@/lib/schemas/chat-request";

/** What a preset made from an inference body would say, its fields named as in a chat completion and not yet checked. */
export type CapturedContent = { systemPrompt: string | null; fields: Readonly<Record<string, unknown>> };

/** A preset from a chat completion's body. Its system prompt is the one that the conversation opens with. */
export function captureChat({ messages, ...fields }: ChatRequest): CapturedContent {
  const end = messages.findIndex(({ role }) => role !== "system" && role !== "developer");
  const opening = end === -1 ? messages : messages.slice(0, end);
  const texts = opening.map(({ content }) => textOf(content)).filter((text) => text !== "");
  return { systemPrompt: texts.length === 0 ? null : texts.join("\n\n"), fields };
}

function textOf(content: MessageContent | null | undefined): string {
  if (content == null || typeof content === "string") return content ?? "";
  return content.flatMap((part) => (part.type === "text" ? part.text : [])).join("\n");
}
