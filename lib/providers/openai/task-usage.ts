import { NO_TOKENS, type TokenUsage } from "@/lib/schemas/chat-chunk";
import { countOf, type JsonRecord, recordOf } from "../json";

/**
 * What a provider counted for a task: tokens, units of search, or both; `undefined` when neither. Cohere tells its counts
 * in `meta`, the others in `usage`.
 */
export function readTaskUsage(body: JsonRecord): TokenUsage | undefined {
  const usage = recordOf(body.usage);
  const meta = recordOf(body.meta);
  const billed = recordOf(meta?.billed_units);
  const tokens =
    countOf(usage?.prompt_tokens) ||
    countOf(usage?.total_tokens) ||
    countOf(billed?.input_tokens) ||
    countOf(recordOf(meta?.tokens)?.input_tokens);
  const requests = countOf(billed?.search_units) || countOf(usage?.search_units);
  if (tokens === 0 && requests === 0) return undefined;
  return { ...NO_TOKENS, promptTokens: tokens, ...(requests === 0 ? {} : { requests }) };
}
