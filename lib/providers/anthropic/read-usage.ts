import { NO_TOKENS, type TokenUsage } from "@/lib/schemas/chat-chunk";
import { countOf, type JsonRecord, recordOf } from "../json";

/**
 * Token counts of a `usage` object.
 *
 * The API counts what was read from and written to its cache beside `input_tokens`; ours counts them as parts of the
 * prompt. Source: types of npm @anthropic-ai/sdk 1.11.0, MessageDeltaUsage, read 2026-11-20.
 */
export function readUsage(usage: JsonRecord): TokenUsage | undefined {
  const cachedTokens = countOf(usage.cache_read_input_tokens);
  const cacheWriteTokens = countOf(usage.cache_creation_input_tokens);
  const promptTokens = countOf(usage.input_tokens) + cachedTokens + cacheWriteTokens;
  const completionTokens = countOf(usage.output_tokens);
  if (promptTokens === 0 && completionTokens === 0) return undefined;
  const thinkingTokens = countOf(recordOf(usage.output_tokens_details)?.thinking_tokens);
  const searches = countOf(recordOf(usage.server_tool_use)?.web_search_requests);
  return {
    ...NO_TOKENS,
    promptTokens,
    completionTokens,
    cachedTokens,
    cacheWriteTokens,
    reasoningTokens: Math.min(thinkingTokens, completionTokens),
    ...(searches === 0 ? {} : { searches }),
  };
}
