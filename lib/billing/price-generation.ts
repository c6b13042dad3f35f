import { ceilToNano, type NanoUsd, parseUnitPrice, type UnitPrice } from "@/lib/money";
import type { TokenUsage } from "@/lib/schemas/chat-chunk";
import type { UnitPrices } from "@/lib/schemas/endpoint";

/** One line of a charge: so many units at that price. */
export type CostLine = {
  class:
    | "prompt"
    | "cache_read"
    | "cache_write"
    | "prompt_audio"
    | "completion"
    | "reasoning"
    | "completion_image"
    | "request"
    | "ocr_page";
  quantity: number;
  /** 1e-24 USD per unit. */
  price: UnitPrice;
};

/** USD 2 per 1 000 pages that were read by OCR. Source: OpenRouter's documentation of PDFs, read 2026-11-21. */
export const OCR_PAGE_PRICE: UnitPrice = parseUnitPrice("0.002");

export type GenerationPrice = {
  /** Rounded once, up. */
  totalNanoUsd: NanoUsd;
  /** Exact, in 1e-24 USD. */
  promptCost: UnitPrice;
  completionCost: UnitPrice;
  /** What we bought for the answer ourselves: no part of what the provider takes. */
  ownCost: UnitPrice;
  lines: readonly CostLine[];
};

/**
 * What `usage` costs at `prices`. Classes are parts of the totals, so each token is priced exactly once; a provider that
 * reports more cached than prompt tokens is taken at its smaller number.
 * @param ocrPages pages that were read by OCR for it
 */
export function priceGeneration(usage: TokenUsage, prices: UnitPrices, ocrPages = 0): GenerationPrice {
  const tier = tierOf(usage.promptTokens, prices);
  const cacheRead = Math.min(usage.cachedTokens, usage.promptTokens);
  const cacheWrite = Math.min(usage.cacheWriteTokens, usage.promptTokens - cacheRead);
  const promptAudio = Math.min(usage.promptAudioTokens, usage.promptTokens - cacheRead - cacheWrite);
  const reasoning = Math.min(usage.reasoningTokens, usage.completionTokens);
  const completionImage = Math.min(usage.completionImageTokens, usage.completionTokens - reasoning);

  const promptLines: CostLine[] = [
    { class: "prompt", quantity: usage.promptTokens - cacheRead - cacheWrite - promptAudio, price: tier.prompt },
    { class: "cache_read", quantity: cacheRead, price: tier.cacheRead },
    { class: "cache_write", quantity: cacheWrite, price: tier.cacheWrite },
    { class: "prompt_audio", quantity: promptAudio, price: prices.promptAudio },
    { class: "request", quantity: usage.requests ?? 1, price: prices.request },
  ];
  const completionLines: CostLine[] = [
    { class: "completion", quantity: usage.completionTokens - reasoning - completionImage, price: tier.completion },
    { class: "reasoning", quantity: reasoning, price: tier.reasoning },
    { class: "completion_image", quantity: completionImage, price: prices.completionImage },
  ];
  const ownLines: CostLine[] = [{ class: "ocr_page", quantity: ocrPages, price: OCR_PAGE_PRICE }];
  const promptCost = sumOf(promptLines);
  const completionCost = sumOf(completionLines);
  const ownCost = sumOf(ownLines);
  return {
    totalNanoUsd: ceilToNano(promptCost + completionCost + ownCost),
    promptCost,
    completionCost,
    ownCost,
    lines: [...promptLines, ...completionLines, ...ownLines].filter((line) => line.quantity !== 0 && line.price !== 0n),
  };
}

/** What the provider takes of it, exact. */
export function providersCost({ promptCost, completionCost }: GenerationPrice): UnitPrice {
  return promptCost + completionCost;
}

/**
 * The most that `promptTokens` of input and up to `outputTokens` of output can cost, whatever classes they fall into.
 * @param requests how many the provider may bill for it
 */
export function worstCost(promptTokens: number, outputTokens: number, prices: UnitPrices, requests = 1): NanoUsd {
  const { prompt, output, fixed } = worstPrices(promptTokens, prices);
  return ceilToNano(BigInt(promptTokens) * prompt + BigInt(outputTokens) * output + BigInt(requests) * fixed);
}

/** Output tokens that `budget` can pay for beside the prompt, rounded down; 0 when not even the prompt is covered. */
export function affordableOutput(budget: NanoUsd, promptTokens: number, prices: UnitPrices): number {
  const { prompt, output, fixed } = worstPrices(promptTokens, prices);
  const left = budget * 10n ** 15n - BigInt(promptTokens) * prompt - fixed;
  if (left < 0n) return 0;
  if (output === 0n) return Number.MAX_SAFE_INTEGER;
  const tokens = left / output;
  return tokens > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(tokens);
}

/** The dearest of every tier that a prompt of up to so many tokens can fall into: it may turn out shorter. */
function worstPrices(promptTokens: number, prices: UnitPrices) {
  let prompt = largest(prices.prompt, prices.cacheRead, prices.cacheWrite, prices.promptAudio);
  let output = largest(prices.completion, prices.reasoning, prices.completionImage);
  for (const tier of prices.tiers) {
    if (promptTokens < tier.minPromptTokens) continue;
    prompt = largest(prompt, tier.prompt, tier.cacheRead, tier.cacheWrite);
    output = largest(output, tier.completion, tier.reasoning);
  }
  return { prompt, output, fixed: prices.request };
}

function tierOf(promptTokens: number, prices: UnitPrices) {
  return prices.tiers.findLast((tier) => promptTokens >= tier.minPromptTokens) ?? prices;
}

function sumOf(lines: readonly CostLine[]): UnitPrice {
  let sum = 0n;
  for (const { quantity, price } of lines) if (quantity !== 0 && price !== 0n) sum += BigInt(quantity) * price;
  return sum;
}

function largest(...prices: readonly UnitPrice[]): UnitPrice {
  let max = 0n;
  for (const price of prices) if (price > max) max = price;
  return max;
}
