import type { PriceList } from "@/lib/schemas/catalog";
import type { PublicPricing } from "@/lib/schemas/public-catalog";

/** Prices as clients read them: the four that old clients expect are always there, "0" when nothing is charged. */
export function renderPricing(prices: PriceList): PublicPricing {
  return {
    prompt: prices.prompt,
    completion: prices.completion,
    request: prices.request ?? "0",
    image: prices.image ?? "0",
    web_search: prices.webSearch ?? "0",
    internal_reasoning: prices.internalReasoning ?? "0",
    ...(prices.imageOutput !== undefined && { image_output: prices.imageOutput }),
    ...(prices.audio !== undefined && { audio: prices.audio }),
    ...renderCachePrices(prices),
    ...(prices.discount !== undefined && { discount: prices.discount }),
    ...(prices.tiers !== undefined && {
      overrides: prices.tiers.map((tier) => ({
        min_prompt_tokens: tier.minPromptTokens,
        ...(tier.prompt !== undefined && { prompt: tier.prompt }),
        ...(tier.completion !== undefined && { completion: tier.completion }),
        ...renderCachePrices(tier),
      })),
    }),
  };
}

function renderCachePrices(prices: Pick<PriceList, "inputCacheRead" | "inputCacheWrite">) {
  return {
    ...(prices.inputCacheRead !== undefined && { input_cache_read: prices.inputCacheRead }),
    ...(prices.inputCacheWrite !== undefined && { input_cache_write: prices.inputCacheWrite }),
  };
}
