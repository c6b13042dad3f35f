/** FNV-1a, 32 bits, over UTF-16 units. Source: datatracker.ietf.org/doc/draft-eastlake-fnv, read 2026-11-21. */
export const HASH_START = 0x811c9dc5;
const HASH_PRIME = 0x01000193;

/** The hash of what was hashed so far and one character more. */
export function hashNext(hash: number, code: number): number {
  return Math.imul(hash ^ code, HASH_PRIME);
}

export function hashWord(word: string): number {
  let hash = HASH_START;
  for (let index = 0; index < word.length; index += 1) hash = hashNext(hash, word.charCodeAt(index));
  return hash;
}
