import type { ChatChunk } from "@/lib/schemas/chat-chunk";

/** An answer without content that the provider chose to give: it was filtered, or tokens were produced and cut away. */
export function isDeliberatelyEmpty(chunk: ChatChunk): boolean {
  return chunk.finishReason === "content_filter" || (chunk.usage !== undefined && chunk.usage.completionTokens > 0);
}
