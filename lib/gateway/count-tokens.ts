import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ChatRequest } from "@/lib/schemas/chat-request";

/**
 * A run of letters or of blanks is one piece to the tokenizer, which takes time with the square of its length: 50 000
 * letters took 2 s (gpt-tokenizer 4.0.0, measured 2026-11-21). Longer runs are broken here, for a token each.
 */
const LONG_RUNS = [
  { pattern: /\S{128}(?=\S)/g, broken: "$&\n" },
  { pattern: /\s{128}(?=\s)/g, broken: "$&." },
] as const;
/** Counted in one go; between two, other requests have their turn. */
const SLICE_CHARS = 16 * 1024;
/** Of a longer text the rest is taken to be like its beginning. */
const MAX_COUNTED_CHARS = 256 * 1024;
/** What the words of a protocol (`<|endoftext|>`) are in somebody's text: text. */
const NO_SPECIAL_TOKENS = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };
const FRAMING_TOKENS_PER_MESSAGE = 4;

/**
 * Counts tokens with our own tokenizer (o200k), for answers whose provider gives no usage. An estimate for models of
 * other families and for texts over 256 Ki characters, and marked as one. Takes any text, in bounded time. The vocabulary
 * is large, so it is loaded on first use.
 */
export async function countTokens(text: string): Promise<number> {
  if (text === "") return 0;
  const { countTokens: count } = await import("gpt-tokenizer/encoding/o200k_base");
  const counted = text.length > MAX_COUNTED_CHARS ? text.slice(0, MAX_COUNTED_CHARS) : text;
  let tokens = 0;
  for (let start = 0; start < counted.length; start += SLICE_CHARS) {
    if (start > 0) await nextTurn();
    tokens += count(withoutLongRuns(counted.slice(start, start + SLICE_CHARS)), NO_SPECIAL_TOKENS);
  }
  return Math.ceil((tokens * text.length) / counted.length);
}

function withoutLongRuns(text: string): string {
  return LONG_RUNS.reduce((broken, run) => broken.replace(run.pattern, run.broken), text);
}

/** Loads the vocabulary (it takes some 100 ms) at a moment when nobody waits for it. */
export async function warmTokenizer(): Promise<void> {
  await countTokens("warm");
}

/** Tokens of a prompt: its texts, and what the framing of each message costs. Pictures and sound are not counted. */
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
  // One after another and not at once: together they would hold the event loop for the sum of all.
  let tokens = FRAMING_TOKENS_PER_MESSAGE * request.messages.length;
  for (const text of texts) tokens += await countTokens(text);
  return tokens;
}
