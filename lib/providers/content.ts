import type { AssistantMessage, ContentPart, MessageContent } from "@/lib/schemas/chat-request";

/** The content as parts; a plain string is one text part. */
export function partsOf(content: MessageContent | null | undefined): readonly ContentPart[] {
  if (content == null) return [];
  return typeof content === "string" ? [{ type: "text", text: content }] : content;
}

/** The text of the content, other parts left out. */
export function plainTextOf(content: MessageContent | null | undefined): string {
  if (typeof content === "string") return content;
  return partsOf(content)
    .map((part) => (part.type === "text" ? part.text : ""))
    .join("");
}

/** What the assistant said, a refusal included. */
export function assistantTextOf(message: AssistantMessage): string {
  return plainTextOf(message.content) || (message.refusal ?? "");
}
