import type { Outcome } from "./read-outcomes";

/** A weaker and a stronger model whose gap on a set is wide enough to be worth recovering. */
export type ModelPair = { weak: string; strong: string };

const MIN_STRONG = 0.6;
const MIN_WEAK = 0.15;
const MIN_GAP = 0.15;

/**
 * All pairs of a set's models with a good one that solves most of it and one that is plainly weaker, yet not simply
 * unable to answer in the form wanted.
 */
export function pairsOf(set: readonly Outcome[]): ModelPair[] {
  const averages = new Map(modelsOf(set).map((model) => [model, mean(set.map((outcome) => scoreOf(outcome, model)))]));
  return [...averages].flatMap(([weak, low]) =>
    [...averages].flatMap(([strong, high]) =>
      high >= MIN_STRONG && low >= MIN_WEAK && high - low >= MIN_GAP ? [{ weak, strong }] : [],
    ),
  );
}

/**
 * How hard each prompt of a set is, in deviations from the set's mean: how many models fail it, and, where there are
 * pairs, how often the stronger one succeeds where the weaker fails.
 */
export function hardnessOf(set: readonly Outcome[]): number[] {
  const models = modelsOf(set);
  const pairs = pairsOf(set);
  const failures = standardized(set.map((outcome) => 1 - mean(models.map((model) => scoreOf(outcome, model)))));
  if (pairs.length === 0) return failures;
  const gains = standardized(
    set.map((outcome) => mean(pairs.map(({ weak, strong }) => scoreOf(outcome, strong) - scoreOf(outcome, weak)))),
  );
  return standardized(failures.map((failure, index) => failure + (gains[index] ?? 0)));
}

export function scoreOf({ scores }: Outcome, model: string): number {
  return scores.get(model) ?? 0;
}

function modelsOf(set: readonly Outcome[]): string[] {
  return [...new Set(set.flatMap(({ scores }) => [...scores.keys()]))];
}

function standardized(values: readonly number[]): number[] {
  const middle = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
  return values.map((value) => (deviation === 0 ? 0 : (value - middle) / deviation));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
