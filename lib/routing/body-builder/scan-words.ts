/** One word of the text. */
export type Word = {
  /** As it is written. */
  text: string;
  /** In lower case, without a possessive ending. */
  lower: string;
  possessive: boolean;
  start: number;
  end: number;
};

export type Span = { start: number; end: number };

// A dot belongs to a word before a digit (gpt-5.1), and in two companies' names. Chinese has no blanks around names.
const WORD =
  /(?:(?!\p{Script=Han})[\p{L}\p{N}])+(?:\.(?:\p{N}+[a-z]*|ai\b))*(?:['’](?!\p{Script=Han})\p{L}+)*\+?|\p{Script=Han}+/giu;

/** The words of a text that lie in `zones`, in order; nothing of what is in `skipped`. */
export function scanWords(text: string, zones: readonly Span[], skipped: readonly Span[]): Word[] {
  const words: Word[] = [];
  for (const zone of zones) {
    for (const match of text.slice(zone.start, zone.end).matchAll(WORD)) {
      const start = zone.start + match.index;
      const end = start + match[0].length;
      if (skipped.some((span) => start < span.end && end > span.start)) continue;
      const bare = match[0].replace(/['’]s?$/iu, "");
      words.push({
        text: match[0],
        lower: bare.toLowerCase().replaceAll(/\.(?=ai$)/g, ""),
        possessive: bare !== match[0],
        start,
        end,
      });
    }
  }
  return words;
}
