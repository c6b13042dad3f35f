import type { TaskType } from "./task-types";

export type RankCandidate = {
  id: string;
  /** 0 to 1; only differences count. */
  quality: number;
  /** By task type, where it differs. */
  strengths: Readonly<Record<string, number>>;
  /** USD per million tokens. */
  price: number;
};

export type RankedModel = {
  id: string;
  /** 0 to 1, the best has the highest; comparable within one ranking only. */
  score: number;
};

/** Prices below this are all alike, in USD per million tokens. */
const LEAST_PRICE = 0.02;

/**
 * Puts models in order, the one to use first. What quality is worth grows with the difficulty (0 to 1), what the price
 * counts with the trade-off (0 to 10): at 0 the best comes first, at 10 the cheapest.
 *
 * Quality and the logarithm of the price are stretched over the candidates, so that between two models the stronger and
 * dearer one is chosen exactly when the difficulty is above a tenth of the trade-off. That is why the task type has no
 * say between two; among more it decides who is good.
 */
export function rankModels(
  candidates: readonly RankCandidate[],
  { difficulty, taskType }: { difficulty: number; taskType: TaskType },
  tradeoff: number,
): RankedModel[] {
  const goodness = candidates.map(({ quality, strengths }) =>
    candidates.length > 2 ? (strengths[taskType] ?? quality) : quality,
  );
  const quality = stretched(goodness);
  const cost = stretched(candidates.map(({ price }) => Math.log(Math.max(LEAST_PRICE, price))));
  const weight = tradeoff / 10;
  return candidates
    .map(({ id }, index) => {
      const good = quality[index] ?? 0;
      const dear = cost[index] ?? 0;
      return { id, good, dear, worth: worthOf(good, dear, difficulty, weight) };
    })
    .sort((a, b) => b.worth - a.worth || orderOfEquals(a, b, weight) || (a.id < b.id ? -1 : 1))
    .map(({ id, worth }) => ({ id, score: Math.round(worth * 10_000) / 10_000 }));
}

/** 0 to 1. */
function worthOf(good: number, dear: number, difficulty: number, weight: number): number {
  if (weight <= 0) return good;
  if (weight >= 1) return 1 - dear;
  return (difficulty * good + weight * (1 - dear)) / (1 + weight);
}

/** Equally worthy: the cheaper, then the better; where only quality counts, the other way round. */
function orderOfEquals(a: { good: number; dear: number }, b: { good: number; dear: number }, weight: number): number {
  return weight <= 0 ? b.good - a.good || a.dear - b.dear : a.dear - b.dear || b.good - a.good;
}

/** From 0 for the least to 1 for the most; all 0 when there is no difference. */
function stretched(values: readonly number[]): number[] {
  const least = Math.min(...values);
  const range = Math.max(...values) - least;
  return values.map((value) => (range === 0 ? 0 : (value - least) / range));
}
