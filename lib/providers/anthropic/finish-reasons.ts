import type { FinishReason } from "@/lib/schemas/chat-completion";

// Source: types of npm @anthropic-ai/sdk 1.11.0, StopReason, read 2026-11-20.
const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  // The API wants to go on in another request; for a caller of one request this is the end.
  pause_turn: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool_calls",
  refusal: "content_filter",
};

/** Our word for why the model stopped. Calling the JSON answer tool and nothing else is a normal end. */
export function finishReasonOf(native: string, hasToolCalls: boolean): FinishReason {
  const reason = FINISH_REASONS[native] ?? "stop";
  return reason === "tool_calls" && !hasToolCalls ? "stop" : reason;
}
