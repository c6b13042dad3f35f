import type { NameIndex } from "./name-index";
import { LARGE, QUICK, SMALL, SPECIAL } from "./name-words";
import { NOUN } from "./phrase-words";
import type { Word } from "./scan-words";
import { splitName } from "./split-name";
import type { Exclusion } from "./types";

/** A part of the text that says what is not wanted, from the word that says so to the last name. */
export type ExclusionPhrase = { start: number; end: number; excluded: readonly Exclusion[] };

const EXCEPT =
  /[\s,;(]*\b(?:except(?: for)?|excluding|exclude|but (?:not|no|without)|other than|apart from|aside from|without|not|no|(?:do not|don['’]t|never) use|avoid|minus|save for|skip|außer|ohne|aber (?:nicht|kein|keine)|nicht|sauf|hormis|excepté|mais pas|sans|excepto|salvo|menos|pero no|sin|tranne|eccetto|exceto|menos)\s+/giu;
const BETWEEN = /^\s*(?:[,/&]|,?\s*\b(?:and|or|nor|und|oder|noch|et|ou|ni|y|e|o)\b)?\s*(?:no\s|not\s)?$/iu;
const FILLER =
  /^(?:the|any|all|other|those|from|by|of|ones?|versions?|variants?|die|das|der|alle|von|les|le|la|tous|los|las|el|todos|de)$/;

/** "…, but not the mini ones", "except Haiku", "don't use OpenAI". */
export function readExclusions(text: string, words: readonly Word[], index: NameIndex): ExclusionPhrase[] {
  return [...text.matchAll(EXCEPT)].flatMap((match) => {
    const from = match.index + match[0].length;
    const first = words.findIndex(({ start }) => start >= from);
    const [word] = words.slice(first, first + 1);
    if (first === -1 || word === undefined || text.slice(from, word.start).trim() !== "") return [];
    const found = readItems(text, words, first, index);
    return found === undefined ? [] : [{ start: match.index, ...found }];
  });
}

function readItems(text: string, words: readonly Word[], first: number, index: NameIndex) {
  const excluded: Exclusion[] = [];
  let pieces: string[] = [];
  let end: number | undefined;
  const finish = () => {
    if (pieces.length > 0) excluded.push({ kind: "name", pieces });
    pieces = [];
  };
  for (let at = first; at < words.length; at += 1) {
    const [word, previous] = [words[at], words[at - 1]];
    if (word === undefined) break;
    const gap = at === first || previous === undefined ? " " : text.slice(previous.end, word.start);
    if (/^(?:and|or|nor|und|oder|et|ou|y|e|o)$/.test(word.lower)) {
      finish();
      continue;
    }
    if (!BETWEEN.test(gap) && !/^[ -]$/.test(gap)) break;
    if (gap.includes(",")) finish();
    const author = index.authorOf(word.lower);
    if (isNamePiece(word, index)) pieces.push(...splitName(word.lower));
    else if (author !== undefined) excluded.push({ kind: "author", author });
    else if (!FILLER.test(word.lower) && !NOUN.test(word.lower)) break;
    else if (excluded.length + pieces.length === 0) continue;
    end = word.end;
  }
  finish();
  return excluded.length === 0 || end === undefined ? undefined : { end, excluded };
}

function isNamePiece({ lower }: Word, index: NameIndex): boolean {
  const pieces = splitName(lower);
  return (
    pieces.length > 0 &&
    pieces.every(
      (piece) =>
        index.isFamily(piece) ||
        (/^\d/.test(piece) && index.knows(piece)) ||
        /^\d{1,2}(?:\.\d+)?$/.test(piece) ||
        [SMALL, LARGE, QUICK, SPECIAL].some((list) => list.has(piece) && index.knows(piece)),
    )
  );
}
