import type { Benchmark, Category, Region } from "@/lib/schemas/listed-model";

/** How a list of models can be put into order, as public links name it. */
export const ORDERS = [
  "newest",
  "top-weekly",
  "pricing-low-to-high",
  "pricing-high-to-low",
  "context-high-to-low",
  "throughput-high-to-low",
  "latency-low-to-high",
  "intelligence-high-to-low",
  "coding-high-to-low",
  "agentic-high-to-low",
  "design-arena-elo-high-to-low",
] as const;
export type ModelOrder = (typeof ORDERS)[number];

/** How clients of `GET /models` ask for models of every modality. */
export const ALL_OUTPUTS = "all";

/** From and to, both included; `undefined` where it is open. */
export type Span = { min: number | undefined; max: number | undefined };

/** What a list of models is narrowed to. Lists are lower-case, sorted, and without repetitions. */
export type ModelFilter = {
  /** Words to look for; empty: none. */
  q: string;
  /** All of them. */
  inputModalities: readonly string[];
  /** All of them; empty: whatever is of general use; {@link ALL_OUTPUTS}: embeddings and rankings as well. */
  outputModalities: readonly string[];
  /** All of them. */
  supportedParameters: readonly string[];
  /** One of them. */
  series: readonly string[];
  providers: readonly string[];
  authors: readonly string[];
  category: Category | undefined;
  region: Region | undefined;
  distillable: boolean | undefined;
  /** `true`: only such models; `false`: no matter. */
  zdr: boolean;
  available: boolean;
  /** At least so many tokens. */
  contextTokens: number | undefined;
  /** USD per million tokens. */
  promptPrice: Span;
  completionPrice: Span;
  ageDays: Span;
  benchmarks: Readonly<Record<Exclude<Benchmark, "designArena">, Span>>;
  /** `undefined`: the best match first where words are looked for, the best in its category, else the newest. */
  order: ModelOrder | undefined;
};

const OPEN: Span = { min: undefined, max: undefined };

/** Everything, in the order in which it comes. */
export const NO_FILTER: ModelFilter = {
  q: "",
  inputModalities: [],
  outputModalities: [],
  supportedParameters: [],
  series: [],
  providers: [],
  authors: [],
  category: undefined,
  region: undefined,
  distillable: undefined,
  zdr: false,
  available: false,
  contextTokens: undefined,
  promptPrice: OPEN,
  completionPrice: OPEN,
  ageDays: OPEN,
  benchmarks: { intelligence: OPEN, coding: OPEN, agentic: OPEN, toolSuccess: OPEN },
  order: undefined,
};
