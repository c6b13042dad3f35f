import type { StopReason } from "@/lib/schemas/messages-answer";
import type { AnswerEnding, AnswerIdentity } from "../door";

/** A message's fields beside its content, as they are before it has ended. */
export function messageFields({ id, model, provider }: AnswerIdentity) {
  return {
    id,
    type: "message",
    role: "assistant",
    model,
    provider,
    container: null,
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
  };
}

/** Counts that are not known yet. */
export const NO_USAGE = {
  input_tokens: 0,
  output_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  cache_creation: null,
  inference_geo: null,
  output_tokens_details: null,
  server_tool_use: null,
  service_tier: null,
} as const;

/** Here the tokens read from and written to a cache are counted beside the others; ours are parts of the prompt. */
export function usageOf({ usage, serviceTier }: AnswerEnding) {
  const { cached_tokens: cached, cache_write_tokens: written } = usage.prompt_tokens_details;
  return {
    ...NO_USAGE,
    input_tokens: Math.max(0, usage.prompt_tokens - cached - written),
    output_tokens: usage.completion_tokens,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: cached,
    output_tokens_details: { thinking_tokens: usage.completion_tokens_details.reasoning_tokens },
    service_tier: serviceTier === "priority" || serviceTier === "batch" ? serviceTier : "standard",
    cost: usage.cost,
    cost_details: usage.cost_details,
    is_byok: usage.is_byok,
  };
}

type Stop = {
  stop_reason: StopReason;
  stop_sequence: string | null;
  stop_details: { type: "refusal"; category: null; explanation: null } | null;
};

/** The provider's own words that say more than ours, and mean the same here. */
const NATIVE_REASONS: ReadonlyMap<string, StopReason> = new Map([
  ["stop_sequence", "stop_sequence"],
  ["pause_turn", "pause_turn"],
  ["model_context_window_exceeded", "model_context_window_exceeded"],
]);

/** Why the answer ended. `stops`: the sequences that the request names. */
export function stopOf(
  { finishReason, nativeFinishReason, stopSequence }: AnswerEnding,
  stops: readonly string[],
): Stop {
  const stop: Stop = { stop_reason: "end_turn", stop_sequence: null, stop_details: null };
  switch (finishReason) {
    case "tool_calls":
      return { ...stop, stop_reason: "tool_use" };
    case "content_filter":
      return { ...stop, stop_reason: "refusal", stop_details: { type: "refusal", category: null, explanation: null } };
    case "length":
    case "stop":
    case "error": {
      const usual = finishReason === "length" ? "max_tokens" : "end_turn";
      const reached =
        stopSequence ?? (nativeFinishReason === "stop_sequence" && stops.length === 1 ? stops[0] : undefined);
      return {
        ...stop,
        stop_reason: reached === undefined ? (NATIVE_REASONS.get(nativeFinishReason) ?? usual) : "stop_sequence",
        stop_sequence: reached ?? null,
      };
    }
  }
}
