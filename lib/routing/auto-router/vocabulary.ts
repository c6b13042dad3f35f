/** For each hashed word how common it is in prompts: 0 (unknown) to 3. */
export type Vocabulary = Uint8Array;

export const VOCABULARY_BUCKETS = 1 << 16;

/** The place of a word, given its hash, in a {@link Vocabulary}. */
export function vocabularyBucket(hash: number): number {
  return (hash ^ (hash >>> 16)) & (VOCABULARY_BUCKETS - 1);
}
