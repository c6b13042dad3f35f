/** Lengths of the vectors that well-known models make, by their provider's names. Sources: their vendors, 2026-11. */
const LENGTHS: readonly (readonly [RegExp, number])[] = [
  [/text-embedding-3-large/i, 3_072],
  [/text-embedding-(3-small|ada-002)|codestral-embed|embed-v4/i, 1_536],
  [/gemini-embedding/i, 3_072],
  [/embed-v5/i, 2_048],
  [/qwen3-embedding-8b/i, 4_096],
  [/qwen3-embedding-4b/i, 2_560],
];
const USUAL_LENGTH = 1_024;

/** How long a model's vectors are unless shorter ones are asked for. */
export function vectorLengthOf(model: string): number {
  return LENGTHS.find(([name]) => name.test(model))?.[1] ?? USUAL_LENGTH;
}
