import type { ModelFact } from "@/lib/schemas/catalog";
import { makeModel } from "./make-model";

type Row = readonly [id: string, name: string, listed: string, priceUsdPerMillion: number, fact?: Partial<ModelFact>];

/** A catalog that stays as it is, for tests of what names mean. Names and dates are those of the shipped one. */
const ROWS: readonly Row[] = [
  ["openrouter/auto", "Auto Router", "2023-11-08", 0, { status: "router" }],
  ["openrouter/bodybuilder", "Body Builder (beta)", "2025-12-05", 0, { status: "router" }],
  ["anthropic/claude-3-haiku", "Anthropic: Claude 3 Haiku", "2024-03-13", 0.25],
  ["anthropic/claude-3.5-sonnet", "Anthropic: Claude 3.5 Sonnet", "2024-10-22", 3, { status: "legacy" }],
  ["anthropic/claude-haiku-4.5", "Anthropic: Claude Haiku 4.5", "2025-10-15", 1],
  ["anthropic/claude-opus-4.5", "Anthropic: Claude Opus 4.5", "2025-11-24", 5],
  ["anthropic/claude-opus-4.8", "Anthropic: Claude Opus 4.8", "2026-05-27", 5],
  ["anthropic/claude-opus-4.8-fast", "Anthropic: Claude Opus 4.8 (Fast)", "2026-05-27", 10],
  ["anthropic/claude-sonnet-4.5", "Anthropic: Claude Sonnet 4.5", "2025-09-29", 3],
  ["anthropic/claude-sonnet-5", "Anthropic: Claude Sonnet 5", "2026-06-30", 2],
  ["cohere/command-a", "Cohere: Command A", "2025-03-13", 2.5],
  ["cohere/command-r-plus-08-2024", "Cohere: Command R+ (08-2024)", "2024-08-30", 2.5],
  ["deepseek/deepseek-chat", "DeepSeek: DeepSeek V3", "2024-12-26", 0.32, { openWeights: true }],
  ["deepseek/deepseek-r1", "DeepSeek: R1", "2025-01-20", 0.7, { openWeights: true }],
  ["deepseek/deepseek-r1-distill-llama-70b", "DeepSeek: R1 Distill Llama 70B", "2025-01-23", 0.7],
  ["deepseek/deepseek-v3.2", "DeepSeek: DeepSeek V3.2", "2025-12-01", 0.25, { openWeights: true }],
  ["deepseek/deepseek-v4-flash", "DeepSeek: DeepSeek V4 Flash", "2026-04-24", 0.11],
  [
    "deepseek/deepseek-v4-flash:free",
    "DeepSeek: DeepSeek V4 Flash (free)",
    "2026-04-24",
    0,
    { variantOf: "deepseek/deepseek-v4-flash" },
  ],
  ["deepseek/deepseek-v4-pro", "DeepSeek: DeepSeek V4 Pro", "2026-04-24", 0.43, { openWeights: true }],
  ["google/gemini-2.5-flash", "Google: Gemini 2.5 Flash", "2025-06-17", 0.3],
  ["google/gemini-2.5-pro", "Google: Gemini 2.5 Pro", "2025-06-17", 1.25],
  [
    "google/gemini-3-pro-image",
    "Google: Nano Banana Pro (Gemini 3 Pro Image)",
    "2026-06-18",
    2,
    { outputModalities: ["text", "image"] },
  ],
  ["google/gemini-3.1-flash-lite", "Google: Gemini 3.1 Flash Lite", "2026-05-07", 0.25],
  [
    "google/gemini-3.1-pro-preview",
    "Google: Gemini 3.1 Pro Preview",
    "2026-02-19",
    2,
    { inputModalities: ["text", "image"] },
  ],
  ["google/gemini-3.5-flash", "Google: Gemini 3.5 Flash", "2026-05-19", 1.5, { inputModalities: ["text", "image"] }],
  [
    "google/gemini-embedding-001",
    "Google: Gemini Embedding 001",
    "2025-10-31",
    0.15,
    { outputModalities: ["embeddings"] },
  ],
  ["meta-llama/llama-3.3-70b-instruct", "Meta: Llama 3.3 70B Instruct", "2024-12-06", 0.1],
  ["meta-llama/llama-4-maverick", "Meta: Llama 4 Maverick", "2025-04-05", 0.15],
  ["meta-llama/llama-guard-4-12b", "Meta: Llama Guard 4 12B", "2025-04-30", 0.18],
  ["mistralai/codestral-2508", "Mistral: Codestral 2508", "2025-08-01", 0.3],
  ["mistralai/mistral-large-2512", "Mistral: Mistral Large 3 2512", "2025-12-01", 0.5],
  ["mistralai/mistral-medium-3-5", "Mistral: Mistral Medium 3.5", "2026-04-30", 1.5],
  ["moonshotai/kimi-k2.6", "MoonshotAI: Kimi K2.6", "2026-04-20", 0.73],
  ["moonshotai/kimi-k2.7-code", "MoonshotAI: Kimi K2.7 Code", "2026-06-12", 0.74],
  ["openai/gpt-4.1", "OpenAI: GPT-4.1", "2025-04-14", 2],
  ["openai/gpt-4o", "OpenAI: GPT-4o", "2024-05-13", 2.5],
  ["openai/gpt-4o-2024-11-20", "OpenAI: GPT-4o (2024-11-20)", "2024-11-20", 2.5],
  ["openai/gpt-4o-mini", "OpenAI: GPT-4o-mini", "2024-07-18", 0.15],
  ["openai/gpt-5", "OpenAI: GPT-5", "2025-08-07", 1.25],
  ["openai/gpt-5-mini", "OpenAI: GPT-5 Mini", "2025-08-07", 0.25],
  ["openai/gpt-5.3-codex", "OpenAI: GPT-5.3-Codex", "2026-02-24", 1.75],
  ["openai/gpt-5.5", "OpenAI: GPT-5.5", "2026-04-24", 5, { inputModalities: ["text", "image"] }],
  ["openai/gpt-5.5-pro", "OpenAI: GPT-5.5 Pro", "2026-04-24", 30],
  ["openai/gpt-oss-20b:free", "OpenAI: gpt-oss-20b (free)", "2025-08-05", 0, { openWeights: true }],
  ["openai/o3", "OpenAI: o3", "2025-04-16", 2],
  ["openai/o4-mini", "OpenAI: o4 Mini", "2025-04-16", 1.1],
  ["qwen/qwen3-coder", "Qwen: Qwen3 Coder 480B A35B", "2025-07-23", 0.22],
  ["qwen/qwen3.7-max", "Qwen: Qwen3.7 Max", "2026-05-21", 1.25],
  ["x-ai/grok-4.3", "xAI: Grok 4.3", "2026-04-30", 1.25],
  ["z-ai/glm-5.2", "Z.ai: GLM 5.2", "2026-06-16", 1.4],
];

const models = ROWS.map(([id, name, listed, price, fact]) => {
  const perToken = (price / 1_000_000).toFixed(9);
  return makeModel({
    id,
    endpoints: [],
    fact: {
      name,
      createdSeconds: Date.parse(listed) / 1_000,
      prices: { prompt: perToken, completion: perToken },
      ...fact,
    },
  });
}).toSorted((a, b) => b.fact.createdSeconds - a.fact.createdSeconds);

const ids = new Set(models.map(({ id }) => id));

/** What the Body Builder is given of that catalog. */
export const BUILDER_CATALOG = {
  models,
  rankings: new Map([
    [
      "general",
      [
        "anthropic/claude-opus-4.8",
        "openai/gpt-5.5",
        "google/gemini-3.1-pro-preview",
        "anthropic/claude-sonnet-5",
        "x-ai/grok-4.3",
        "deepseek/deepseek-v4-pro",
        "google/gemini-3.5-flash",
        "mistralai/mistral-medium-3-5",
        "meta-llama/llama-4-maverick",
        "deepseek/deepseek-v4-flash",
      ],
    ],
    [
      "programming",
      [
        "anthropic/claude-opus-4.8",
        "openai/gpt-5.5",
        "anthropic/claude-sonnet-5",
        "moonshotai/kimi-k2.7-code",
        "openai/gpt-5.3-codex",
        "z-ai/glm-5.2",
      ],
    ],
    ["roleplay", ["deepseek/deepseek-v4-pro", "moonshotai/kimi-k2.6", "anthropic/claude-opus-4.8"]],
    ["legal", ["openai/gpt-5.5", "mistralai/mistral-medium-3-5"]],
    ["translation", ["google/gemini-3.5-flash", "openai/gpt-5.5", "qwen/qwen3.7-max"]],
  ]),
  resolve: (slug: string) => {
    const [id = "", ...variants] = slug.split(":");
    if (ids.has(slug)) return slug;
    return ids.has(id) && variants.every((variant) => variant === "nitro") ? slug : undefined;
  },
} as const;
