import { hashWord } from "./hash-word";
import lexicon from "./lexicon.json";

/** The lexicon's categories (fields of knowledge, cues of tasks), in the order in which their features stand. */
export const CATEGORIES: readonly string[] = Object.keys(lexicon);
export const CATEGORY_COUNT = CATEGORIES.length;

const NONE: readonly number[] = [];

/** An open hash table: looked up for every word of every prompt, several times. A power of two, under half full. */
const SLOTS = 1 << 14;
const slotHashes = new Int32Array(SLOTS);
const slotCategories: (number[] | undefined)[] = Array.from({ length: SLOTS }, () => undefined);

for (const [category, words] of Object.values(lexicon).entries()) {
  for (const word of new Set(words.split(" "))) {
    const hash = hashWord(word);
    const slot = slotOf(hash);
    const known = slotCategories[slot];
    if (known === undefined) {
      slotHashes[slot] = hash;
      slotCategories[slot] = [category];
    } else known.push(category);
  }
}

/** The categories that the word with this hash belongs to. In Han script a pair of characters counts as a word. */
export function categoriesOf(hash: number): readonly number[] {
  return slotCategories[slotOf(hash)] ?? NONE;
}

/** Where the hash is, or where it would be put. */
function slotOf(hash: number): number {
  let slot = (hash ^ (hash >>> 14)) & (SLOTS - 1);
  while (slotCategories[slot] !== undefined && slotHashes[slot] !== (hash | 0)) slot = (slot + 1) & (SLOTS - 1);
  return slot;
}
