import { kindOf, LOWER, lowerCaseOf, OTHER_LETTER, UPPER } from "../character-kind";
import { HASH_START, hashNext } from "../hash-word";
import { VOCABULARY_BUCKETS, type Vocabulary, vocabularyBucket } from "../vocabulary";

// A word is common, usual or rare when so many prompts have it, and unknown when fewer do.
const COMMON = 100;
const USUAL = 20;
const RARE = 4;

/** How common words are, by the number of prompts that have them. */
export function learnVocabulary(prompts: readonly string[]): Vocabulary {
  const counts = new Uint32Array(VOCABULARY_BUCKETS);
  for (const prompt of prompts) {
    for (const bucket of bucketsOf(prompt)) counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return Uint8Array.from(counts, (count) => (count >= COMMON ? 3 : count >= USUAL ? 2 : count >= RARE ? 1 : 0));
}

function bucketsOf(text: string): ReadonlySet<number> {
  const buckets = new Set<number>();
  let hash = HASH_START;
  for (let index = 0; index <= text.length; index += 1) {
    const code = text.charCodeAt(index);
    const kind = kindOf(code);
    const isInside = code === 0x27 && hash !== HASH_START && kindOf(text.charCodeAt(index + 1)) === LOWER;
    if (kind === LOWER || kind === UPPER || kind === OTHER_LETTER || isInside) hash = hashNext(hash, lowerCaseOf(code));
    else if (hash !== HASH_START) {
      buckets.add(vocabularyBucket(hash));
      hash = HASH_START;
    }
  }
  return buckets;
}
