import type { FinishReason } from "@/lib/schemas/chat-completion";

// Source: types of npm @aws-sdk/client-bedrock-runtime, StopReason, read 2026-11-21.
const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool_calls",
  content_filtered: "content_filter",
  guardrail_intervened: "content_filter",
  malformed_model_output: "error",
  malformed_tool_use: "error",
};

/** Our word for why the model stopped. Calling the JSON answer tool and nothing else is a normal end. */
export function finishReasonOf(native: string, hasToolCalls: boolean): FinishReason {
  const reason = FINISH_REASONS[native] ?? "stop";
  if (reason === "tool_calls") return hasToolCalls ? "tool_calls" : "stop";
  return reason;
}
