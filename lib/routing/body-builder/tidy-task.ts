/** Puts what is left of a sentence together again where something was taken out of it. */
export function joinAtSeam(left: string, right: string): string {
  const before = left.replace(/[ \t]+$/, "");
  const after = right.replace(/^[ \t]+/, "");
  if (before.endsWith("(") && after.startsWith(")")) return joinAtSeam(before.slice(0, -1), after.slice(1));
  if (before === "" || after === "" || /\s$/.test(before) || /^[\s.,;:!?)\]]/.test(after)) return before + after;
  return `${before} ${after}`;
}

/** "Create requests to …": what is asked for is in what follows. */
const REQUESTS_TO =
  /^\s*(?:please\s+)?(?:create|generate|build|make|prepare|produce|give me|write)\s+(?:(?:the|some|parallel|separate|multiple|api|openrouter|\d+)\s+)*(?:requests?|request bodies|api calls)\s*(?::|(?:to|that|which)\s)\s*/i;
const LABEL = /^[\s.,;:–—-]*(?:prompt|task|question|message|request|aufgabe|frage|tâche|tarea|pregunta)\s*:\s*/i;

/**
 * Trims what the removal left hanging: separators at either end, a lone "and". The first letter is a capital again where
 * the sentence had one.
 */
export function tidyTask(task: string, hadCapital: boolean): string {
  const trimmed = task
    .replace(REQUESTS_TO, "")
    .replace(LABEL, "")
    .replace(/^(?:[\s,;:.–—)\]-]|(?:and|then|to|und|et|y)\s)+/iu, "")
    .replace(/[\s,;:–—([-]+$/u, "")
    .replace(/,\s*(?=[.!?]$)/, "")
    .replace(/\s+(?:and|then|und|et|y)\s*([.!?]?)$/iu, "$1");
  if (!hadCapital) return trimmed;
  return trimmed.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
