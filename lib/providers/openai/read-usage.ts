import { NO_TOKENS, type TokenUsage } from "@/lib/schemas/chat-chunk";
import { countOf, isRecord, type JsonRecord, recordOf } from "../json";

const NO_DETAILS: JsonRecord = {};

/**
 * The token counts of a `usage` object, or `undefined` when it holds none.
 *
 * The result keeps its promise that classes are parts of the totals, whatever the provider sent.
 */
export function readUsage(value: unknown): TokenUsage | undefined {
  if (!isRecord(value)) return undefined;
  const prompt = recordOf(value.prompt_tokens_details) ?? NO_DETAILS;
  const completion = recordOf(value.completion_tokens_details) ?? NO_DETAILS;

  const promptTokens = countOf(value.prompt_tokens);
  const totalTokens = countOf(value.total_tokens);
  const reasoningTokens = countOf(completion.reasoning_tokens ?? value.reasoning_tokens);
  let completionTokens =
    value.completion_tokens == null ? Math.max(0, totalTokens - promptTokens) : countOf(value.completion_tokens);
  // xAI counts reasoning beside the completion, and only the total shows it.
  // Source: docs.x.ai chat completions, usage example, as remembered in 2026-11; recognised by arithmetic, not by name.
  if (reasoningTokens > 0 && totalTokens === promptTokens + completionTokens + reasoningTokens) {
    completionTokens += reasoningTokens;
  }
  if (promptTokens === 0 && completionTokens === 0) return undefined;

  const cachedTokens = countOf(
    // DeepSeek and Moonshot (top level) name it in their own ways.
    prompt.cached_tokens ?? value.prompt_cache_hit_tokens ?? value.cached_tokens,
  );
  const cacheWriteTokens = countOf(prompt.cache_write_tokens ?? prompt.cache_creation_input_tokens);
  return {
    ...NO_TOKENS,
    promptTokens,
    completionTokens,
    cachedTokens: Math.min(cachedTokens, promptTokens),
    cacheWriteTokens: Math.min(cacheWriteTokens, Math.max(0, promptTokens - cachedTokens)),
    promptAudioTokens: Math.min(countOf(prompt.audio_tokens), promptTokens),
    promptVideoTokens: Math.min(countOf(prompt.video_tokens), promptTokens),
    promptImageTokens: Math.min(countOf(prompt.image_tokens), promptTokens),
    reasoningTokens: Math.min(reasoningTokens, completionTokens),
    completionImageTokens: Math.min(countOf(completion.image_tokens), completionTokens),
    ...searchesIn(value),
    completionAudioTokens: Math.min(countOf(completion.audio_tokens), completionTokens),
  };
}

/** Perplexity counts the searches of its researching models; others are known by their citations. */
function searchesIn(usage: JsonRecord): Pick<TokenUsage, "searches"> {
  const searches = countOf(usage.num_search_queries);
  return searches === 0 ? {} : { searches };
}
