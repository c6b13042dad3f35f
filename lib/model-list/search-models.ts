import type { ListedModel } from "@/lib/schemas/listed-model";
import { isSlipOf } from "./is-slip-of";

type Searched = Pick<ListedModel, "id" | "name">;
type Texts = { id: string; name: string; words: readonly string[]; squashed: string };

/**
 * Looks for every word of `query` in the ids and names of models (the author is a part of both), and says how well each
 * of those fits in which all of them occur. `undefined` when there is nothing to look for.
 *
 * A word may leave out what stands between letters and figures (`gpt4o`). Only a word that occurs nowhere at all is
 * taken for a slip of the pen (`antropic`), or for the beginnings of several (`cls` for `claude … sonnet`).
 */
export function searchModels(models: readonly Searched[], query: string): ReadonlyMap<string, number> | undefined {
  const words = query
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => squash(word) !== "");
  if (words.length === 0) return undefined;

  const texts = models.map(textsOf);
  const scores = words.map((word) => {
    const plain = texts.map((text) => scoreOf(text, word));
    if (plain.some((score) => score > 0)) return plain;
    const slips = texts.map((text) => (text.words.some((other) => isSlipOf(squash(word), other)) ? 2 : 0));
    return slips.some((score) => score > 0) ? slips : texts.map((text) => (isOutlineOf(word, text) ? 1 : 0));
  });

  const found = new Map<string, number>();
  texts.forEach((text, index) => {
    const parts = scores.map((score) => score[index] ?? 0);
    if (parts.some((part) => part === 0)) return;
    found.set(
      text.id,
      parts.reduce((sum, part) => sum + part, wholeScoreOf(text, words)),
    );
  });
  return found;
}

/** `sonnet 4` means Sonnet 4 before Sonnet 4.5, though each word occurs in both. */
function wholeScoreOf({ id, name }: Texts, words: readonly string[]): number {
  const whole = squash(words.join(""));
  const names = [id, id.slice(id.indexOf("/") + 1), name, name.slice(name.indexOf(":") + 1)].map(squash);
  if (names.includes(whole)) return 20;
  return names.some((other) => other.endsWith(whole)) ? 10 : 0;
}

function textsOf({ id, name }: Searched): Texts {
  const text = `${id} ${name}`.toLowerCase();
  return { id, name: name.toLowerCase(), words: text.split(/[^a-z0-9]+/).filter(Boolean), squashed: squash(text) };
}

function scoreOf({ id, name, words, squashed }: Texts, word: string): number {
  if (id === word) return 40;
  const slug = id.slice(id.indexOf("/") + 1);
  if (slug === word || name === word) return 30;
  if (slug.startsWith(word)) return 16;
  if (words.includes(word)) return 12;
  if (words.some((other) => other.startsWith(word))) return 8;
  if (id.includes(word) || name.includes(word)) return 6;
  return squashed.includes(squash(word)) ? 4 : 0;
}

/** Whether the letters of `word` come one after the other in the name or in the id, the first at the start of a word. */
function isOutlineOf(word: string, { words }: Texts): boolean {
  const letters = squash(word);
  if (letters.length < 3) return false;
  return words.some((_, start) => {
    let next = 0;
    for (const [index, other] of words.slice(start).entries()) {
      for (const [place, letter] of [...other].entries()) {
        if (index === 0 && place === 0 && letter !== letters[0]) return false;
        if (letter === letters[next]) next += 1;
      }
      if (next >= letters.length) return true;
    }
    return false;
  });
}

function squash(text: string): string {
  return text.replace(/[^a-z0-9]/g, "");
}
