/** Fields of use that models are ranked for. Source: the vendor's OpenAPI document of 2026-08-22, read 2026-11-21. */
export const CATEGORIES = [
  "programming",
  "roleplay",
  "marketing",
  "marketing/seo",
  "technology",
  "science",
  "translation",
  "legal",
  "finance",
  "health",
  "trivia",
  "academia",
] as const;
export type Category = (typeof CATEGORIES)[number];

export const REGIONS = ["eu", "us"] as const;
export type Region = (typeof REGIONS)[number];

/** What others measured of a model; the operator may add it to the catalog. */
export const BENCHMARKS = ["intelligence", "coding", "agentic", "toolSuccess", "designArena"] as const;
export type Benchmark = (typeof BENCHMARKS)[number];

export type ModelStatus = "active" | "legacy" | "alias" | "router";

/** A model as lists of models show, filter and order it. Prices are for display and comparison, never for billing. */
export type ListedModel = {
  id: string;
  name: string;
  /** Slug of who made it. */
  author: string;
  /** Family of models, such as `GPT`. */
  series: string;
  status: ModelStatus;
  createdSeconds: number;
  /** A sentence or two; empty when nothing is known. */
  description: string;
  contextTokens: number;
  maxOutputTokens: number | undefined;
  /** USD per million tokens. `undefined`: it depends on the route, or is not charged by token. */
  promptPrice: number | undefined;
  completionPrice: number | undefined;
  /** What a picture costs in USD, where pictures are charged by the piece. */
  picturePrice: { usd: number; unit: "image" | "megapixel" } | undefined;
  inputModalities: readonly string[];
  outputModalities: readonly string[];
  supportedParameters: readonly string[];
  /** Slugs of those who serve it. */
  providers: readonly string[];
  regions: readonly Region[];
  /** Some endpoint keeps nothing of what is sent. */
  zdr: boolean;
  /** Its author lets others train on what it writes. */
  distillable: boolean;
  /** It can be called on this installation now, with a key of the operator or of the reader. */
  isReachable: boolean;
  /** Places in the rankings of fields of use, from 1. */
  ranks: Readonly<Partial<Record<Category, number | undefined>>>;
  benchmarks: Readonly<Partial<Record<Benchmark, number | undefined>>>;
  /** Median tokens per second of its fastest endpoint. */
  throughput: number | undefined;
  /** Median milliseconds to the first token of its quickest endpoint. */
  latencyMs: number | undefined;
  /** Tokens of the last seven days on this installation, in and out. */
  weeklyTokens: number;
};

/** Nothing is charged for it. */
export function isFree({ promptPrice, completionPrice }: ListedModel): boolean {
  return promptPrice === 0 && completionPrice === 0;
}
