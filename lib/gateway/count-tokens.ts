import "server-only";
import type { ChatRequest } from "@/lib/schemas/chat-request";

/**
 * Counts tokens with our own tokenizer (o200k), for answers whose provider gives no usage. An estimate for models of
 * other families, and marked as one. The vocabulary is large, so it is loaded on first use.
 */
export async function countTokens(text: string): Promise<number> {
  if (text === "") return 0;
  const { countTokens: count } = await import("gpt-tokenizer/encoding/o200k_base");
  return count(text);
}

/** Tokens of a prompt: its texts, and what the framing of each message costs. */
export async function countPromptTokens(request: ChatRequest): Promise<number> {
  const texts: string[] = [];
  for (const message of request.messages) {
    const { content } = message;
    if (typeof content === "string") texts.push(content);
    else for (const part of content ?? []) if (part.type === "text") texts.push(part.text);
    if (message.role === "assistant") {
      for (const call of message.tool_calls ?? []) texts.push(call.function.name, call.function.arguments);
    }
  }
  if (request.tools != null && request.tools.length > 0) texts.push(JSON.stringify(request.tools));
  const counts = await Promise.all(texts.map(countTokens));
  const FRAMING_TOKENS = 4;
  return counts.reduce((sum, tokens) => sum + tokens, 0) + FRAMING_TOKENS * request.messages.length;
}
