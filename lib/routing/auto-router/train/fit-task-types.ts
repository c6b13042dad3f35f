import { FEATURE_COUNT, type Features } from "../features";
import { NGRAM_BUCKETS } from "../tally";
import { TASK_TYPES, type TaskType } from "../task-types";

const EPOCHS = 40;
const RATE = 0.15;
const SHRINK = 0.002;
const SEED = 7;

export type TaskTypeExample = { features: Features; taskType: TaskType };
export type TaskTypeWeights = { bias: number; dense: Float64Array; ngrams: Float64Array };

/** Multinomial logistic regression by stochastic gradient descent; the same examples give the same weights. */
export function fitTaskTypes(examples: readonly TaskTypeExample[]): readonly TaskTypeWeights[] {
  const models = TASK_TYPES.map(() => ({
    bias: 0,
    dense: new Float64Array(FEATURE_COUNT),
    ngrams: new Float64Array(NGRAM_BUCKETS),
  }));
  const random = randomFrom(SEED);
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    const rate = RATE / (1 + epoch / 10);
    for (const { features, taskType } of shuffled(examples, random)) {
      const probabilities = softmax(models.map((model) => scoreOf(features, model)));
      for (const [index, model] of models.entries()) {
        const error = (probabilities[index] ?? 0) - (TASK_TYPES[index] === taskType ? 1 : 0);
        if (Math.abs(error) > 1e-3) step(model, features, error, rate);
      }
    }
  }
  return models;
}

function step(model: TaskTypeWeights, { dense, ngrams }: Features, error: number, rate: number): void {
  model.bias -= rate * error;
  for (const [index, value] of dense.entries()) {
    if (value === 0) continue;
    const weight = model.dense[index] ?? 0;
    model.dense[index] = weight - rate * (error * value + SHRINK * weight);
  }
  const scale = 1 / Math.sqrt(Math.max(1, ngrams.length));
  for (const bucket of ngrams) {
    const weight = model.ngrams[bucket] ?? 0;
    model.ngrams[bucket] = weight - rate * (error * scale + SHRINK * weight);
  }
}

function scoreOf({ dense, ngrams }: Features, model: TaskTypeWeights): number {
  let score = model.bias;
  for (const [index, value] of dense.entries()) score += value * (model.dense[index] ?? 0);
  let sum = 0;
  for (const bucket of ngrams) sum += model.ngrams[bucket] ?? 0;
  return score + sum / Math.sqrt(Math.max(1, ngrams.length));
}

function softmax(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((entry) => ({ entry, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ entry }) => entry);
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
