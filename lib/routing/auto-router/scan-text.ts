import { BREAK, DIGIT, isMathSymbol, kindOf, LOWER, lowerCaseOf, UNSPACED, UPPER } from "./character-kind";
import { HASH_START, hashNext } from "./hash-word";
import { categoriesOf } from "./lexicon";
import { noteNgrams, type Tally } from "./tally";
import { type Vocabulary, vocabularyBucket } from "./vocabulary";

const APOSTROPHE = 0x27;
const CURLY_APOSTROPHE = 0x2019;
/** Stand for numbers among the n-grams, whatever their value. */
const SHORT_NUMBER = 0x2468ace1;
const LONG_NUMBER = 0x1f3d5b79;

/** Where the scan stands. */
type Cursor = {
  index: number;
  /** Hash of the word before, 0 at the start of a sentence. */
  previousWord: number;
  sentenceStart: boolean;
  lineStart: boolean;
  indent: number;
};

/**
 * Counts what is in `text` on top of what `tally` has, in one pass: characters, words, numbers, lines, marks of code and
 * mathematics, the lexicon's categories, and hashed words and pairs of words.
 */
export function scanText(text: string, tally: Tally, vocabulary: Vocabulary): void {
  const cursor: Cursor = { index: 0, previousWord: 0, sentenceStart: true, lineStart: true, indent: 0 };
  tally.chars += text.length;
  tally.lines += 1;
  while (cursor.index < text.length) {
    const code = text.charCodeAt(cursor.index);
    const kind = kindOf(code);
    if (kind === BREAK) {
      scanMark(text, code, cursor, tally);
      continue;
    }
    if (kind === DIGIT) scanNumber(text, cursor, tally);
    else if (kind === UNSPACED) scanUnspaced(code, cursor, tally);
    else scanWord(text, kind, cursor, tally, vocabulary);
    cursor.lineStart = false;
    cursor.sentenceStart = false;
  }
}

function scanMark(text: string, code: number, cursor: Cursor, tally: Tally): void {
  const next = text.charCodeAt(cursor.index + 1);
  cursor.index += 1;
  switch (code) {
    case 0x0a:
      tally.lines += 1;
      cursor.sentenceStart = true;
      cursor.lineStart = true;
      cursor.indent = 0;
      cursor.previousWord = 0;
      return;
    case 0x20:
    case 0x09:
      if (cursor.lineStart) {
        cursor.indent += code === 0x09 ? 4 : 1;
        if (cursor.indent === 4) tally.indentedLines += 1;
      }
      return;
    case 0x2e: // .
    case 0x21: // !
    case 0x3f: // ?
      // NaN: the text ends here.
      if (Number.isNaN(next) || next === 0x20 || next === 0x0a || next === 0x0d || next === 0x22 || next === 0x29) {
        endSentence(code === 0x3f, cursor, tally);
      }
      break;
    case 0x3002: // the full stops of Chinese and Japanese
    case 0xff01:
    case 0xff1f:
      endSentence(code === 0xff1f, cursor, tally);
      break;
    case 0x2a: // *
    case 0x2d: // -
      if (cursor.lineStart && next === 0x20) tally.listLines += 1;
      else if (next === 0x20 || code === 0x2a) tally.operators += 1;
      break;
    case 0x2b: // +
    case 0x2f: // /
    case 0x3c: // <
    case 0x3d: // =
    case 0x3e: // >
    case 0x5e: // ^
      tally.operators += 1;
      break;
    case 0x28: // (
    case 0x5b: // [
      tally.brackets += 1;
      break;
    case 0x7b: // {
    case 0x7d: // }
    case 0x3b: // ;
    case 0x5f: // _
      tally.codeMarks += 1;
      break;
    case 0x22:
    case 0x201c:
      tally.quotes += 1;
      break;
    case 0x2c:
      tally.commas += 1;
      break;
    case 0x5c:
      tally.backslashes += 1;
      break;
    case 0x24:
      tally.dollars += 1;
      break;
    case 0x25:
      tally.percents += 1;
      break;
    case 0x60:
      tally.backticks += 1;
      break;
  }
  if (code >= 128) {
    tally.nonAscii += 1;
    if (isMathSymbol(code)) tally.mathSymbols += 1;
  }
  cursor.lineStart = false;
}

function endSentence(isQuestion: boolean, cursor: Cursor, tally: Tally): void {
  tally.sentences += 1;
  if (isQuestion) tally.questions += 1;
  cursor.sentenceStart = true;
  cursor.previousWord = 0;
}

function scanNumber(text: string, cursor: Cursor, tally: Tally): void {
  const start = cursor.index;
  let index = start;
  let isDecimal = false;
  for (;;) {
    const code = text.charCodeAt(index);
    if (kindOf(code) === DIGIT) index += 1;
    else if ((code === 0x2e || code === 0x2c) && kindOf(text.charCodeAt(index + 1)) === DIGIT) {
      if (code === 0x2e) isDecimal = true;
      index += 1;
    } else break;
  }
  const size = index - start;
  tally.numbers += 1;
  if (size >= 4) tally.longNumbers += 1;
  if (isDecimal) tally.decimals += 1;
  const after = text.charCodeAt(index);
  // "1." and "2)" at the start of a line number a list.
  if (cursor.lineStart && size <= 2 && (after === 0x2e || after === 0x29)) tally.listLines += 1;
  cursor.index = index;
  cursor.previousWord = noteNgrams(size > 2 ? LONG_NUMBER : SHORT_NUMBER, cursor.previousWord, tally);
}

/** A character is a word here, and a pair of them is what the lexicon knows. It says about as much as three letters. */
function scanUnspaced(code: number, cursor: Cursor, tally: Tally): void {
  if (cursor.previousWord !== 0) noteCategories(categoriesOf(hashNext(cursor.previousWord, code)), tally);
  tally.words += 0.6;
  tally.wordChars += 2;
  tally.nonAscii += 1;
  tally.unspaced += 1;
  cursor.previousWord = noteNgrams(hashNext(HASH_START, code), cursor.previousWord, tally);
  cursor.index += 1;
}

/** A word: letters, with apostrophes, underscores and digits inside. */
function scanWord(text: string, kind: number, cursor: Cursor, tally: Tally, vocabulary: Vocabulary): void {
  const start = cursor.index;
  let index = start;
  let hash = HASH_START;
  // The hashes of the word without its last one, two and three letters.
  let without1 = 0;
  let without2 = 0;
  let without3 = 0;
  let capitals = 0;
  let isIdentifier = false;
  for (; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const letter = kindOf(code);
    if (letter === UPPER) {
      // A capital after a small letter.
      if (capitals < index - start) isIdentifier = true;
      capitals += 1;
    } else if (letter === UNSPACED) break;
    else if (letter === BREAK) {
      if (code === 0x5f && index > start) isIdentifier = true;
      else if (!isApostrophe(code) || kindOf(text.charCodeAt(index + 1)) !== LOWER) break;
    }
    without3 = without2;
    without2 = without1;
    without1 = hash;
    hash = hashNext(hash, code === CURLY_APOSTROPHE ? APOSTROPHE : lowerCaseOf(code));
    if (code >= 128) tally.nonAscii += 1;
  }
  const size = index - start;
  const first = text.charCodeAt(start);
  const isName = kind === UPPER && !cursor.sentenceStart;
  tally.words += 1;
  tally.wordChars += size;
  if (size >= 8) tally.longWords += 1;
  if (size === 1 && first !== 0x61 && first !== 0x41 && first !== 0x49) tally.singleLetters += 1;
  if (isIdentifier) tally.identifiers += 1;
  else if (capitals === size && size > 1) tally.acronyms += 1;
  else if (isName) tally.names += 1;
  if (size > 2 && !isName) {
    const level = vocabulary[vocabularyBucket(hash)] ?? 0;
    tally.byRarity[level] = (tally.byRarity[level] ?? 0) + 1;
  }
  if (!noteCategories(categoriesOf(hash), tally) && size > 3) {
    // Plural, past, participle: -s and -es, -ed and -d, -ing (in whose place an e may have been).
    const last = lowerCaseOf(text.charCodeAt(index - 1));
    const isPast = last === 0x64;
    if (last === 0x67) {
      const isStem = size > 5 && noteCategories(categoriesOf(without3), tally);
      if (size > 5 && !isStem) noteCategories(categoriesOf(hashNext(without3, 0x65)), tally);
    } else if (isPast || last === 0x73) {
      const isShort = noteCategories(categoriesOf(isPast ? without2 : without1), tally);
      if (!isShort) noteCategories(categoriesOf(isPast ? without1 : without2), tally);
    }
  }
  cursor.index = index;
  cursor.previousWord = noteNgrams(hash, cursor.previousWord, tally);
}

function isApostrophe(code: number): boolean {
  return code === APOSTROPHE || code === CURLY_APOSTROPHE;
}

function noteCategories(found: readonly number[], tally: Tally): boolean {
  for (const category of found) tally.categories[category] = (tally.categories[category] ?? 0) + 1;
  return found.length > 0;
}
