import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ceilToNano, parseUnitPrice } from "@/lib/money";
import { NO_TOKENS, type TokenUsage } from "@/lib/schemas/chat-chunk";
import type { UnitPrices } from "@/lib/schemas/endpoint";
import { affordableOutput, priceGeneration, providersCost, worstCost } from "./price-generation";

const usdPerMillion = (usd: number) => parseUnitPrice((usd / 1e6).toFixed(12));

/** Claude Sonnet 4.5's prices, dearer above 200 000 tokens of prompt. */
const SONNET: UnitPrices = {
  prompt: usdPerMillion(3),
  completion: usdPerMillion(15),
  cacheRead: usdPerMillion(0.3),
  cacheWrite: usdPerMillion(3.75),
  reasoning: usdPerMillion(15),
  promptAudio: usdPerMillion(3),
  completionImage: usdPerMillion(15),
  request: 0n,
  webSearch: parseUnitPrice("0.01"),
  tiers: [
    {
      minPromptTokens: 200_000,
      prompt: usdPerMillion(6),
      completion: usdPerMillion(22.5),
      cacheRead: usdPerMillion(0.6),
      cacheWrite: usdPerMillion(7.5),
      reasoning: usdPerMillion(22.5),
    },
  ],
};

/** What a ranking may be billed as. */
const MAX_REQUESTS = 9;

const tokens = (max: number) => fc.integer({ min: 0, max });
const price = fc.bigInt({ min: 0n, max: usdPerMillion(200) });

const pricesArbitrary: fc.Arbitrary<UnitPrices> = fc.record({
  prompt: price,
  completion: price,
  cacheRead: price,
  cacheWrite: price,
  reasoning: price,
  promptAudio: price,
  completionImage: price,
  request: fc.bigInt({ min: 0n, max: parseUnitPrice("0.05") }),
  webSearch: fc.constantFrom(undefined, 0n, parseUnitPrice("0.01")),
  tiers: fc
    .array(
      fc.record({
        minPromptTokens: tokens(300_000),
        prompt: price,
        completion: price,
        cacheRead: price,
        cacheWrite: price,
        reasoning: price,
      }),
      { maxLength: 3 },
    )
    .map((tiers) => tiers.sort((a, b) => a.minPromptTokens - b.minPromptTokens)),
});

/** Whatever a provider may report, sums that are more than their whole included. */
const usageArbitrary = (maxPrompt: number, maxCompletion: number): fc.Arbitrary<TokenUsage> =>
  fc.record({
    promptTokens: tokens(maxPrompt),
    completionTokens: tokens(maxCompletion),
    cachedTokens: tokens(2 * maxPrompt),
    cacheWriteTokens: tokens(2 * maxPrompt),
    promptAudioTokens: tokens(2 * maxPrompt),
    promptVideoTokens: tokens(maxPrompt),
    promptImageTokens: tokens(maxPrompt),
    reasoningTokens: tokens(2 * maxCompletion),
    completionImageTokens: tokens(2 * maxCompletion),
    completionAudioTokens: tokens(maxCompletion),
    requests: fc.integer({ min: 1, max: MAX_REQUESTS }),
  });

type Sold = {
  name: string;
  usage: Partial<TokenUsage>;
  prices?: UnitPrices;
  webResults?: number;
  expected: bigint;
};

describe("the price of a generation", () => {
  test.each([
    { name: "nothing costs nothing", usage: {}, expected: 0n },
    { name: "each class has its price", usage: { promptTokens: 1_000, completionTokens: 100 }, expected: 4_500_000n },
    {
      name: "cached tokens are part of the prompt, and cheaper",
      usage: { promptTokens: 1_000, cachedTokens: 800 },
      expected: 840_000n,
    },
    {
      name: "what is written to the cache is part of the prompt, and dearer",
      usage: { promptTokens: 1_000, cacheWriteTokens: 1_000 },
      expected: 3_750_000n,
    },
    {
      name: "reasoning is part of the completion, and not charged beside it",
      usage: { completionTokens: 100, reasoningTokens: 60 },
      expected: 1_500_000n,
    },
    {
      name: "a long prompt makes every token of it dearer",
      usage: { promptTokens: 200_000, completionTokens: 100 },
      expected: 1_202_250_000n,
    },
    {
      name: "a provider that bills by the request bills one",
      usage: { promptTokens: 0 },
      prices: { ...SONNET, request: parseUnitPrice("0.002") },
      expected: 2_000_000n,
    },
    {
      name: "or as many as it says",
      usage: { requests: 3 },
      prices: { ...SONNET, request: parseUnitPrice("0.002") },
      expected: 6_000_000n,
    },
    { name: "its own searches of the web are charged each", usage: { searches: 3 }, expected: 30_000_000n },
    {
      name: "but not where nobody knows what one costs",
      usage: { searches: 3 },
      prices: { ...SONNET, webSearch: undefined },
      expected: 0n,
    },
    { name: "pages that were bought are charged each", usage: {}, webResults: 5, expected: 20_000_000n },
    {
      name: "a provider that counts more cached than prompt tokens is taken at the smaller number",
      usage: { promptTokens: 10, cachedTokens: 1_000 },
      expected: 3_000n,
    },
  ] satisfies Sold[])("$name", ({ usage, prices = SONNET, webResults = 0, expected }: Sold) => {
    expect(priceGeneration({ ...NO_TOKENS, ...usage }, prices, { webResults }).totalNanoUsd).toBe(expected);
  });

  test("is the sum of its lines, rounded once, and every token is in one line", () => {
    fc.assert(
      fc.property(usageArbitrary(300_000, 100_000), pricesArbitrary, (usage, prices) => {
        const { lines, totalNanoUsd, promptCost, completionCost } = priceGeneration(usage, prices);
        const sum = lines.reduce((total, line) => total + BigInt(line.quantity) * line.price, 0n);
        expect(promptCost + completionCost).toBe(sum);
        expect(totalNanoUsd).toBe(ceilToNano(sum));
        for (const { quantity } of lines) expect(quantity).toBeGreaterThan(0);
        const quantityOf = (...classes: string[]) =>
          lines.filter((line) => classes.includes(line.class)).reduce((total, line) => total + line.quantity, 0);
        expect(quantityOf("prompt", "cache_read", "cache_write", "prompt_audio")).toBeLessThanOrEqual(
          usage.promptTokens,
        );
        expect(quantityOf("completion", "reasoning", "completion_image")).toBeLessThanOrEqual(usage.completionTokens);
      }),
    );
  });
});

describe("what is held for a request", () => {
  const bounds = fc.record({ prompt: tokens(300_000), output: tokens(100_000) });

  test("covers whatever a provider reports within the bounds", () => {
    fc.assert(
      fc.property(
        bounds.chain(({ prompt, output }) =>
          fc.record({ usage: usageArbitrary(prompt, output), bound: fc.constant({ prompt, output }) }),
        ),
        pricesArbitrary,
        ({ usage, bound }, prices) => {
          const held = worstCost(bound.prompt, bound.output, prices, MAX_REQUESTS);
          expect(priceGeneration(usage, prices).totalNanoUsd).toBeLessThanOrEqual(held);
        },
      ),
    );
  });

  test("never falls when the bounds rise", () => {
    fc.assert(
      fc.property(bounds, tokens(1_000), tokens(1_000), pricesArbitrary, ({ prompt, output }, more, longer, prices) => {
        expect(worstCost(prompt + more, output + longer, prices)).toBeGreaterThanOrEqual(
          worstCost(prompt, output, prices),
        );
      }),
    );
  });

  test("an affordable answer is affordable, and one token more is not", () => {
    fc.assert(
      fc.property(
        tokens(300_000),
        fc.bigInt({ min: 0n, max: 10_000_000_000n }),
        pricesArbitrary,
        (prompt, budget, prices) => {
          const affordable = affordableOutput(budget, prompt, prices);
          if (affordable > 0) expect(worstCost(prompt, affordable, prices)).toBeLessThanOrEqual(budget);
          if (affordable < Number.MAX_SAFE_INTEGER) {
            expect(worstCost(prompt, affordable + 1, prices)).toBeGreaterThan(budget);
          }
        },
      ),
    );
  });
});

test("pages read by OCR are USD 2 for a thousand, also where nothing else costs", () => {
  const free = { ...SONNET, prompt: 0n, completion: 0n, tiers: [] };
  const price = priceGeneration({ ...NO_TOKENS, promptTokens: 100, completionTokens: 10 }, free, { ocrPages: 3 });
  expect(price.totalNanoUsd).toBe(6_000_000n);
  expect(providersCost(price)).toBe(0n);
  expect(price.lines).toEqual([{ class: "ocr_page", quantity: 3, price: parseUnitPrice("0.002") }]);
});
