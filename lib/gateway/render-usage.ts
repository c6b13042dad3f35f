import { providersCost } from "@/lib/billing/price-generation";
import { ceilToNano, unitPriceNumber, usdNumber } from "@/lib/money";
import type { Usage } from "@/lib/schemas/chat-completion";
import type { SettledGeneration } from "./settle-generation";

/** Usage and cost in the public form. */
export function renderUsage({
  usage,
  estimated,
  insured,
  costNanoUsd,
  price,
  isByok,
  searches,
}: SettledGeneration): Usage {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.promptTokens + usage.completionTokens,
    cost: usdNumber(costNanoUsd),
    is_byok: isByok,
    prompt_tokens_details: {
      cached_tokens: usage.cachedTokens,
      cache_write_tokens: usage.cacheWriteTokens,
      audio_tokens: usage.promptAudioTokens,
      video_tokens: usage.promptVideoTokens,
    },
    cost_details: {
      upstream_inference_cost: isByok ? usdNumber(insured ? 0n : ceilToNano(providersCost(price))) : null,
      upstream_inference_prompt_cost: insured ? 0 : unitPriceNumber(price.promptCost),
      upstream_inference_completions_cost: insured ? 0 : unitPriceNumber(price.completionCost),
      ...(searches === 0
        ? {}
        : { server_tool_cost: insured ? 0 : unitPriceNumber(price.searchCost + price.webResultCost) }),
      ...(price.ocrCost === 0n || insured ? {} : { file_parser_cost: unitPriceNumber(price.ocrCost) }),
    },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoningTokens,
      image_tokens: usage.completionImageTokens,
      audio_tokens: usage.completionAudioTokens,
    },
    ...(searches === 0 ? {} : { server_tool_use_details: { web_search_requests: searches } }),
    ...(estimated ? { estimated: true as const } : {}),
  };
}
