import type { ModelFilter, ModelOrder } from "@/lib/model-list/model-filter";
import type { Category } from "@/lib/schemas/listed-model";

/** Display names of what a filter names by slug. */
export type Names = ReadonlyMap<string, string>;

export const MODALITY_LABELS: Readonly<Record<string, string>> = {
  text: "Text",
  image: "Images",
  file: "Files",
  audio: "Audio",
  video: "Video",
  embeddings: "Embeddings",
  rerank: "Rankings",
};

export const CATEGORY_LABELS: Readonly<Record<Category, string>> = {
  programming: "Programming",
  roleplay: "Roleplay",
  marketing: "Marketing",
  "marketing/seo": "Marketing: SEO",
  technology: "Technology",
  science: "Science",
  translation: "Translation",
  legal: "Legal",
  finance: "Finance",
  health: "Health",
  trivia: "Trivia",
  academia: "Academia",
};

/** The orders that the page offers; the others are there for links that ask for them. */
export const ORDER_LABELS = {
  newest: "Newest",
  "top-weekly": "Most used this week",
  "pricing-low-to-high": "Price: low to high",
  "pricing-high-to-low": "Price: high to low",
  "context-high-to-low": "Context: high to low",
  "throughput-high-to-low": "Throughput: high to low",
  "latency-low-to-high": "Latency: low to high",
} as const satisfies Partial<Record<ModelOrder, string>>;

/** The places of the slider for context, in tokens; 0: any. */
export const CONTEXT_STEPS = [
  0, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072, 200_000, 262_144, 400_000, 1_000_000,
] as const;

/** The places of the slider for prompt prices, in USD per million tokens; behind the last one there is "any". */
export const PRICE_STEPS = [0, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20] as const;

/** Whether anything of a filter but its words and its order narrows the list. */
export function countChoices(filter: ModelFilter): number {
  const { inputModalities, outputModalities, supportedParameters, series, providers, authors } = filter;
  const lists = [inputModalities, outputModalities, supportedParameters, series, providers, authors];
  const spans = [filter.promptPrice, filter.completionPrice, filter.ageDays, ...Object.values(filter.benchmarks)];
  const single = [
    filter.category !== undefined,
    filter.region !== undefined,
    filter.distillable !== undefined,
    filter.zdr,
    filter.available,
    filter.contextTokens !== undefined,
  ];
  return (
    lists.reduce((sum, list) => sum + list.length, 0) +
    spans.filter(({ min, max }) => min !== undefined || max !== undefined).length +
    single.filter(Boolean).length
  );
}
