/** What a request's text offers for filling in names, numbers and sentences. */
export type Hints = {
  text: string;
  /** Quoted phrases first, then capitalised names, then what follows a preposition; in order of appearance. */
  names: readonly string[];
  numbers: readonly number[];
  /** `YYYY-MM-DD` as written. */
  dates: readonly string[];
  /** The words that carry meaning, as first written, without repeats. */
  topics: readonly string[];
};

const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again all also an and any are as ask asked at be been but by call can could did do does each exactly for from
   get give had has have hello help here hey hi how i if in into is it its just know let like make may me more most must
   my need no not now of on one only or other our out over please reply return say see send shall she should show so
   some such tell than thank thanks that the their them then there these they this to too two up use using very want was
   we were what when where which who why will with word words would write yes you your`.split(/\s+/),
);

/** Shortens `text` to one line of at most `maxChars` characters, cut between words and marked with an ellipsis. */
export function condense(text: string, maxChars: number): string {
  // Only the beginning can survive, so a book is not folded to keep a sentence.
  const line = text
    .slice(0, maxChars * 4)
    .replace(/\s+/g, " ")
    .trim();
  if (line.length <= maxChars) return line;
  const cut = line.slice(0, maxChars - 1);
  const lastSpace = cut.lastIndexOf(" ");
  return `${(lastSpace > maxChars / 2 ? cut.slice(0, lastSpace) : cut).replace(/[\s,.;:]+$/, "")}…`;
}

/** Finds the names, numbers, dates and topics of a request in its first 4,000 characters. */
export function readHints(text: string): Hints {
  const head = text.slice(0, 4000);
  const topics = new Map<string, string>();
  for (const word of head.match(/\p{L}[\p{L}\p{N}'-]*/gu) ?? []) {
    const lower = word.toLowerCase();
    if (word.length > 2 && !isNoName(word) && !topics.has(lower)) topics.set(lower, word);
  }
  return {
    text: head,
    names: readNames(head),
    numbers: (head.match(/(?<![\w.-])-?\d+(?:\.\d+)?(?![\w-])/g) ?? []).map(Number),
    dates: head.match(/\b\d{4}-\d{2}-\d{2}\b/g) ?? [],
    topics: [...topics.values()],
  };
}

/** What a sentence that gives an order begins with; such a word is not a name although it is capitalised. */
const ORDERS: ReadonlySet<string> = new Set(
  `add book calculate check compare compute convert create describe draw explain extract fetch find generate list look
   lookup open order paint plan play schedule search set start summarise summarize translate turn update`.split(/\s+/),
);

function readNames(text: string): string[] {
  const quoted = [...text.matchAll(/["“«]([^"”»\n]{1,80})["”»]/g)].map((match) => match[1] ?? "");
  const certain: string[] = [];
  const doubtful: string[] = [];
  for (const match of text.matchAll(/\p{Lu}[\p{L}\p{N}'-]*(?: \p{Lu}[\p{L}\p{N}'-]*)*/gu)) {
    const words = match[0].split(" ");
    const length = words.length;
    while (words[0] !== undefined && isNoName(words[0])) words.shift();
    if (words.length === 0) continue;
    // Every sentence begins with a capital, so a single one there says little.
    const isDoubtful = length === 1 && isSentenceStart(text, match.index);
    (isDoubtful ? doubtful : certain).push(words.join(" "));
  }
  const placed = [...text.matchAll(/\b(?:in|at|near|from|to|for|about|of)\s+(\p{Ll}[\p{L}-]+)/gu)]
    .map((match) => match[1] ?? "")
    .filter((word) => !isNoName(word));
  const names = [...quoted, ...certain, ...(certain.length === 0 ? placed : []), ...doubtful];
  return [...new Set(names.map((name) => name.trim()))];
}

function isNoName(word: string): boolean {
  const lower = word.toLowerCase();
  return STOP_WORDS.has(lower) || ORDERS.has(lower);
}

function isSentenceStart(text: string, index: number): boolean {
  return /(?:^|[.!?:\n])\s*$/.test(text.slice(Math.max(0, index - 4), index));
}
