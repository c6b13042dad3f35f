import type { Conversation } from "./conversation";
import { FEATURE_NAMES, type Features, featuresOf } from "./features";
import type { RouterWeights } from "./router-weights";
import { TASK_TYPES, type TaskType } from "./task-types";

/** How a conversation is judged. */
export type Judgement = {
  /** 0 to 1, spread evenly over usual prompts: about a tenth of them lies above 0.9. */
  difficulty: number;
  taskType: TaskType;
  /** How sure the task type is, 0 to 1. */
  taskTypeProbability: number;
  /** What moved the difficulty most, strongest first; positive makes harder. */
  features: readonly { name: string; effect: number }[];
};

const REPORTED_FEATURES = 6;
/** Logistic with the variance of a normal distribution: turns scores into shares. */
const LOGISTIC_SLOPE = 1.7;

/** Judges a conversation by the trained weights. Pure; takes well under 1 ms. */
export function judgeConversation(conversation: Conversation, weights: RouterWeights): Judgement {
  const features = featuresOf(conversation, weights.vocabulary);
  const probabilities = taskTypeProbabilities(features, weights);
  const score = difficultyScore(features, probabilities, weights);
  const best = probabilities.reduce((top, value, index) => (value > (probabilities[top] ?? 0) ? index : top), 0);
  const taskType = TASK_TYPES[best] ?? "chat";
  const { center, spread } = weights.difficulty;
  return {
    difficulty: 1 / (1 + Math.exp((-LOGISTIC_SLOPE * (score - center)) / spread)),
    taskType,
    taskTypeProbability: probabilities[best] ?? 0,
    features: decisiveFeatures(features.dense, taskType, probabilities, weights),
  };
}

/** The score behind the difficulty, without bounds. */
export function difficultyScore(
  { dense, ngrams }: Features,
  probabilities: Float64Array,
  { difficulty }: RouterWeights,
): number {
  const words = ngramSum(ngrams, difficulty.ngrams) * difficulty.ngramScale;
  return dot(dense, difficulty.dense) + words + dot(probabilities, difficulty.taskTypes);
}

/** In the order of {@link TASK_TYPES}; they add up to 1. */
export function taskTypeProbabilities({ dense, ngrams }: Features, { taskType }: RouterWeights): Float64Array {
  const scores = TASK_TYPES.map((_, type) => {
    const row = taskType.dense[type];
    const words = taskType.ngrams[type];
    if (row === undefined || words === undefined) return 0;
    return (taskType.bias[type] ?? 0) + dot(dense, row) + ngramSum(ngrams, words) * taskType.ngramScale;
  });
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return Float64Array.from(powers, (power) => power / total);
}

function decisiveFeatures(
  dense: Float64Array,
  taskType: TaskType,
  probabilities: Float64Array,
  { difficulty }: RouterWeights,
): Judgement["features"] {
  const effects = FEATURE_NAMES.map((name, index) => {
    return { name, effect: (difficulty.dense[index] ?? 0) * ((dense[index] ?? 0) - (difficulty.usual[index] ?? 0)) };
  });
  return [{ name: `task:${taskType}`, effect: dot(probabilities, difficulty.taskTypes) }, ...effects]
    .map(({ name, effect }) => ({ name, effect: Math.round(effect * 1_000) / 1_000 }))
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
    .slice(0, REPORTED_FEATURES);
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
}

/** Over the distinct n-grams, made independent of how many there are. */
function ngramSum(ngrams: Int32Array, weights: Int8Array): number {
  let sum = 0;
  for (const bucket of ngrams) sum += weights[bucket] ?? 0;
  return sum / Math.sqrt(Math.max(1, ngrams.length));
}
