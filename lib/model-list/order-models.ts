import type { ListedModel } from "@/lib/schemas/listed-model";
import type { ModelOrder } from "./model-filter";

type Value = (model: ListedModel) => number | undefined;

/** Ascending by what it gives; what it does not know comes last. */
const KEYS: Readonly<Record<ModelOrder, Value>> = {
  newest: ({ createdSeconds }) => -createdSeconds,
  "top-weekly": ({ weeklyTokens }) => -weeklyTokens,
  "pricing-low-to-high": ({ promptPrice }) => promptPrice,
  "pricing-high-to-low": ({ promptPrice }) => negative(promptPrice),
  "context-high-to-low": ({ contextTokens }) => -contextTokens,
  "throughput-high-to-low": ({ throughput }) => negative(throughput),
  "latency-low-to-high": ({ latencyMs }) => latencyMs,
  "intelligence-high-to-low": ({ benchmarks }) => negative(benchmarks.intelligence),
  "coding-high-to-low": ({ benchmarks }) => negative(benchmarks.coding),
  "agentic-high-to-low": ({ benchmarks }) => negative(benchmarks.agentic),
  "design-arena-elo-high-to-low": ({ benchmarks }) => negative(benchmarks.designArena),
};

/** Equal prompt prices are told apart by what an answer costs. */
const TIES: Readonly<Partial<Record<ModelOrder, Value>>> = {
  "pricing-low-to-high": ({ completionPrice }) => completionPrice,
  "pricing-high-to-low": ({ completionPrice }) => negative(completionPrice),
};

/** Puts models into order; equal ones stay as they are, and those of which the figure is not known come last. */
export function orderModels(models: readonly ListedModel[], order: ModelOrder): ListedModel[] {
  return orderBy(models, KEYS[order], TIES[order]);
}

/** The same by any figure: ascending, stable, unknown ones last. */
export function orderBy(models: readonly ListedModel[], key: Value, tie?: Value): ListedModel[] {
  return [...models].sort((a, b) => {
    const difference = compare(key(a), key(b));
    return difference !== 0 || tie === undefined ? difference : compare(tie(a), tie(b));
  });
}

function compare(a: number | undefined, b: number | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  return b === undefined ? -1 : a - b;
}

function negative(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value;
}
