import type { AppError } from "@/lib/errors";
import type { OutputItem } from "@/lib/schemas/responses-answer";
import type { ResponsesRequest } from "@/lib/schemas/responses-request";
import type { AnswerEnding, AnswerIdentity } from "../door";

/** The response before anything of it has come: what the request asked for, said again. */
export function newResponse(request: ResponsesRequest, { id, createdSeconds, model }: AnswerIdentity) {
  return {
    id,
    object: "response",
    created_at: createdSeconds,
    completed_at: null,
    status: "in_progress",
    background: false,
    error: null,
    incomplete_details: null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    max_tool_calls: request.max_tool_calls ?? null,
    metadata: request.metadata ?? {},
    model,
    output: [],
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: null,
    prompt_cache_key: request.prompt_cache_key ?? null,
    reasoning: { effort: request.reasoning?.effort ?? null, summary: request.reasoning?.summary ?? null },
    safety_identifier: request.safety_identifier ?? null,
    service_tier: tierOf(request.service_tier),
    store: false,
    temperature: request.temperature ?? null,
    presence_penalty: request.presence_penalty ?? null,
    frequency_penalty: request.frequency_penalty ?? null,
    text: { format: { type: "text" }, ...withoutNulls(request.text ?? {}) },
    tool_choice: request.tool_choice ?? "auto",
    tools: (request.tools ?? []).map((tool) =>
      tool.type === "function" ? { parameters: null, strict: null, ...tool } : tool,
    ),
    top_logprobs: request.top_logprobs ?? 0,
    top_p: request.top_p ?? null,
    truncation: request.truncation ?? "disabled",
    user: request.user ?? null,
  };
}

/** What an ended response says instead and besides. */
export function endedFields(
  { endedSeconds, finishReason, usage, serviceTier, failure, routerMetadata }: AnswerEnding,
  output: readonly OutputItem[],
) {
  const cut =
    finishReason === "length" ? "max_output_tokens" : finishReason === "content_filter" ? finishReason : undefined;
  const status = failure !== undefined ? "failed" : cut === undefined ? "completed" : "incomplete";
  return {
    status,
    completed_at: status === "completed" ? endedSeconds : null,
    incomplete_details: failure === undefined && cut !== undefined ? { reason: cut } : null,
    ...(failure === undefined ? {} : failedFields(failure)),
    output,
    output_text: textOf(output),
    ...(serviceTier === undefined ? {} : { service_tier: serviceTier }),
    usage: {
      input_tokens: usage.prompt_tokens,
      input_tokens_details: {
        cached_tokens: usage.prompt_tokens_details.cached_tokens,
        cache_write_tokens: usage.prompt_tokens_details.cache_write_tokens,
      },
      output_tokens: usage.completion_tokens,
      output_tokens_details: { reasoning_tokens: usage.completion_tokens_details.reasoning_tokens },
      total_tokens: usage.total_tokens,
      cost: usage.cost,
      cost_details: {
        upstream_inference_cost: usage.cost_details.upstream_inference_cost,
        upstream_inference_input_cost: usage.cost_details.upstream_inference_prompt_cost,
        upstream_inference_output_cost: usage.cost_details.upstream_inference_completions_cost,
      },
      is_byok: usage.is_byok,
    },
    ...(routerMetadata === undefined ? {} : { openrouter_metadata: routerMetadata }),
  };
}

/** Why a response failed. The protocol has few words for it; ours stands beside them. */
export function failedFields(error: AppError) {
  const code = error.code === "rate_limited" ? "rate_limit_exceeded" : "server_error";
  return { status: "failed", error: { code, message: error.message }, error_type: error.type };
}

/** Tiers that the protocol has a word for. */
function tierOf(tier: ResponsesRequest["service_tier"]): string {
  return tier == null || tier === "fast" ? "auto" : tier;
}

function textOf(output: readonly OutputItem[]): string {
  return output
    .flatMap((item) => (item.type === "message" ? item.content : []))
    .map((part) => (part.type === "output_text" ? part.text : ""))
    .join("");
}

function withoutNulls(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}
