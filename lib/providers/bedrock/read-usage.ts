import { NO_TOKENS, type TokenUsage } from "@/lib/schemas/chat-chunk";
import { countOf, isRecord } from "../json";

/**
 * Token counts of a `usage` object, `undefined` when there are none.
 *
 * What was read from and written to the cache is counted beside `inputTokens`; ours counts it as part of the prompt.
 * Source: docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html, and the change that follows it in
 * anomalyco/opencode pull request 38427, read 2026-11-21.
 */
export function readUsage(value: unknown): TokenUsage | undefined {
  if (!isRecord(value)) return undefined;
  const cachedTokens = countOf(value.cacheReadInputTokens);
  const cacheWriteTokens = countOf(value.cacheWriteInputTokens);
  const promptTokens = countOf(value.inputTokens) + cachedTokens + cacheWriteTokens;
  const completionTokens = countOf(value.outputTokens);
  if (promptTokens === 0 && completionTokens === 0) return undefined;
  return { ...NO_TOKENS, promptTokens, completionTokens, cachedTokens, cacheWriteTokens };
}
