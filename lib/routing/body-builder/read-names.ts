import type { NameIndex } from "./name-index";
import { BROAD_COMPANIES, ORDINARY, SPELLINGS } from "./name-words";
import { FILLERS, ORDERS, PLURAL_NOUN } from "./phrase-words";
import type { Span, Word } from "./scan-words";
import { splitName } from "./split-name";
import type { Mention, Strength } from "./types";

const MAX_WORDS = 8;
const MAX_NAME_CHARS = 60;
/** Between two words of one name: a blank, a hyphen, an underscore. */
const INSIDE_NAME = /^[ \t\u00a0_-]$/;
/** What a family's name is a person's, a sign's or a product's name before. */
const NO_MODEL_AFTER =
  /^(?:api|apis|sdk|cli|app|apps|constellation|zodiac|horoscope|sign|season|desktop|constellations|twins|spacecraft|program|project|woman|man|season|farm|wool|users?|developers?|docs?|documentation|pricing|logo|subscription)$/;
/** Words that begin with a capital after a name and yet go on with the sentence. */
const CAPITAL = /^\p{Lu}\p{Ll}/u;
const SENTENCE_WORD =
  /^(?:i|what|why|how|who|when|where|which|is|are|can|could|do|does|should|would|please|write|explain|summari[sz]e|translate|list|describe|tell|give|create|generate|compare|analy[sz]e|answer|count|draft|solve|make|find|show|think|models?|llms?|ai)$/;

/** Names of models: the longest run of words that the catalog knows together, from each place on. */
export function readNames(text: string, words: readonly Word[], index: NameIndex): Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < words.length; ) {
    const found = nameAt(text, words, at, index);
    if (found === undefined) at += 1;
    else {
      if (found.mention !== undefined) mentions.push(found.mention);
      at = found.next;
    }
  }
  return mentions;
}

/** Companies' names. Those inside a model's name are taken out by whoever joins the two. */
export function readCompanies(words: readonly Word[], index: NameIndex): (Mention & { possessive: boolean })[] {
  return words.flatMap(({ lower, text, start, end, possessive }) => {
    const author = index.authorOf(lower);
    if (author === undefined || !/^\p{Lu}|^x/u.test(text)) return [];
    const strength: Strength = BROAD_COMPANIES.has(lower) ? 0 : 2;
    return [{ start, end, choice: { kind: "author" as const, author }, strength, possessive }];
  });
}

function nameAt(
  text: string,
  words: readonly Word[],
  at: number,
  index: NameIndex,
): { mention: Mention | undefined; next: number } | undefined {
  const first = words[at];
  if (first === undefined) return undefined;
  let best: { end: number; next: number; pieces: readonly string[]; id: string } | undefined;
  let previous: Word | undefined;
  for (let next = at; next < Math.min(words.length, at + MAX_WORDS); next += 1) {
    const word = words[next];
    if (word === undefined) break;
    if (previous !== undefined) {
      if (!INSIDE_NAME.test(text.slice(previous.end, word.start))) break;
      // "Ask Claude 3 questions": a number that counts what follows is no version.
      if (/^\d+$/.test(word.lower) && text[previous.end] === " " && countsSomething(words[next + 1])) break;
    }
    const pieces = piecesOf(text, first, word, index);
    // One unknown word may be the first half of a name that is known ("deep seek").
    if (pieces === undefined && next > at) break;
    if (pieces === undefined) {
      previous = word;
      continue;
    }
    const [model] = pieces.some((piece) => index.isFamily(piece)) ? index.find(pieces) : [];
    if (model !== undefined) best = { end: word.end, next: next + 1, pieces, id: model.id };
    previous = word;
  }
  if (best === undefined) return undefined;
  const { end, next, pieces, id } = best;
  if (isSomethingElse(text, words[next], end, pieces)) return { mention: undefined, next };
  const company = words[at - 1];
  const author = id.slice(0, id.indexOf("/"));
  // "OpenAI's GPT-5", "Google Gemini": one name.
  const isNamedBefore =
    company !== undefined &&
    index.authorOf(company.lower) === author &&
    /^\s*$/.test(text.slice(company.end, first.start));
  return {
    mention: {
      start: isNamedBefore ? company.start : first.start,
      end,
      choice: { kind: "name", pieces, id },
      strength: strengthOf(first.text, pieces, isNamedBefore),
    },
    next,
  };
}

/** The pieces from one word to another; `undefined` when one is in no model's name. */
function piecesOf(text: string, first: Word, last: Word, index: NameIndex): readonly string[] | undefined {
  // "Claude's Sonnet" is one name.
  const slice = text.slice(first.start, last.end).replaceAll(/['’]s?(?![\p{L}\p{N}])/giu, "");
  const pieces: string[] = [];
  const raw = splitName(slice);
  for (let at = 0; at < raw.length; at += 1) {
    const piece = SPELLINGS.get(raw[at] ?? "") ?? raw[at] ?? "";
    const joined = `${piece}${raw[at + 1] ?? ""}`;
    // A family that is written as two words ("deep seek"); or in the plural ("the Sonnets").
    if (!index.isFamily(piece) && index.isFamily(joined)) {
      pieces.push(SPELLINGS.get(joined) ?? joined);
      at += 1;
    } else if (index.knows(piece) || /^\d{1,2}(?:\.\d{1,2})?$/.test(piece)) pieces.push(piece);
    else if (piece.endsWith("s") && index.isFamily(piece.slice(0, -1))) pieces.push(piece.slice(0, -1));
    else if (piece !== "version") return undefined;
  }
  return pieces;
}

function countsSomething(word: Word | undefined): boolean {
  return (
    word !== undefined && /^\p{Ll}{3,}s$/u.test(word.text) && !PLURAL_NOUN.test(word.lower) && word.lower !== "versus"
  );
}

/** "Claude Monet", "the Gemini constellation", "the Claude API". */
function isSomethingElse(text: string, next: Word | undefined, end: number, pieces: readonly string[]): boolean {
  if (next === undefined || !/^[ \t]+$/.test(text.slice(end, next.start))) return false;
  if (NO_MODEL_AFTER.test(next.lower)) return true;
  const isBareName = pieces.length === 1;
  return isBareName && CAPITAL.test(next.text) && !SENTENCE_WORD.test(next.lower) && !ORDERS.has(next.lower);
}

function strengthOf(written: string, pieces: readonly string[], isNamedBefore: boolean): Strength {
  const [only = ""] = pieces;
  if (pieces.length > 1 || isNamedBefore || !(ORDINARY.has(only) || FILLERS.has(only))) return 3;
  return /^\p{Lu}/u.test(written) ? 2 : 1;
}

/** Names in quotes or backticks, which are otherwise left alone: `"Claude Sonnet"`, `` `openai/gpt-4o` ``. */
export function readQuotedNames(
  text: string,
  quotes: readonly Span[],
  index: NameIndex,
  resolve: (slug: string) => string | undefined,
): Mention[] {
  return quotes.flatMap(({ start, end }): Mention[] => {
    const inner = text.slice(start + 1, end - 1);
    if (inner.length > MAX_NAME_CHARS) return [];
    const id = resolve(inner.toLowerCase());
    if (id !== undefined && inner.includes("/")) return [{ start, end, choice: { kind: "slug", id }, strength: 3 }];
    const pieces = splitName(inner).map((piece) => SPELLINGS.get(piece) ?? piece);
    if (!pieces.every((piece) => index.knows(piece)) || !pieces.some((piece) => index.isFamily(piece))) return [];
    const [model] = index.find(pieces);
    return model === undefined ? [] : [{ start, end, choice: { kind: "name", pieces, id: model.id }, strength: 3 }];
  });
}

/** Slugs that are written out (`openai/gpt-4o:nitro`) and that the catalog knows. */
export function readSlugs(
  text: string,
  zones: readonly Span[],
  skipped: readonly Span[],
  resolve: (slug: string) => string | undefined,
): Mention[] {
  return zones.flatMap((zone) =>
    [...text.slice(zone.start, zone.end).matchAll(/~?[\w.-]+\/[\w.-]+(?::[\w-]+)*/g)].flatMap((match) => {
      const slug = match[0].replace(/[.:-]+$/, "");
      const start = zone.start + match.index;
      const end = start + slug.length;
      const id = skipped.some((span) => start < span.end && end > span.start) ? undefined : resolve(slug.toLowerCase());
      return id === undefined ? [] : [{ start, end, choice: { kind: "slug" as const, id }, strength: 3 as const }];
    }),
  );
}
