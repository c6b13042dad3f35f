import { featuresOf } from "../features";
import { difficultyScore, taskTypeProbabilities } from "../judge-conversation";
import { decodeWeights, type StoredWeights } from "../router-weights";
import { TASK_TYPES } from "../task-types";
import { apgr } from "./apgr";
import { groupBy } from "./group-by";
import { pairsOf, scoreOf } from "./outcome-pairs";
import type { Outcome } from "./read-outcomes";
import type { LabelledPrompt } from "./read-prompts";
import { trainWeights } from "./train-weights";

/** One set: mean APGR over its pairs of models, by the router and by prompt length alone. */
export type SetReport = {
  set: string;
  prompts: number;
  pairs: number;
  length: number;
  /** By weights that have not seen this set at all. */
  unseenSet: number;
  /** By weights that have seen other prompts of this set. */
  unseenPrompts: number;
};

const MIN_SET = 50;
const OUTCOME_FOLDS = 5;

/** Trains once per set without that set, and once per fold without those prompts, vocabulary included; measures on them. */
export function evaluateSets(prompts: readonly LabelledPrompt[], outcomes: readonly Outcome[]): SetReport[] {
  const scoresByFold = scoresOfFolds(prompts, outcomes);
  return [...groupBy(outcomes, ({ set }) => set)]
    .filter(([, members]) => members.length >= MIN_SET && pairsOf(members).length > 0)
    .map(([set, members]) => {
      const others = outcomes.filter((outcome) => outcome.set !== set);
      const withoutSet = scoresOf(members, trainWeights(prompts, others));
      return {
        set,
        prompts: members.length,
        pairs: pairsOf(members).length,
        length: overPairs(members, ({ prompt }) => prompt.length),
        unseenSet: overPairs(members, (outcome) => withoutSet.get(outcome) ?? 0),
        unseenPrompts: overPairs(members, (outcome) => scoresByFold.get(outcome) ?? 0),
      };
    });
}

function scoresOfFolds(prompts: readonly LabelledPrompt[], outcomes: readonly Outcome[]): Map<Outcome, number> {
  const folds = Array.from({ length: OUTCOME_FOLDS }, (_, fold) => {
    const kept = outcomes.filter((_outcome, index) => index % OUTCOME_FOLDS !== fold);
    const heldOut = outcomes.filter((_outcome, index) => index % OUTCOME_FOLDS === fold);
    return [...scoresOf(heldOut, trainWeights(prompts, kept))];
  });
  return new Map(folds.flat());
}

function scoresOf(outcomes: readonly Outcome[], stored: StoredWeights): Map<Outcome, number> {
  const weights = decodeWeights(stored);
  return new Map(
    outcomes.map((outcome) => {
      const features = featuresOf(outcome.conversation, weights.vocabulary);
      return [outcome, difficultyScore(features, taskTypeProbabilities(features, weights), weights)];
    }),
  );
}

function overPairs(set: readonly Outcome[], rankOf: (outcome: Outcome) => number): number {
  return mean(
    pairsOf(set).flatMap(({ weak, strong }) => {
      const value = apgr(
        set.map((outcome) => {
          return { score: rankOf(outcome), weak: scoreOf(outcome, weak), strong: scoreOf(outcome, strong) };
        }),
      );
      return value === undefined ? [] : [value];
    }),
  );
}

export type PromptReport = { taskTypeAccuracy: number; rankCorrelation: ReadonlyMap<string, number> };

const FOLDS = 6;

/** On our own prompts, each judged by weights that were trained without it: task types, and the order of difficulty. */
export function evaluatePrompts(prompts: readonly LabelledPrompt[], outcomes: readonly Outcome[]): PromptReport {
  const judged = Array.from({ length: FOLDS }, (_, fold) => {
    const kept = prompts.filter((_prompt, index) => index % FOLDS !== fold);
    const weights = decodeWeights(trainWeights(kept, outcomes));
    return prompts
      .filter((_prompt, index) => index % FOLDS === fold)
      .map((prompt) => {
        const features = featuresOf(prompt.conversation, weights.vocabulary);
        const probabilities = taskTypeProbabilities(features, weights);
        const taskType = TASK_TYPES[probabilities.indexOf(Math.max(...probabilities))];
        return {
          prompt,
          score: difficultyScore(features, probabilities, weights),
          isRight: taskType === prompt.taskType,
        };
      });
  }).flat();
  const correlation = (chosen: typeof judged) =>
    rankCorrelation(
      chosen.map(({ prompt }) => prompt.difficulty),
      chosen.map(({ score }) => score),
    );
  const groups = [...groupBy(judged, ({ prompt }) => prompt.group)].filter(([, members]) => members.length >= MIN_SET);
  return {
    taskTypeAccuracy: mean(judged.map(({ isRight }) => (isRight ? 1 : 0))),
    rankCorrelation: new Map([
      ["all", correlation(judged)],
      ...groups.map(([group, members]) => [group, correlation(members)] as const),
    ]),
  };
}

/** Spearman's. */
function rankCorrelation(left: readonly number[], right: readonly number[]): number {
  const a = ranksOf(left);
  const b = ranksOf(right);
  const middle = (left.length - 1) / 2;
  const product = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, index) => sum + (value - middle) * ((y[index] ?? middle) - middle), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

function ranksOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((x, y) => x - y);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}
