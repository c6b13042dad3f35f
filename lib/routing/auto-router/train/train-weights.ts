import { FEATURE_NAMES, type Features, featuresOf } from "../features";
import { CATEGORIES } from "../lexicon";
import type { StoredWeights } from "../router-weights";
import { NGRAM_BUCKETS } from "../tally";
import { TASK_TYPES, type TaskType } from "../task-types";
import type { Vocabulary } from "../vocabulary";
import { fitNgrams } from "./fit-ngrams";
import { fitRidge, type RidgeGroup } from "./fit-ridge";
import { fitTaskTypes, type TaskTypeExample } from "./fit-task-types";
import { groupBy } from "./group-by";
import { learnVocabulary } from "./learn-vocabulary";
import { hardnessOf } from "./outcome-pairs";
import { priorWeights } from "./prior";
import type { Outcome } from "./read-outcomes";
import type { LabelledPrompt } from "./read-prompts";

// How hard it is for examples to move a weight from its prior: those of a prompt's shape (length, numbers, marks) and of
// what the prior names are well known beforehand, those of the lexicon's other categories are what examples are for.
const SHAPE_STRENGTH = 1;
const CATEGORY_STRENGTH = 0.15;
/** How much of what words and pairs of words explain in our own prompts is believed of others. */
const NGRAM_TRUST = 0.25;
/** What our own prompts count, all together, and once more among their like. */
const OWN_WEIGHT = 3;
const OWN_GROUP_WEIGHTS: Readonly<Record<string, number>> = { subjects: 2, math: 1, code: 1, reasoning: 1 };
/** What each public set counts: little, since what is learned on one of them transfers badly to others. */
const OUTCOME_SET_WEIGHT = 0.1;
const MIN_GROUP_SIZE = 15;
/** Public prompts whose task type is plain from their set teach task types too, so many of each set. */
const TASK_TYPE_OF_SET: Readonly<Record<string, TaskType>> = {
  "ulab_agentverse-logicgrid": "reasoning",
  ulab_natural_qa: "knowledge",
  ulab_trivia_qa: "knowledge",
  ulab_openbook_qa: "knowledge",
  ulab_arc_challenge: "knowledge",
  ulab_gpqa: "knowledge",
  ulab_mbpp: "code",
  ulab_human_eval: "code",
  ulab_gsm8k: "math",
  ulab_math: "math",
};
/** How much of the difference between task types in our own prompts is believed of others. */
const TASK_TYPE_TRUST = 0.7;
const TASK_TYPE_EXAMPLES_PER_SET = 40;

/** Trains both heads of the router. The same input gives the same weights. */
export function trainWeights(prompts: readonly LabelledPrompt[], outcomes: readonly Outcome[]): StoredWeights {
  const vocabulary = learnVocabulary(outcomes.map(({ prompt }) => prompt));
  const own = prompts.map((prompt) => ({ ...prompt, features: featuresOf(prompt.conversation, vocabulary) }));
  const dense = fitRidge([...ownGroups(own), ...outcomeGroups(outcomes, vocabulary)], priorWeights(), strengths());

  const rests = own.map(({ features, difficulty }) => logit(difficulty) - product(dense, features.dense));
  const middle = mean(rests);
  const ngrams = fitNgrams(
    own.map(({ features }, index) => ({ ngrams: features.ngrams, rest: (rests[index] ?? 0) - middle })),
  ).map((weight) => weight * NGRAM_TRUST);
  const types = fitTaskTypes([
    ...own.map(({ features, taskType }) => ({ features, taskType })),
    ...taskTypeExamples(outcomes, vocabulary),
  ]);
  const effects = taskTypeEffects(prompts);
  const scores = own.map(({ features, taskType }) => {
    const effect = effects[TASK_TYPES.indexOf(taskType)] ?? 0;
    return product(dense, features.dense) + ngramSum(features.ngrams, ngrams) + effect;
  });
  return {
    features: FEATURE_NAMES,
    taskTypes: TASK_TYPES,
    difficulty: {
      dense: rounded(dense),
      usual: rounded(FEATURE_NAMES.map((_, index) => mean(own.map(({ features }) => features.dense[index] ?? 0)))),
      ...signedBytes([ngrams]),
      taskTypes: rounded(effects),
      center: round(mean(scores)),
      spread: round(deviation(scores)),
    },
    taskType: {
      bias: rounded(types.map(({ bias }) => bias)),
      dense: types.map((type) => rounded(type.dense)),
      ...signedBytes(types.map((type) => type.ngrams)),
    },
    vocabulary: packVocabulary(vocabulary),
  };
}

/** By how much the prompts of each task type differ from all of them, as far as that is believed. */
function taskTypeEffects(prompts: readonly LabelledPrompt[]): number[] {
  const overall = mean(prompts.map(({ difficulty }) => logit(difficulty)));
  return TASK_TYPES.map((type) => {
    const own = prompts.filter(({ taskType }) => taskType === type).map(({ difficulty }) => logit(difficulty));
    return own.length === 0 ? 0 : TASK_TYPE_TRUST * (mean(own) - overall);
  });
}

function strengths(): Float64Array {
  const prior = priorWeights();
  return Float64Array.from(FEATURE_NAMES, (name, index) => {
    return CATEGORIES.includes(name) && prior[index] === 0 ? CATEGORY_STRENGTH : SHAPE_STRENGTH;
  });
}

function ownGroups(own: readonly (LabelledPrompt & { features: Features })[]): RidgeGroup[] {
  const examples = (chosen: typeof own) =>
    chosen.map(({ features, difficulty }) => ({ x: features.dense, y: logit(difficulty) }));
  const groups = Object.entries(OWN_GROUP_WEIGHTS).map(([group, weight]) => {
    return { weight, examples: examples(own.filter((prompt) => prompt.group === group)) };
  });
  return [{ weight: OWN_WEIGHT, examples: examples(own) }, ...groups].filter(isLarge);
}

function outcomeGroups(outcomes: readonly Outcome[], vocabulary: Vocabulary): RidgeGroup[] {
  return [...groupBy(outcomes, ({ set }) => set).values()]
    .map((set) => {
      const hardness = hardnessOf(set);
      const examples = set.map(({ conversation }, index) => {
        return { x: featuresOf(conversation, vocabulary).dense, y: hardness[index] ?? 0 };
      });
      return { weight: OUTCOME_SET_WEIGHT, examples };
    })
    .filter(isLarge);
}

function isLarge({ examples }: RidgeGroup): boolean {
  return examples.length >= MIN_GROUP_SIZE;
}

function taskTypeExamples(outcomes: readonly Outcome[], vocabulary: Vocabulary): TaskTypeExample[] {
  return Object.entries(TASK_TYPE_OF_SET).flatMap(([set, taskType]) =>
    outcomes
      .filter((outcome) => outcome.set === set)
      .slice(0, TASK_TYPE_EXAMPLES_PER_SET)
      .map(({ conversation }) => ({ features: featuresOf(conversation, vocabulary), taskType })),
  );
}

/** One signed byte per weight, and what a step of it is worth. */
function signedBytes(rows: readonly Float64Array[]): { ngrams: string; ngramScale: number } {
  const largest = rows.reduce((top, row) => row.reduce((max, value) => Math.max(max, Math.abs(value)), top), 0);
  const scale = largest === 0 ? 1 : largest / 127;
  const bytes = Int8Array.from({ length: rows.length * NGRAM_BUCKETS }, (_, index) => {
    const value = rows[Math.floor(index / NGRAM_BUCKETS)]?.[index % NGRAM_BUCKETS] ?? 0;
    return Math.round(value / scale);
  });
  return { ngrams: Buffer.from(bytes.buffer).toString("base64"), ngramScale: scale };
}

function packVocabulary(vocabulary: Vocabulary): string {
  const packed = Uint8Array.from({ length: vocabulary.length / 4 }, (_, byte) => {
    return [0, 1, 2, 3].reduce((bits, place) => bits | ((vocabulary[byte * 4 + place] ?? 0) << (2 * place)), 0);
  });
  return Buffer.from(packed).toString("base64");
}

function product(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}

function ngramSum(ngrams: Int32Array, weights: Float64Array): number {
  const sum = ngrams.reduce((total, bucket) => total + (weights[bucket] ?? 0), 0);
  return sum / Math.sqrt(Math.max(1, ngrams.length));
}

function logit(share: number): number {
  return Math.log(share / (1 - share));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function rounded(values: Float64Array | readonly number[]): number[] {
  return Array.from(values, round);
}
