import { hashOf, seededRandom } from "@/lib/sandbox/seeded-random";

/** Places of a vector that one feature moves. */
const PLACES_PER_FEATURE = 6;
/** What a piece of a word counts beside the word itself, so that `router` and `routing` are alike. */
const PIECE_WEIGHT = 0.35;
const PIECE_CHARS = 4;

/**
 * A unit vector made of a text's words: equal texts give equal vectors, texts that share words similar ones, others
 * nearly orthogonal ones. It knows no meaning.
 */
export function textVector(text: string, dimensions: number): number[] {
  const sums = new Float64Array(dimensions);
  const add = (feature: string, weight: number) => {
    const random = seededRandom(hashOf(feature));
    for (let place = 0; place < PLACES_PER_FEATURE; place += 1) {
      const index = Math.floor(random() * dimensions);
      sums[index] = (sums[index] ?? 0) + (random() < 0.5 ? -weight : weight);
    }
  };
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const word of words) {
    add(`word ${word}`, 1);
    for (let start = 0; start + PIECE_CHARS <= word.length; start += 1) {
      add(`piece ${word.slice(start, start + PIECE_CHARS)}`, PIECE_WEIGHT);
    }
  }
  // Signs alone are a text too, words may cancel each other out, and no vector may be without a direction.
  if (sums.every((sum) => sum === 0)) sums[hashOf(text) % dimensions] = 1;
  const length = Math.sqrt(sums.reduce((total, sum) => total + sum * sum, 0));
  return Array.from(sums, (sum) => Math.fround(sum / length));
}

/** How alike two texts are: 0 for nothing in common, 1 for the same words. */
export function textLikeness(a: string, b: string): number {
  const [left, right] = [textVector(a, 512), textVector(b, 512)];
  const cosine = left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
  return Math.min(1, Math.max(0, cosine));
}
