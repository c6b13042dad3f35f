import type { FinishReason } from "@/lib/schemas/chat-completion";

// Source: ai.google.dev/api/generate-content, FinishReason, as known in 2026-11.
const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  STOP: "stop",
  MAX_TOKENS: "length",
  SAFETY: "content_filter",
  RECITATION: "content_filter",
  LANGUAGE: "content_filter",
  BLOCKLIST: "content_filter",
  PROHIBITED_CONTENT: "content_filter",
  SPII: "content_filter",
  IMAGE_SAFETY: "content_filter",
  IMAGE_PROHIBITED_CONTENT: "content_filter",
  IMAGE_RECITATION: "content_filter",
  IMAGE_OTHER: "error",
  NO_IMAGE: "error",
  MALFORMED_FUNCTION_CALL: "error",
  UNEXPECTED_TOOL_CALL: "error",
  TOO_MANY_TOOL_CALLS: "error",
  MISSING_THOUGHT_SIGNATURE: "error",
  MALFORMED_RESPONSE: "error",
  OTHER: "error",
};

/** Our word for why the model stopped. A word that nobody has heard of counts as a normal end. */
export function finishReasonOf(native: string, hasToolCalls: boolean): FinishReason {
  const reason = FINISH_REASONS[native] ?? "stop";
  // The API has no word of its own for an end that waits for results.
  return reason === "stop" && hasToolCalls ? "tool_calls" : reason;
}
