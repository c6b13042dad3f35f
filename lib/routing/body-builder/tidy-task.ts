/** Puts what is left of a sentence together again where something was taken out of it. */
export function joinAtSeam(left: string, right: string): string {
  const before = left.replace(/[ \t]+$/, "");
  const after = right.replace(/^[ \t]+/, "");
  if (before.endsWith("(") && after.startsWith(")")) return joinAtSeam(before.slice(0, -1), after.slice(1));
  if (before === "" || after === "" || /\s$/.test(before) || /^[\s.,;:!?)\]]/.test(after)) return before + after;
  return `${before} ${after}`;
}

/**
 * Trims what the removal left hanging: separators at either end, a lone "and". The first letter is a capital again where
 * the sentence had one.
 */
export function tidyTask(task: string, hadCapital: boolean): string {
  const trimmed = task
    .replace(/^(?:[\s,;:.–—)\]-]|(?:and|then|to|und|et|y)\s)+/iu, "")
    .replace(/[\s,;:–—([-]+$/u, "")
    .replace(/,\s*(?=[.!?]$)/, "")
    .replace(/\s+(?:and|then|und|et|y)\s*([.!?]?)$/iu, "$1");
  if (!hadCapital) return trimmed;
  return trimmed.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
