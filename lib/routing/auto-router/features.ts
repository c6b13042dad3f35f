import { optionsOf } from "./answer-options";
import type { Conversation } from "./conversation";
import { CATEGORIES } from "./lexicon";
import { scanText } from "./scan-text";
import { newTally, type Tally } from "./tally";
import type { Vocabulary } from "./vocabulary";

/** The dense features before those of the lexicon's categories. */
const PLAIN = [
  "length",
  "words",
  "sentences",
  "sentenceLength",
  "wordLength",
  "longWords",
  "names",
  "acronyms",
  "singleLetters",
  "identifiers",
  "numbers",
  "numberShare",
  "longNumbers",
  "decimals",
  "questions",
  "lines",
  "indentedLines",
  "listLines",
  "operators",
  "brackets",
  "codeMarks",
  "quotes",
  "commas",
  "backslashes",
  "dollars",
  "percents",
  "backticks",
  "mathSymbols",
  "nonAscii",
  "unspaced",
  "hasOptions",
  "optionChars",
  "numericOptions",
  "combinedOptions",
  "rareWords",
  "rareShare",
  "unknownLanguage",
  "short",
  "systemLength",
  "tools",
  "images",
  "jsonOutput",
] as const;

// From here on a prompt holds material rather than a longer task, and length says less.
const LONG_CHARS_LOG = Math.log(900);
const LONG_WORDS_LOG = Math.log(150);
const LONG_SLOPE = 0.35;
/** What a word of the instructions counts beside one of the user's. */
const SYSTEM_SHARE = 0.5;

export const FEATURE_NAMES: readonly string[] = [...PLAIN, ...CATEGORIES];
export const FEATURE_COUNT = FEATURE_NAMES.length;

export type Features = {
  /** In the order of {@link FEATURE_NAMES}; most lie between 0 and 3. */
  dense: Float64Array;
  /** Distinct hashed words and pairs of words. */
  ngrams: Int32Array;
};

/** What a conversation looks like in numbers. Takes time in proportion to its text, which `conversation` bounds. */
export function featuresOf(conversation: Conversation, vocabulary: Vocabulary): Features {
  const tally = newTally();
  for (const text of conversation.texts) scanText(text, tally, vocabulary);
  const system = newTally();
  if (conversation.system !== "") scanText(conversation.system, system, vocabulary);
  const dense = new Float64Array(FEATURE_COUNT);
  fillPlain(dense, tally, conversation);
  const scale = 1 / Math.sqrt(Math.max(4, tally.words));
  for (let index = 0; index < CATEGORIES.length; index += 1) {
    const count = (tally.categories[index] ?? 0) + SYSTEM_SHARE * Math.min(4, system.categories[index] ?? 0);
    dense[PLAIN.length + index] = count * scale;
  }
  return { dense, ngrams: tally.ngrams.subarray(0, tally.ngramCount) };
}

function fillPlain(dense: Float64Array, tally: Tally, conversation: Conversation): void {
  const words = Math.max(1, tally.words);
  const chars = Math.max(1, tally.chars);
  const root = Math.sqrt(words);
  const options = optionsOf(conversation.texts.at(-1) ?? "");
  const { skippedChars } = conversation;
  const [unknown = 0, rare = 0, usual = 0, common = 0] = tally.byRarity;
  const known = rare + usual + common;
  // Of a language that the vocabulary does not hold nothing can be said about rare words.
  const isForeign = unknown > 3 && unknown > known;
  const values: Record<(typeof PLAIN)[number], number> = {
    // Han and kana say in one character what takes about three letters.
    length: bent(Math.log1p(tally.chars + skippedChars + 2 * tally.unspaced), LONG_CHARS_LOG) / 3,
    words: bent(Math.log1p(words), LONG_WORDS_LOG) / 2,
    sentences: Math.log1p(tally.sentences),
    sentenceLength: Math.log1p(words / Math.max(1, tally.sentences)) / 2,
    wordLength: Math.min(3, tally.wordChars / words / 4),
    longWords: (tally.longWords / words) * 3,
    names: tally.names / root,
    acronyms: tally.acronyms / root,
    singleLetters: tally.singleLetters / root,
    identifiers: tally.identifiers / root,
    numbers: Math.log1p(tally.numbers),
    numberShare: (tally.numbers / (words + tally.numbers)) * 3,
    longNumbers: Math.log1p(tally.longNumbers),
    decimals: Math.log1p(tally.decimals),
    questions: Math.log1p(tally.questions),
    lines: Math.log1p(tally.lines - 1),
    indentedLines: Math.log1p(tally.indentedLines),
    listLines: Math.log1p(tally.listLines),
    operators: Math.log1p(tally.operators),
    brackets: Math.log1p(tally.brackets),
    codeMarks: Math.log1p(tally.codeMarks),
    quotes: Math.log1p(tally.quotes),
    commas: Math.log1p(tally.commas),
    backslashes: Math.log1p(tally.backslashes),
    dollars: Math.log1p(tally.dollars),
    percents: Math.log1p(tally.percents),
    backticks: Math.log1p(tally.backticks),
    mathSymbols: Math.log1p(tally.mathSymbols),
    nonAscii: (tally.nonAscii / chars) * 2,
    unspaced: Math.min(1, (tally.unspaced / chars) * 2),
    hasOptions: options.count > 0 ? 1 : 0,
    optionChars: Math.log1p(options.meanChars) / 2,
    numericOptions: options.numeric,
    combinedOptions: options.combined,
    rareWords: isForeign ? 0.5 : Math.log1p(unknown + 0.5 * rare) / 2,
    rareShare: isForeign ? 0.3 : Math.min(1, ((unknown + 0.5 * rare) / Math.max(4, known + unknown)) * 2),
    unknownLanguage: isForeign ? 1 : 0,
    short: words < 6 ? 1 : 0,
    systemLength: Math.log1p(conversation.systemChars) / 6,
    tools: conversation.tools > 0 ? 0.5 + Math.log1p(conversation.tools) / 3 : 0,
    images: conversation.images > 0 ? 1 : 0,
    jsonOutput: conversation.jsonOutput ? 1 : 0,
  };
  for (const [index, name] of PLAIN.entries()) dense[index] = values[name];
}

/** The same up to `knee`, then rising more slowly. */
function bent(value: number, knee: number): number {
  return value <= knee ? value : knee + LONG_SLOPE * (value - knee);
}
