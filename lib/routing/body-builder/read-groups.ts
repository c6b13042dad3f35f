import {
  countOf,
  type GroupDraft,
  newGroupDraft,
  RELATIVE,
  takeCategory,
  takeMention,
  takeOrder,
  takeWord,
} from "./group-draft";
import {
  CATEGORIES,
  CATEGORY_NOUNS,
  FILLERS,
  GERMAN_COMPOUND,
  NEEDS,
  NOUN,
  ORDERS,
  PLURAL_NOUN,
  SPREAD_WORDS,
} from "./phrase-words";
import type { Word } from "./scan-words";
import type { Mention } from "./types";

/** Between words of one phrase. */
const SAME_PHRASE = /^[ \t\u00a0'’-]*$/;
const LISTED = /^[ \t\u00a0]*(?:[,/&+][ \t\u00a0]*)?$/;
const ROMANCE_NOUN = /^(?:mod[èe]les?|modelos?|modell[io])$/;
const AND = new Set("and or und oder et ou y e o".split(" "));
const FROM = new Set("from by of von de di da do at bei".split(" "));
const FOR = new Set("for in at on with zum zur für pour para de en di per".split(" "));
/** What may come after the use that models are meant for, and shows that it is one: "for coding, …". */
const AFTER_CATEGORY = /^\s*(?:$|[.,;:!?)\]\n–—-]|(?:to|and|um|pour|para|each|both|please)\b)/;

type Phrase = { draft: GroupDraft; first: number; last: number };

type Context = {
  text: string;
  words: readonly Word[];
  /** Names and companies, by the index of their first and of their last word. */
  byFirst: ReadonlyMap<number, Mention & { last: number }>;
  byLast: ReadonlyMap<number, Mention & { first: number }>;
};

/**
 * Phrases that describe models: around the word "models" ("the top 5 coding models from OpenAI and Google"), or without
 * it ("Anthropic's best", "the cheapest Claude").
 */
export function readGroups(text: string, words: readonly Word[], named: readonly Mention[]): Mention[] {
  const context = contextOf(text, words, named);
  const phrases: Phrase[] = [];
  for (const [at, word] of words.entries()) {
    const before = phrases.at(-1);
    if (before !== undefined && at <= before.last) continue;
    const phrase = isNoun(word.lower) ? aroundNoun(context, at, (before?.last ?? -1) + 1) : withoutNoun(context, at);
    if (phrase !== undefined) phrases.push(phrase);
  }
  return phrases.flatMap(({ draft: { telling: _, ...choice }, first, last }) => {
    const [start, end] = [words[first]?.start, words[last]?.end];
    return start === undefined || end === undefined ? [] : [{ start, end, choice, strength: 3 as const }];
  });
}

function contextOf(text: string, words: readonly Word[], named: readonly Mention[]): Context {
  const byFirst = new Map<number, Mention & { last: number }>();
  const byLast = new Map<number, Mention & { first: number }>();
  for (const mention of named) {
    const first = words.findIndex(({ start }) => start === mention.start);
    const last = words.findIndex(({ start, end }) => start < mention.end && end >= mention.end);
    if (first === -1 || last === -1) continue;
    byFirst.set(first, { ...mention, last });
    byLast.set(last, { ...mention, first });
  }
  return { text, words, byFirst, byLast };
}

function isNoun(word: string): boolean {
  return NOUN.test(word) || CATEGORIES.has(GERMAN_COMPOUND.exec(word)?.[1] ?? "");
}

function aroundNoun(context: Context, noun: number, from: number): Phrase | undefined {
  const { words } = context;
  const word = words[noun]?.lower ?? "";
  const draft = newGroupDraft();
  const compound = CATEGORIES.get(GERMAN_COMPOUND.exec(word)?.[1] ?? "");
  if (compound !== undefined) takeCategory(draft, compound);
  const first = readBefore(context, draft, noun, from);
  const last = readAfter(context, draft, noun);
  draft.families.reverse();
  const isPlural = PLURAL_NOUN.test(word);
  // "All models" and "three models" say enough, but "each model" speaks of those that were named before.
  if (!draft.telling && !(draft.count === "all" && isPlural)) return undefined;
  if (draft.count === undefined && !isPlural) draft.count = 1;
  return { draft, first, last };
}

/** Takes what stands before the word "models", back to the first word that is no part of the phrase. */
function readBefore(context: Context, draft: GroupDraft, noun: number, from: number): number {
  const { text, words, byLast } = context;
  let first = noun;
  let listed = false;
  for (let at = noun - 1; at >= from; ) {
    const [word, next] = [words[at], words[first]];
    if (word === undefined || next === undefined) break;
    const gap = text.slice(word.end, next.start);
    const name = byLast.get(at);
    if (!SAME_PHRASE.test(gap) && !(listed && name !== undefined && LISTED.test(gap))) break;
    if (name !== undefined) {
      takeMention(draft, name);
      first = name.first;
      listed = true;
    } else if (listed && AND.has(word.lower) && byLast.has(at - 1)) {
      const other = byLast.get(at - 1);
      if (other === undefined) break;
      takeMention(draft, other);
      first = other.first;
    } else if (takeWord(draft, word.lower)) {
      first = at;
    } else break;
    at = first - 1;
  }
  return first;
}

/** Takes what stands behind the word "models": whose they are, what for, and adjectives where a language puts them there. */
function readAfter(context: Context, draft: GroupDraft, noun: number): number {
  const { text, words, byFirst } = context;
  let last = noun;
  for (;;) {
    const [here, next] = [words[last], words[last + 1]];
    if (here === undefined || next === undefined || !SAME_PHRASE.test(text.slice(here.end, next.start))) return last;
    // "One model each from …"
    if (next.lower === "each" && FROM.has(words[last + 2]?.lower ?? "")) {
      last += 1;
      continue;
    }
    // "Tous les modèles Claude": here the name comes behind.
    const name = ROMANCE_NOUN.test(here.lower) ? byFirst.get(last + 1) : undefined;
    if (name !== undefined && draft.families.length + draft.authors.length === 0) {
      takeMention(draft, name);
      last = name.last;
      continue;
    }
    const authors = FROM.has(next.lower) ? readAuthors(context, draft, last + 2) : undefined;
    const use = authors === undefined && FOR.has(next.lower) ? readUse(context, draft, last + 2) : undefined;
    const end = authors ?? use ?? (isTrailingWord(next.lower) && takeWord(draft, next.lower) ? last + 1 : undefined);
    if (end === undefined) return last;
    last = end;
  }
}

function isTrailingWord(word: string): boolean {
  if (word === "each" || word === "all") return false;
  return RELATIVE.has(word) || SPREAD_WORDS.has(word) || isAdjective(word);
}

function isAdjective(word: string): boolean {
  return /^(?:le|la|les|moins|más|mais|plus|più)$/.test(word) || ORDERS.has(word) || NEEDS.has(word);
}

/** "OpenAI, Anthropic and Google": the index of the last word of it. */
function readAuthors({ text, words, byFirst }: Context, draft: GroupDraft, from: number): number | undefined {
  let last: number | undefined;
  for (let at = from; at < words.length; at += 1) {
    const [word, previous] = [words[at], words[at - 1]];
    if (word === undefined || previous === undefined || !LISTED.test(text.slice(previous.end, word.start))) break;
    const name = byFirst.get(at);
    if (name !== undefined) {
      // "From Mistral": the company, although a family is called so too.
      const { choice } = name;
      if (choice.kind === "name") draft.authors.push(choice.id.slice(0, choice.id.indexOf("/")));
      else takeMention(draft, name);
      draft.telling = true;
      if (last !== undefined) draft.spread = true;
      at = name.last;
      last = at;
    } else if (
      SPREAD_WORDS.has(word.lower) ||
      /^(?:companies|providers|labs|vendors|authors|families)$/.test(word.lower)
    ) {
      draft.spread = true;
      draft.telling = true;
      last = at;
    } else if (!AND.has(word.lower) && !/^(?:each|all|both|either|of|the|from|by|as)$/.test(word.lower)) break;
  }
  return last;
}

/** "coding", "legal questions": the index of the last word of it, if a use and nothing more stands there. */
function readUse({ text, words }: Context, draft: GroupDraft, from: number): number | undefined {
  let at = from;
  let category: string | undefined;
  for (; at < words.length; at += 1) {
    const word = words[at]?.lower ?? "";
    const found = CATEGORIES.get(word);
    if (found === undefined && !CATEGORY_NOUNS.has(word) && !(category === undefined && FILLERS.has(word))) break;
    category ??= found;
  }
  const last = words[at - 1];
  if (category === undefined || last === undefined || !AFTER_CATEGORY.test(text.slice(last.end, last.end + 40)))
    return undefined;
  takeCategory(draft, category);
  return at - 1;
}

/** "Anthropic's best", "OpenAI's latest", "the cheapest Claude", "the top 5 for coding". */
function withoutNoun(context: Context, at: number): Phrase | undefined {
  const { words, text, byFirst } = context;
  const word = words[at];
  const next = words[at + 1];
  if (word === undefined || next === undefined || !SAME_PHRASE.test(text.slice(word.end, next.start))) return undefined;
  const draft = newGroupDraft();
  const company = byFirst.get(at);
  if (company?.choice.kind === "author" && word.possessive && takeOrder(draft, next.lower)) {
    if (isNoun(words[at + 2]?.lower ?? "")) return undefined;
    takeMention(draft, company);
    draft.count = 1;
    return { draft, first: at, last: at + 1 };
  }
  if (!takeOrder(draft, word.lower)) return undefined;
  const name = byFirst.get(at + 1);
  const end = name === undefined ? undefined : words[name.last + 1];
  if (name !== undefined && !(end !== undefined && isNoun(end.lower))) {
    takeMention(draft, name);
    draft.count = 1;
    return { draft, first: backOverFillers(context, at), last: name.last };
  }
  return topOf(context, draft, at);
}

/** "the top 5 for coding", "the 3 best from OpenAI". */
function topOf(context: Context, draft: GroupDraft, at: number): Phrase | undefined {
  const { words } = context;
  const [before, next] = [countOf(words[at - 1]?.lower), countOf(words[at + 1]?.lower)];
  draft.count = next ?? before ?? 1;
  const last = next === undefined ? at : at + 1;
  const word = words[last + 1]?.lower ?? "";
  const end =
    (FROM.has(word) ? readAuthors(context, draft, last + 2) : undefined) ??
    (FOR.has(word) ? readUse(context, draft, last + 2) : undefined);
  if (end === undefined) return undefined;
  return { draft, first: backOverFillers(context, before === undefined ? at : at - 1), last: end };
}

function backOverFillers({ words }: Context, at: number): number {
  return FILLERS.has(words[at - 1]?.lower ?? "") ? at - 1 : at;
}
