import { expect, test } from "vitest";
import { readUsage } from "./read-usage";

test.each([
  {
    name: "OpenAI's details",
    usage: {
      prompt_tokens: 100,
      completion_tokens: 50,
      total_tokens: 150,
      prompt_tokens_details: { cached_tokens: 60, audio_tokens: 5 },
      completion_tokens_details: { reasoning_tokens: 30, audio_tokens: 7 },
    },
    expected: {
      promptTokens: 100,
      completionTokens: 50,
      cachedTokens: 60,
      promptAudioTokens: 5,
      reasoningTokens: 30,
      completionAudioTokens: 7,
    },
  },
  {
    name: "OpenRouter's cache writes and images",
    usage: {
      prompt_tokens: 100,
      completion_tokens: 50,
      prompt_tokens_details: { cached_tokens: 60, cache_write_tokens: 30, video_tokens: 4 },
      completion_tokens_details: { image_tokens: 40 },
    },
    expected: { cachedTokens: 60, cacheWriteTokens: 30, promptVideoTokens: 4, completionImageTokens: 40 },
  },
  {
    name: "DeepSeek's cache hits",
    usage: { prompt_tokens: 14, completion_tokens: 2, prompt_cache_hit_tokens: 6, prompt_cache_miss_tokens: 8 },
    expected: { promptTokens: 14, cachedTokens: 6 },
  },
  {
    name: "cached tokens at the top",
    usage: { prompt_tokens: 14, completion_tokens: 2, cached_tokens: 6 },
    expected: { cachedTokens: 6 },
  },
  {
    name: "xAI's reasoning beside the completion",
    usage: {
      prompt_tokens: 10,
      completion_tokens: 5,
      total_tokens: 45,
      completion_tokens_details: { reasoning_tokens: 30 },
    },
    expected: { completionTokens: 35, reasoningTokens: 30 },
  },
  {
    name: "only a total",
    usage: { prompt_tokens: 10, completion_tokens: null, total_tokens: 14 },
    expected: { promptTokens: 10, completionTokens: 4 },
  },
  {
    name: "more cached than prompted",
    usage: { prompt_tokens: 10, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 99 } },
    expected: { promptTokens: 10, cachedTokens: 10, cacheWriteTokens: 0 },
  },
  {
    name: "null details",
    usage: { prompt_tokens: 10, completion_tokens: 1, prompt_tokens_details: null, completion_tokens_details: null },
    expected: { promptTokens: 10, cachedTokens: 0, reasoningTokens: 0 },
  },
])("$name", ({ usage, expected }) => {
  expect(readUsage(usage)).toMatchObject(expected);
});

test.each([null, {}, "12", { prompt_tokens: 0, completion_tokens: 0 }, { prompt_tokens: Number.NaN }])(
  "%j holds no counts",
  (usage) => {
    expect(readUsage(usage)).toBeUndefined();
  },
);
