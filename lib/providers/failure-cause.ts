import type { FailureCause } from "./types";

// Codes and words by which providers say that a prompt is too long. Only OpenAI and its imitators have a code for it.
// Sources: platform.openai.com/docs/guides/error-codes, platform.claude.com/docs/en/api/errors ("prompt is too long: N
// tokens > M maximum"), ai.google.dev/gemini-api/docs/troubleshooting ("input token count exceeds the maximum"),
// vLLM's serving_engine.py ("maximum context length is N tokens"), as known in 2026-11.
const LENGTH_CODES = new Set(["context_length_exceeded", "string_above_max_length", "max_tokens_exceeded"]);
const LENGTH_WORDS =
  /prompt is too long|maximum context length|context (?:length|window)[^.]{0,40}(?:exceed|too)|exceeds?[^.]{0,40}(?:context (?:length|window)|maximum number of tokens)|input is too long/i;

// Azure's is "content_filter", OpenAI's "content_policy_violation" or "moderation_blocked". Sources:
// learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter, platform.openai.com/docs/guides/error-codes.
const POLICY_CODES = new Set(["content_policy_violation", "content_filter", "moderation_blocked", "safety"]);

/** What a refusal of the request is about, as far as the provider's code or words tell. */
export function failureCauseOf(status: number, code: string | undefined, message: string): FailureCause | undefined {
  if (status !== 400 && status !== 403 && status !== 413 && status !== 422) return undefined;
  const word = code?.toLowerCase() ?? "";
  if (POLICY_CODES.has(word)) return "content_policy";
  if (status !== 403 && (LENGTH_CODES.has(word) || LENGTH_WORDS.test(message))) return "context_length";
  return undefined;
}
