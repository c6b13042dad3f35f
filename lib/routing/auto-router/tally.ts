import { CATEGORY_COUNT } from "./lexicon";

/** N-grams fall into this many buckets; each bucket is one weight. */
export const NGRAM_BUCKETS = 1 << 13;
/** Further distinct n-grams of one prompt are not looked at: they would change little, and take time. */
const MAX_NGRAMS = 1 << 12;
const PAIR_MIX = 0x9e3779b1;

/** What one pass over a prompt's text counts. */
export type Tally = {
  chars: number;
  words: number;
  wordChars: number;
  /** Of eight letters or more. */
  longWords: number;
  /** Capitalised inside a sentence: names, mostly. */
  names: number;
  acronyms: number;
  /** Other than "a" and "I": variables, mostly. */
  singleLetters: number;
  /** Words with an underscore or a capital inside, as programs have them. */
  identifiers: number;
  numbers: number;
  /** Of four characters or more. */
  longNumbers: number;
  decimals: number;
  sentences: number;
  questions: number;
  lines: number;
  indentedLines: number;
  listLines: number;
  operators: number;
  brackets: number;
  /** Braces, semicolons, underscores between other things. */
  codeMarks: number;
  quotes: number;
  commas: number;
  backslashes: number;
  dollars: number;
  percents: number;
  backticks: number;
  mathSymbols: number;
  nonAscii: number;
  /** Characters of scripts that are written without blanks between words. */
  unspaced: number;
  /** Words by how common they are (see `Vocabulary`), the unknown ones first; names are not among them. */
  byRarity: Float64Array;
  /** Words of each category of the lexicon. */
  categories: Float64Array;
  /** Buckets of the distinct words and pairs; the first `ngramCount` are filled. */
  ngrams: Int32Array;
  ngramCount: number;
  /** Whether a bucket is among `ngrams`. */
  seen: Uint8Array;
};

export function newTally(): Tally {
  return {
    chars: 0,
    words: 0,
    wordChars: 0,
    longWords: 0,
    names: 0,
    acronyms: 0,
    singleLetters: 0,
    identifiers: 0,
    numbers: 0,
    longNumbers: 0,
    decimals: 0,
    sentences: 0,
    questions: 0,
    lines: 0,
    indentedLines: 0,
    listLines: 0,
    operators: 0,
    brackets: 0,
    codeMarks: 0,
    quotes: 0,
    commas: 0,
    backslashes: 0,
    dollars: 0,
    percents: 0,
    backticks: 0,
    mathSymbols: 0,
    nonAscii: 0,
    unspaced: 0,
    byRarity: new Float64Array(4),
    categories: new Float64Array(CATEGORY_COUNT),
    ngrams: new Int32Array(MAX_NGRAMS),
    ngramCount: 0,
    seen: new Uint8Array(NGRAM_BUCKETS),
  };
}

/** Notes a word by its hash, and the pair that it makes with the one before it (0: none). Gives the hash back. */
export function noteNgrams(hash: number, previous: number, tally: Tally): number {
  noteBucket((hash ^ (hash >>> 15)) & (NGRAM_BUCKETS - 1), tally);
  if (previous !== 0) {
    const mixed = Math.imul(previous, PAIR_MIX) ^ hash;
    noteBucket((mixed ^ (mixed >>> 13)) & (NGRAM_BUCKETS - 1), tally);
  }
  return hash;
}

function noteBucket(bucket: number, tally: Tally): void {
  if (tally.seen[bucket] === 1 || tally.ngramCount >= MAX_NGRAMS) return;
  tally.seen[bucket] = 1;
  tally.ngrams[tally.ngramCount] = bucket;
  tally.ngramCount += 1;
}
