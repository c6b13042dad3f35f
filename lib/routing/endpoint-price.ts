import type { UnitPrice } from "@/lib/money";
import type { Endpoint } from "@/lib/schemas/endpoint";

/** What a prompt of that length pays per token: some providers charge more from a certain length on. */
export function pricesFor({ prices }: Endpoint, promptTokens: number): { prompt: UnitPrice; completion: UnitPrice } {
  if (prices.tiers.length === 0) return prices;
  return prices.tiers.findLast(({ minPromptTokens }) => promptTokens >= minPromptTokens) ?? prices;
}

/** USD per prompt token plus USD per completion token, at the prices of a prompt of that length. */
export function blendedPrice(endpoint: Endpoint, promptTokens: number): number {
  const { prompt, completion } = pricesFor(endpoint, promptTokens);
  // For weights and comparisons alone, on the hot path: the last digit does not matter.
  return Number(prompt + completion) / 1e24;
}
