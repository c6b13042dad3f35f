import type { FinishReason } from "@/lib/schemas/chat-completion";

// Source: types of npm cohere-ai, ChatFinishReason, and those of the first version of the API, read 2026-11-21.
const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  COMPLETE: "stop",
  STOP_SEQUENCE: "stop",
  MAX_TOKENS: "length",
  ERROR_LIMIT: "length",
  TOOL_CALL: "tool_calls",
  ERROR_TOXIC: "content_filter",
  ERROR: "error",
  TIMEOUT: "error",
  USER_CANCEL: "error",
};

/** Our word for why the model stopped. A word that nobody has heard of counts as a normal end. */
export function finishReasonOf(native: string, hasToolCalls: boolean): FinishReason {
  const reason = FINISH_REASONS[native] ?? "stop";
  return reason === "stop" && hasToolCalls ? "tool_calls" : reason;
}
