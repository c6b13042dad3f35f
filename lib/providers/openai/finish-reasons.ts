import type { FinishReason } from "@/lib/schemas/chat-completion";

// The protocol's five words and what servers that speak it send instead. Keys are lower case.
// Sources: OpenAI's types (npm openai 7.55.0); Mistral (model_length), DeepSeek (insufficient_system_resource), Z.AI
// (sensitive, network_error), Together and TGI (eos, eos_token, stop_sequence) API references, as known in 2026-11.
const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  stop: "stop",
  end_turn: "stop",
  stop_sequence: "stop",
  eos: "stop",
  eos_token: "stop",
  end: "stop",
  complete: "stop",
  completed: "stop",
  length: "length",
  max_tokens: "length",
  max_output_tokens: "length",
  model_length: "length",
  tool_calls: "tool_calls",
  tool_call: "tool_calls",
  tool_use: "tool_calls",
  function_call: "tool_calls",
  content_filter: "content_filter",
  "content-filter": "content_filter",
  safety: "content_filter",
  refusal: "content_filter",
  sensitive: "content_filter",
  error: "error",
  abort: "error",
  network_error: "error",
  insufficient_system_resource: "error",
};

/** Our word for why the provider stopped. A word that nobody has heard of counts as a normal end. */
export function finishReasonOf(native: string, hasToolCalls: boolean): FinishReason {
  const reason = FINISH_REASONS[native.toLowerCase()] ?? "stop";
  // Several servers, and OpenAI itself for a forced function, say "stop" after a call; agents wait for "tool_calls".
  return reason === "stop" && hasToolCalls ? "tool_calls" : reason;
}
