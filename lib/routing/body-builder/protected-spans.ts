import type { Span } from "./scan-words";

/** Code, and text in quotes of any kind. A single quote opens only before a word and closes only after one. */
const PROTECTED =
  /```[\s\S]*?(?:```|$)|`[^`\n]+`|"[^"]+"|“[^”]+”|„[^“”"]+[“”"]|«[^»]+»|(?<![\p{L}\p{N}])'(?=\S)[^'\n]*(?:(?<=\p{L})'(?=\p{L})[^'\n]*)*(?<=\S)'(?![\p{L}\p{N}])/gu;

/** What is the user's own text for certain, and stays exactly as it is. */
export function findProtectedSpans(text: string): Span[] {
  return [...text.matchAll(PROTECTED)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}
