import { FEATURE_NAMES } from "../features";

/**
 * What is taken for granted before any example is seen, since it held on every public set that was looked at: longer
 * prompts are harder, and among prompts of one length those with rare words, with quantities written out, fractions and
 * comparisons. Weights are per unit of the feature.
 */
const PRIOR: Readonly<Record<string, number>> = {
  length: 0.6,
  words: 0.5,
  sentenceLength: 0.1,
  rareWords: 0.15,
  commas: 0.05,
  numberWord: 0.6,
  fraction: 0.4,
  quantity: 0.3,
  comparison: 0.4,
  compute: 0.1,
  stepwise: 0.1,
  tools: 0.2,
  images: 0.1,
  jsonOutput: 0.1,
};

/** The prior in the order of the features. @throws Error when it names one that does not exist. */
export function priorWeights(): Float64Array {
  for (const name of Object.keys(PRIOR)) {
    if (!FEATURE_NAMES.includes(name)) throw new Error(`the prior names the unknown feature ${name}`);
  }
  return Float64Array.from(FEATURE_NAMES, (name) => PRIOR[name] ?? 0);
}
