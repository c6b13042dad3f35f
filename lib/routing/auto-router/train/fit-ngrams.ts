import { NGRAM_BUCKETS } from "../tally";

const EPOCHS = 30;
const RATE = 0.5;
const SHRINK = 0.003;

/** Weights of hashed n-grams that explain what the dense features leave over, shrunk towards none. */
export function fitNgrams(examples: readonly { ngrams: Int32Array; rest: number }[]): Float64Array {
  const weights = new Float64Array(NGRAM_BUCKETS);
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    const rate = RATE / (1 + epoch / 10);
    for (const { ngrams, rest } of examples) {
      const scale = 1 / Math.sqrt(Math.max(1, ngrams.length));
      let sum = 0;
      for (const bucket of ngrams) sum += weights[bucket] ?? 0;
      const error = sum * scale - rest;
      for (const bucket of ngrams) {
        const weight = weights[bucket] ?? 0;
        weights[bucket] = weight - rate * (error * scale + SHRINK * weight);
      }
    }
  }
  return weights;
}
