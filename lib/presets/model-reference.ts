const MARK = "@preset/";

/** The two parts of a model string such as `openai/gpt-4@preset/slug`, of which at least one is there. */
export type ModelReference = { model: string | undefined; preset: string | undefined };

/** Takes a model string apart: `author/name`, `@preset/slug`, or both in one. */
export function parseModelReference(text: string): ModelReference {
  const mark = text.indexOf(MARK);
  if (mark === -1) return { model: text, preset: undefined };
  return { model: mark === 0 ? undefined : text.slice(0, mark), preset: text.slice(mark + MARK.length) };
}
