import type { Turn } from "@/lib/schemas/chatroom";
import { textOf } from "./answer-totals";

/** What was said in a turn, as a search sees it. */
export type SaidTurn = {
  turnId: string;
  roomId: string;
  createdMs: number;
  /** The question first, then each answer; the names of its files stand with the question. */
  parts: readonly { answerId: string | null; text: string; folded: string }[];
};

/** A piece of what was said; `isHit` where it is one of the words that were looked for. */
export type Excerpt = readonly { text: string; isHit: boolean }[];

export type Found = { turnId: string; answerId: string | null; excerpt: Excerpt };

const BEFORE_CHARS = 24;
const EXCERPT_CHARS = 110;

/** The words of a query, as they are looked for. */
export function wordsOf(query: string): string[] {
  return [...new Set(query.toLowerCase().split(/\s+/).filter(Boolean))];
}

export function saidIn(turn: Turn): SaidTurn {
  const question = [turn.text, ...turn.attachments.map(({ name }) => name)].filter((text) => text !== "").join(" · ");
  const parts = [
    { answerId: null, text: question },
    ...turn.answers.map((answer) => ({ answerId: answer.id, text: textOf(answer) })),
  ];
  return {
    turnId: turn.id,
    roomId: turn.roomId,
    createdMs: turn.createdMs,
    parts: parts
      .filter(({ text }) => text !== "")
      .map((part) => ({ ...part, text: plain(part.text) }))
      .map((part) => ({ ...part, folded: part.text.toLowerCase() })),
  };
}

/** Bold letters read better without their stars, here as in the answer; everything else stands as it was written. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/(?<![\w*])\*\*(?=\S)(.+?)(?<=\S)\*\*(?![\w*])/g, "$1");
}

/** Where every word occurs in what was said, question and answers taken together; `undefined` when one does not. */
export function findWords(said: SaidTurn, words: readonly string[]): Found | undefined {
  if (!words.every((word) => said.parts.some(({ folded }) => folded.includes(word)))) return undefined;
  const counted = said.parts.map((part) => ({
    part,
    count: words.filter((word) => part.folded.includes(word)).length,
  }));
  const [best] = counted.toSorted((one, other) => other.count - one.count);
  if (best === undefined) return undefined;
  return { turnId: said.turnId, answerId: best.part.answerId, excerpt: excerptOf(best.part, words) };
}

function excerptOf({ text, folded }: SaidTurn["parts"][number], words: readonly string[]): Excerpt {
  // A few letters change their length when they are made small; the places in the text would be wrong ones.
  const searched = folded.length === text.length ? folded : text;
  const together = searched.indexOf(words.join(" "));
  const first =
    together >= 0 ? together : Math.min(...words.map((word) => searched.indexOf(word)).filter((at) => at >= 0));
  if (!Number.isFinite(first)) return [{ text: text.slice(0, EXCERPT_CHARS), isHit: false }];
  const start = wordStart(text, first);
  const end = Math.min(text.length, start + EXCERPT_CHARS);
  const pieces: { text: string; isHit: boolean }[] = [];
  const add = (from: number, to: number, isHit: boolean) => {
    if (to > from) pieces.push({ text: text.slice(from, to), isHit });
  };
  if (start > 0) pieces.push({ text: "… ", isHit: false });
  let at = start;
  while (at < end) {
    const hits = words.flatMap((word) => {
      const from = searched.indexOf(word, at);
      return from < 0 || from >= end ? [] : [{ from, to: from + word.length }];
    });
    // Of those that begin together the longest.
    const [next] = hits.toSorted((one, other) => one.from - other.from || other.to - one.to);
    add(at, next?.from ?? end, false);
    if (next === undefined) break;
    add(next.from, next.to, true);
    at = next.to;
  }
  if (at < text.length && end < text.length) pieces.push({ text: "…", isHit: false });
  return pieces;
}

/** Some words before a hit, and no half one. */
function wordStart(text: string, at: number): number {
  if (at <= BEFORE_CHARS) return 0;
  const space = text.indexOf(" ", at - BEFORE_CHARS);
  return space < 0 || space >= at ? at : space + 1;
}
