import type { ChatMessage, ContentPart, MessageContent } from "@/lib/schemas/chat-request";
import { type CountText, type Cut, shortenText } from "./shorten-text";

/**
 * The message with its texts shortened by about `excessTokens`, the longest first. Pictures, files and the arguments of
 * calls stay whole: half of one is none.
 *
 * @returns `undefined` when there is no text to shorten.
 */
export async function shortenMessage(
  message: ChatMessage,
  excessTokens: number,
  cut: Cut,
  count: CountText,
): Promise<ChatMessage | undefined> {
  const { content } = message;
  if (content === null || content === undefined || content.length === 0) return undefined;
  const shorter = await shortenContent(content, excessTokens, cut, count);
  // Written out for each kind: the types of what is spread would be lost.
  switch (message.role) {
    case "system":
      return { ...message, content: shorter };
    case "developer":
      return { ...message, content: shorter };
    case "user":
      return { ...message, content: shorter };
    case "assistant":
      return { ...message, content: shorter };
    case "tool":
      return { ...message, content: shorter };
  }
}

async function shortenContent(
  content: MessageContent,
  excessTokens: number,
  cut: Cut,
  count: CountText,
): Promise<MessageContent> {
  if (typeof content === "string") return shortenText(content, (await count(content)) - excessTokens, cut, count);
  const parts: ContentPart[] = [...content];
  const longestFirst = [...parts.entries()]
    .flatMap(([index, part]) => (part.type === "text" ? [{ index, part }] : []))
    .sort((a, b) => b.part.text.length - a.part.text.length);
  let excess = excessTokens;
  for (const { index, part } of longestFirst) {
    if (excess <= 0) break;
    const before = await count(part.text);
    const text = await shortenText(part.text, before - excess, cut, count);
    excess -= before - (await count(text));
    parts[index] = { ...part, text };
  }
  return parts.filter((part) => part.type !== "text" || part.text !== "");
}
