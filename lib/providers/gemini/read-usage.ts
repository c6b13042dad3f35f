import { NO_TOKENS, type TokenUsage } from "@/lib/schemas/chat-chunk";
import { countOf, isRecord, listOf } from "../json";

/**
 * The token counts of `usageMetadata`, or `undefined` when it holds none.
 *
 * Thoughts are counted beside the candidates and belong to the completion; what Google's own tools fetched is counted
 * beside the prompt and is billed as prompt. Source: ai.google.dev/api/generate-content, UsageMetadata, as known in 2026-11.
 */
export function readUsage(value: unknown): TokenUsage | undefined {
  if (!isRecord(value)) return undefined;
  const promptTokens = countOf(value.promptTokenCount) + countOf(value.toolUsePromptTokenCount);
  const reasoningTokens = countOf(value.thoughtsTokenCount);
  const completionTokens = countOf(value.candidatesTokenCount) + reasoningTokens;
  if (promptTokens === 0 && completionTokens === 0) return undefined;

  const prompt = (modality: string) => Math.min(tokensOf(value.promptTokensDetails, modality), promptTokens);
  const completion = (modality: string) =>
    Math.min(tokensOf(value.candidatesTokensDetails, modality), completionTokens);
  return {
    ...NO_TOKENS,
    promptTokens,
    completionTokens,
    cachedTokens: Math.min(countOf(value.cachedContentTokenCount), promptTokens),
    promptAudioTokens: prompt("AUDIO"),
    promptVideoTokens: prompt("VIDEO"),
    promptImageTokens: prompt("IMAGE"),
    reasoningTokens,
    completionImageTokens: completion("IMAGE"),
    completionAudioTokens: completion("AUDIO"),
  };
}

function tokensOf(details: unknown, modality: string): number {
  return listOf(details).reduce<number>(
    (sum, detail) => (isRecord(detail) && detail.modality === modality ? sum + countOf(detail.tokenCount) : sum),
    0,
  );
}
