import { NO_TOKENS, type TokenUsage } from "@/lib/schemas/chat-chunk";
import { countOf, isRecord, recordOf } from "../json";

/** Token counts of a `usage` object: what was processed, else what is billed; `undefined` when it holds neither. */
export function readUsage(value: unknown): TokenUsage | undefined {
  if (!isRecord(value)) return undefined;
  const counts = recordOf(value.tokens) ?? recordOf(value.billed_units);
  const promptTokens = countOf(counts?.input_tokens);
  const completionTokens = countOf(counts?.output_tokens);
  if (promptTokens === 0 && completionTokens === 0) return undefined;
  const cachedTokens = Math.min(countOf(value.cached_tokens), promptTokens);
  return { ...NO_TOKENS, promptTokens, completionTokens, cachedTokens };
}
