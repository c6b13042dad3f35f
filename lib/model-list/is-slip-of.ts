/**
 * Whether `typed` is `word`, or its beginning, with a slip or two: a letter too many, too few, wrong, or in the wrong
 * place. Short words are taken as they are, since everything would be a slip of them.
 */
export function isSlipOf(typed: string, word: string): boolean {
  const slips = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
  // A slip in the very first letter is rare, and ruling it out keeps `llama` from being a slip of `alama`.
  if (slips === 0 || typed[0] !== word[0] || word.length < typed.length - slips) return false;
  for (let end = Math.max(1, typed.length - slips); end <= Math.min(word.length, typed.length + slips); end += 1) {
    if (distanceOf(typed, word.slice(0, end)) <= slips) return true;
  }
  return false;
}

/** Edits between two words, where swapping two neighbours is one (optimal string alignment). */
function distanceOf(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
