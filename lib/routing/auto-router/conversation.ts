import type { ChatMessage, ChatRequest } from "@/lib/schemas/chat-request";

/** The part of a request that the router judges, bounded. */
export type Conversation = {
  /** The first instructions. */
  system: string;
  /** What the user wrote before the first answer, the last message last. */
  texts: readonly string[];
  /** Characters of the user's that are not in `texts`, because there are too many. */
  skippedChars: number;
  systemChars: number;
  tools: number;
  images: number;
  jsonOutput: boolean;
};

// What decides stands at the beginning and at the end; what is between them is material.
const HEAD_CHARS = 12_000;
const TAIL_CHARS = 6_000;
const SYSTEM_CHARS = 2_000;
const EARLIER_CHARS = 2_000;
const EARLIER_MESSAGES = 3;

/**
 * The opening of a conversation: its instructions and what the user wrote before the first answer. Later turns are left
 * out, so that every request of a conversation is judged alike, whichever process it comes to: a change of model would
 * throw away the provider's prompt cache.
 */
export function conversationOf(request: ChatRequest): Conversation {
  const opening = openingOf(request.messages);
  const userTexts: string[] = [];
  let system = "";
  let systemChars = 0;
  let images = 0;
  for (const message of opening) {
    const { content } = message;
    const text = textOf(message);
    if (message.role === "user") {
      userTexts.push(text);
      if (Array.isArray(content)) images += content.filter(({ type }) => type === "image_url").length;
    } else {
      systemChars += text.length;
      if (system === "") system = text.slice(0, SYSTEM_CHARS);
    }
  }
  const last = userTexts.at(-1) ?? "";
  const earlier = userTexts.slice(-1 - EARLIER_MESSAGES, -1).map((text) => text.slice(0, EARLIER_CHARS));
  const isLong = last.length > HEAD_CHARS + TAIL_CHARS;
  const texts = isLong ? [...earlier, last.slice(0, HEAD_CHARS), last.slice(-TAIL_CHARS)] : [...earlier, last];
  const chars = userTexts.reduce((sum, text) => sum + text.length, 0);
  return {
    system,
    texts,
    skippedChars: chars - texts.reduce((sum, text) => sum + text.length, 0),
    systemChars,
    tools: request.tools?.length ?? 0,
    images,
    jsonOutput: request.response_format?.type === "json_schema" || request.response_format?.type === "json_object",
  };
}

/** Messages before the first answer; all, if what there is begins with one. */
function openingOf(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const firstUser = messages.findIndex(({ role }) => role === "user");
  const firstAnswer = messages.findIndex(({ role }, index) => role === "assistant" && index > firstUser);
  return firstUser === -1 || firstAnswer === -1 ? messages : messages.slice(0, firstAnswer);
}

function textOf({ content }: ChatMessage): string {
  if (typeof content === "string") return content;
  if (content === null || content === undefined) return "";
  return content.flatMap((part) => (part.type === "text" ? part.text : [])).join("\n");
}
