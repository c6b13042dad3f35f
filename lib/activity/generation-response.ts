import { usdNumber } from "@/lib/money";
import type { GenerationResponse } from "@/lib/schemas/generation";
import { formatTimestamp } from "@/lib/schemas/timestamp";
import { renderRoute } from "./render-route";
import type { StoredGeneration } from "./store";

/**
 * The public record of a generation. Every field of the public API is there; `null` where this server does not know or
 * does not do such a thing. Token counts are the provider's own, so the normalised and the native ones are the same.
 */
export function generationResponseOf(generation: StoredGeneration): GenerationResponse {
  const costUsd = usdNumber(generation.costNanoUsd);
  return {
    data: {
      id: generation.id,
      request_id: null,
      upstream_id: generation.upstreamId,
      total_cost: costUsd,
      cache_discount: null,
      upstream_inference_cost:
        generation.upstreamCostNanoUsd === null ? null : usdNumber(generation.upstreamCostNanoUsd),
      created_at: formatTimestamp(generation.createdAt),
      model: generation.modelId,
      app_id: null,
      streamed: generation.streamed,
      cancelled: generation.state === "aborted",
      provider_name: generation.providerName,
      latency: generation.firstTokenMs,
      moderation_latency: null,
      generation_time: generation.generationMs,
      finish_reason: generation.finishReason,
      tokens_prompt: generation.promptTokens,
      tokens_completion: generation.completionTokens,
      native_tokens_prompt: generation.promptTokens,
      native_tokens_completion: generation.completionTokens,
      native_tokens_completion_images: generation.imageTokens,
      native_tokens_reasoning: generation.reasoningTokens,
      native_tokens_cached: generation.cachedTokens,
      num_media_prompt: null,
      num_input_audio_prompt: null,
      num_media_completion: null,
      num_search_results: generation.route.webSearch?.results ?? null,
      num_fetches: null,
      origin: generation.httpReferer ?? "",
      usage: costUsd,
      is_byok: generation.isByok,
      native_finish_reason: generation.nativeFinishReason,
      external_user: generation.externalUser,
      api_type: publicApiType(generation.apiType),
      router: generation.route.router ?? null,
      provider_responses: generation.route.attempts.map((attempt) => ({
        endpoint_id: attempt.endpoint,
        is_byok: attempt.ownKey !== undefined,
        ...(typeof attempt.latencyMs === "number" ? { latency: attempt.latencyMs } : {}),
        model_permaslug: attempt.model,
        provider_name: attempt.provider,
        status: attempt.status,
      })),
      data_region: "global",
      http_referer: generation.httpReferer,
      user_agent: generation.userAgent,
      service_tier: generation.serviceTier,
      preset_id: generation.route.presets?.[0]?.id ?? null,
      session_id: generation.sessionId,
      web_search_engine: generation.route.webSearch?.engine ?? null,
      workspace_id: generation.accountId,
      response_cache_source_id: null,
      route: renderRoute(generation.route),
    },
  };
}

/** The public API tells embeddings and rankings apart, and has one word for all protocols that complete. */
function publicApiType(apiType: string): string {
  return apiType === "embeddings" || apiType === "rerank" ? apiType : "completions";
}
