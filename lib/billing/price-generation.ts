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
    | "web_search"
    | "web_result"
    | "ocr_page";
  quantity: number;
  /** 1e-24 USD per unit. */
  price: UnitPrice;
};

/** USD 4 per 1 000 pages that Exa found. Source: OpenRouter's documentation of web search, read 2026-11-21. */
export const WEB_RESULT_PRICE: UnitPrice = parseUnitPrice("0.004");
/** USD 2 per 1 000 pages that were read by OCR. Source: OpenRouter's documentation of PDFs, read 2026-11-21. */
export const OCR_PAGE_PRICE: UnitPrice = parseUnitPrice("0.002");

export type GenerationPrice = {
  /** Rounded once, up. */
  totalNanoUsd: NanoUsd;
  /** Exact, in 1e-24 USD. */
  promptCost: UnitPrice;
  completionCost: UnitPrice;
  /** Searches that the provider made itself. */
  searchCost: UnitPrice;
  /** Pages that a search engine of ours found. */
  webResultCost: UnitPrice;
  /** Pages that were read by OCR. */
  ocrCost: UnitPrice;
  /** What we bought for the answer ourselves: no part of what the provider takes. */
  ownCost: UnitPrice;
  lines: readonly CostLine[];
};

/**
 * What `usage` costs at `prices`. Classes are parts of the totals, so each token is priced exactly once; a provider that
 * reports more cached than prompt tokens is taken at its smaller number.
 *
 * @param bought what we bought for it: pages that a search engine found, pages that were read by OCR
 */
export function priceGeneration(
  usage: TokenUsage,
  prices: UnitPrices,
  { webResults = 0, ocrPages = 0 }: { webResults?: number; ocrPages?: number } = {},
): GenerationPrice {
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
  const searchLines: CostLine[] = [
    { class: "web_search", quantity: usage.searches ?? 0, price: prices.webSearch ?? 0n },
  ];
  const webResultLines: CostLine[] = [{ class: "web_result", quantity: webResults, price: WEB_RESULT_PRICE }];
  const ocrLines: CostLine[] = [{ class: "ocr_page", quantity: ocrPages, price: OCR_PAGE_PRICE }];
  const promptCost = sumOf(promptLines);
  const completionCost = sumOf(completionLines);
  const searchCost = sumOf(searchLines);
  const webResultCost = sumOf(webResultLines);
  const ocrCost = sumOf(ocrLines);
  const ownCost = webResultCost + ocrCost;
  return {
    totalNanoUsd: ceilToNano(promptCost + completionCost + searchCost + ownCost),
    promptCost,
    completionCost,
    searchCost,
    webResultCost,
    ocrCost,
    ownCost,
    lines: [...promptLines, ...completionLines, ...searchLines, ...webResultLines, ...ocrLines].filter(
      (line) => line.quantity !== 0 && line.price !== 0n,
    ),
  };
}

/** What the provider takes of it, exact. */
export function providersCost({ promptCost, completionCost, searchCost }: GenerationPrice): UnitPrice {
  return promptCost + completionCost + searchCost;
}

/**
 * The most that `promptTokens` of input and up to `outputTokens` of output can cost, whatever classes they fall into.
 * @param requests how many the provider may bill for it
 * @param extra what else it may take, exact
 */
export function worstCost(
  promptTokens: number,
  outputTokens: number,
  prices: UnitPrices,
  requests = 1,
  extra: UnitPrice = 0n,
): NanoUsd {
  const { prompt, output, fixed } = worstPrices(promptTokens, prices);
  return ceilToNano(BigInt(promptTokens) * prompt + BigInt(outputTokens) * output + BigInt(requests) * fixed + extra);
}

/**
 * Output tokens that `budget` can pay for beside the prompt, rounded down; 0 when not even the prompt is covered.
 * @param extra what else is taken from the budget, exact
 */
export function affordableOutput(
  budget: NanoUsd,
  promptTokens: number,
  prices: UnitPrices,
  extra: UnitPrice = 0n,
): number {
  const { prompt, output, fixed } = worstPrices(promptTokens, prices);
  const left = budget * 10n ** 15n - BigInt(promptTokens) * prompt - fixed - extra;
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
