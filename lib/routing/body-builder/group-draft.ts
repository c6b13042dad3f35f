import { ALL_WORDS, CATEGORIES, COUNTS, FILLERS, NEEDS, ORDERS, SPREAD_WORDS } from "./phrase-words";
import type { Mention, ModelGroup } from "./types";

/** More than this is no number of models. */
const MAX_COUNT = 64;
export const RELATIVE = new Set("that which are is ones".split(" "));

/** Filled in word by word. */
export type GroupDraft = { -readonly [Key in keyof ModelGroup]: ModelGroup[Key] } & {
  families: (readonly string[])[];
  authors: string[];
  needs: ModelGroup["needs"][number][];
  /** Whether anything of it says which models, or how many. */
  telling: boolean;
};

export function newGroupDraft(): GroupDraft {
  return {
    kind: "group",
    count: undefined,
    families: [],
    authors: [],
    category: undefined,
    order: undefined,
    spread: false,
    needs: [],
    telling: false,
  };
}

export function takeMention(draft: GroupDraft, { choice }: Mention): void {
  if (choice.kind === "author") draft.authors.push(choice.author);
  if (choice.kind === "name") draft.families.push(choice.pieces);
  draft.telling = true;
}

export function takeCategory(draft: GroupDraft, category: string): void {
  draft.category = category;
  draft.telling = true;
}

export function takeOrder(draft: GroupDraft, word: string): boolean {
  const order = ORDERS.get(word);
  if (order === undefined) return false;
  draft.order ??= order;
  draft.telling = true;
  return true;
}

/** Takes a word into the phrase; `false`: it is no part of one. */
export function takeWord(draft: GroupDraft, word: string): boolean {
  const count = countOf(word);
  const isArticle = /^(?:an?|eine?[mnr]?|une?|un[oa]|uma?)$/.test(word);
  if (count !== undefined) {
    // "a couple of", "a variety of": the article counts for nothing beside another number.
    if (!(isArticle && (draft.count !== undefined || draft.spread))) draft.count ??= count;
    if (!isArticle) draft.telling = true;
    if (["various", "several", "multiple", "varios", "mehrere", "plusieurs"].includes(word)) draft.spread = true;
    return true;
  }
  if (ALL_WORDS.has(word)) {
    draft.count ??= "all";
    return true;
  }
  if (SPREAD_WORDS.has(word)) {
    draft.spread = true;
    draft.telling = true;
    return true;
  }
  const need = NEEDS.get(word);
  if (need !== undefined) {
    if (!draft.needs.includes(need)) draft.needs.push(need);
    draft.telling = true;
    return true;
  }
  if (takeOrder(draft, word)) return true;
  const category = CATEGORIES.get(word);
  if (category !== undefined) {
    takeCategory(draft, category);
    return true;
  }
  return FILLERS.has(word) || RELATIVE.has(word);
}

export function countOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  const count = /^\d{1,2}$/.test(word) ? Number(word) : COUNTS.get(word);
  return count === undefined || count < 1 || count > MAX_COUNT ? undefined : count;
}
