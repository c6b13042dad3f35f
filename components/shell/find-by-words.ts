/**
 * Entries that hold every word of `query` somewhere in their texts, whatever stands between words there: those that hold
 * the query as it was typed come first. Without a word, all of them as they are.
 */
export function findByWords<Entry>(
  entries: readonly Entry[],
  query: string,
  textsOf: (entry: Entry) => readonly string[],
): Entry[] {
  const wanted = plain(query).trim();
  const words = wanted.split(" ").filter((word) => word !== "");
  return entries
    .map((entry) => ({ entry, texts: textsOf(entry).map(plain) }))
    .filter(({ texts }) => words.every((word) => texts.some((text) => text.includes(word))))
    .sort((a, b) => rankOf(a.texts, wanted) - rankOf(b.texts, wanted))
    .map(({ entry }) => entry);
}

/** Sorting is stable, so entries of one rank stay in their order. */
function rankOf(texts: readonly string[], wanted: string): number {
  if (texts.some((text) => text.startsWith(wanted))) return 0;
  return texts.some((text) => text.includes(wanted)) ? 1 : 2;
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, " ");
}
