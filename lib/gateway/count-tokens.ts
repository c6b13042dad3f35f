import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import { messageTextsOf } from "@/lib/plugins/context-compression/message-texts";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { O200K, type TokenFamily } from "./token-families";

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
/** What separates one message from the next. */
export const FRAMING_TOKENS_PER_MESSAGE = 4;

/**
 * Counts the tokens of a text as its family's tokenizer does, or close to it (see token-families.ts). Beyond 256 Ki
 * characters the rest is taken to be like the beginning. Takes any text, in bounded time.
 */
export async function countTokens(text: string, family: TokenFamily = O200K): Promise<number> {
  return familyTokens(text, await vocabularyTokens(text, family.vocabulary), family);
}

/** Tokens of a text in one of the two vocabularies that are here. They are large, so they are loaded on first use. */
export async function vocabularyTokens(text: string, vocabulary: TokenFamily["vocabulary"]): Promise<number> {
  if (text === "") return 0;
  const { countTokens: count } =
    vocabulary === "o200k"
      ? await import("gpt-tokenizer/encoding/o200k_base")
      : await import("gpt-tokenizer/encoding/cl100k_base");
  const counted = text.length > MAX_COUNTED_CHARS ? text.slice(0, MAX_COUNTED_CHARS) : text;
  let tokens = 0;
  for (let start = 0; start < counted.length; start += SLICE_CHARS) {
    if (start > 0) await nextTurn();
    tokens += count(withoutLongRuns(counted.slice(start, start + SLICE_CHARS)), NO_SPECIAL_TOKENS);
  }
  return Math.ceil((tokens * text.length) / counted.length);
}

/** Tokens of a family's own tokenizer, from those of the vocabulary that stands in for it. */
export function familyTokens(text: string, tokens: number, { ascii, other, singleDigits }: TokenFamily): number {
  const scaled = ascii === other ? tokens * ascii : tokens * (ascii + (other - ascii) * otherShareOf(text));
  return Math.ceil(scaled) + (singleDigits ? splitDigitsOf(text) : 0);
}

/** Share of the characters (UTF-16 units) that are not ASCII. */
function otherShareOf(text: string): number {
  let others = 0;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) others += 1;
  return text.length === 0 ? 0 : others / text.length;
}

/** How many more tokens it takes when no two digits are in one. */
function splitDigitsOf(text: string): number {
  let more = 0;
  for (const [digits] of text.matchAll(/\d{2,}/g)) more += digits.length - Math.ceil(digits.length / 3);
  return more;
}

function withoutLongRuns(text: string): string {
  return LONG_RUNS.reduce((broken, run) => broken.replace(run.pattern, run.broken), text);
}

/** Loads the vocabulary (it takes some 100 ms) at a moment when nobody waits for it. */
export async function warmTokenizer(): Promise<void> {
  await countTokens("warm");
}

/** Tokens of a prompt: its texts, and what the framing of each message costs. Pictures and sound are not counted. */
export async function countPromptTokens(request: ChatRequest, family?: TokenFamily): Promise<number> {
  const texts = request.messages.flatMap(messageTextsOf);
  if (request.tools != null && request.tools.length > 0) texts.push(JSON.stringify(request.tools));
  // One after another and not at once: together they would hold the event loop for the sum of all.
  let tokens = FRAMING_TOKENS_PER_MESSAGE * request.messages.length;
  for (const text of texts) tokens += await countTokens(text, family);
  return tokens;
}
