import { describe, expect, test } from "vitest";
import { createPromptCache } from "@/lib/sandbox/prompt-cache";
import type { CacheTtl, PromptSegment } from "@/lib/sandbox/question";

const segment = (text: string, cacheTtl: CacheTtl | null = null): PromptSegment => ({ text, extraTokens: 0, cacheTtl });
/** So many tokens: each is a word with its space. */
const words = (count: number, word = "rail") => ` ${word}`.repeat(count);
const none = { "5m": 0, "1h": 0 };

describe("automatic", () => {
  test("a prefix of 1,024 tokens is cached the second time, in steps of 128", () => {
    const cache = createPromptCache(() => 0);
    const first = cache.readAutomatic("p/m", [segment(words(1300)), segment(" one")]);
    const second = cache.readAutomatic("p/m", [segment(words(1300)), segment(" two")]);
    expect(first).toEqual({ promptTokens: 1301, cachedTokens: 0, cacheWriteTokens: none });
    expect(second).toEqual({ promptTokens: 1301, cachedTokens: 1280, cacheWriteTokens: none });
  });

  test("shorter prompts are never cached", () => {
    const cache = createPromptCache(() => 0);
    cache.readAutomatic("p/m", [segment(words(1023))]);
    expect(cache.readAutomatic("p/m", [segment(words(1023))]).cachedTokens).toBe(0);
  });

  test("only what is the same from the beginning counts", () => {
    const cache = createPromptCache(() => 0);
    cache.readAutomatic("p/m", [segment(words(2000))]);
    expect(cache.readAutomatic("p/m", [segment(` x${words(2000)}`)]).cachedTokens).toBe(0);
    expect(cache.readAutomatic("p/m", [segment(words(1100) + words(900, "road"))]).cachedTokens).toBe(1024);
  });

  test("models and providers do not share", () => {
    const cache = createPromptCache(() => 0);
    cache.readAutomatic("p/m", [segment(words(2000))]);
    expect(cache.readAutomatic("p/n", [segment(words(2000))]).cachedTokens).toBe(0);
  });

  test("a prefix is forgotten after five minutes without use", () => {
    let nowMs = 0;
    const cache = createPromptCache(() => nowMs);
    cache.readAutomatic("p/m", [segment(words(1024))]);
    nowMs = 299_999;
    expect(cache.readAutomatic("p/m", [segment(words(1024))]).cachedTokens).toBe(1024);
    nowMs += 300_000;
    expect(cache.readAutomatic("p/m", [segment(words(1024))]).cachedTokens).toBe(0);
  });

  test("the oldest prefixes make room for new ones", () => {
    const cache = createPromptCache(() => 0, 2);
    for (const word of ["a", "b", "c"]) cache.readAutomatic("p/m", [segment(words(1024, word))]);
    expect(cache.readAutomatic("p/m", [segment(words(1024, "c"))]).cachedTokens).toBe(1024);
    expect(cache.readAutomatic("p/m", [segment(words(1024, "a"))]).cachedTokens).toBe(0);
  });
});

describe("marked", () => {
  test("nothing is cached without a mark", () => {
    const cache = createPromptCache(() => 0);
    const prompt = [segment(words(1500)), segment(" one")];
    cache.readMarked("p/m", prompt);
    expect(cache.readMarked("p/m", prompt)).toEqual({ promptTokens: 1501, cachedTokens: 0, cacheWriteTokens: none });
  });

  test("a marked prefix is written once and read after that", () => {
    const cache = createPromptCache(() => 0);
    const prompt = [segment(words(1500), "5m"), segment(" one")];
    expect(cache.readMarked("p/m", prompt)).toMatchObject({
      cachedTokens: 0,
      cacheWriteTokens: { "5m": 1500, "1h": 0 },
    });
    expect(cache.readMarked("p/m", prompt)).toMatchObject({ cachedTokens: 1500, cacheWriteTokens: none });
  });

  test("a conversation whose mark moves on reads the old part and writes the new one", () => {
    const cache = createPromptCache(() => 0);
    cache.readMarked("p/m", [segment(words(1500), "1h")]);
    const next = [segment(words(1500)), segment(words(200, "road"), "5m"), segment(" end")];
    expect(cache.readMarked("p/m", next)).toEqual({
      promptTokens: 1701,
      cachedTokens: 1500,
      cacheWriteTokens: { "5m": 200, "1h": 0 },
    });
  });

  test("a mark on too short a prefix is ignored", () => {
    const cache = createPromptCache(() => 0);
    expect(cache.readMarked("p/m", [segment(words(1000), "5m")]).cacheWriteTokens).toEqual(none);
  });

  test("an hour is an hour", () => {
    let nowMs = 0;
    const cache = createPromptCache(() => nowMs);
    const prompt = [segment(words(1500), "1h")];
    cache.readMarked("p/m", prompt);
    nowMs = 3_599_999;
    expect(cache.readMarked("p/m", prompt).cachedTokens).toBe(1500);
  });
});
