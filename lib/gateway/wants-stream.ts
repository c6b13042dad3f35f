import type { ChatRequest } from "@/lib/schemas/chat-request";

/** Asked for without a stream only when the answer is surely short: a long silence could not be told from a hang. */
const MAX_UNSTREAMED_TOKENS = 1_024;

/** Whether the provider is asked for a stream. `maxTokens`: the limit it will be sent; `undefined`: none. */
export function wantsStream(request: ChatRequest, maxTokens: number | undefined): boolean {
  if (request.stream === true) return true;
  const reasons = request.reasoning != null || request.reasoning_effort != null;
  return reasons || maxTokens === undefined || maxTokens > MAX_UNSTREAMED_TOKENS;
}
