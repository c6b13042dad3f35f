/** Counts the tokens of a text. */
export type CountText = (text: string) => number | Promise<number>;

/** Which part of a text goes. */
export type Cut = "start" | "middle" | "end";

/** Stands where something was left out. */
export const GAP = "\n[…]\n";
const MAX_TRIES = 8;

/**
 * The text with as much cut away as needed to have at most `limitTokens`, and a mark in that place; as it is when it
 * fits, empty when not even the mark does.
 */
export async function shortenText(text: string, limitTokens: number, cut: Cut, count: CountText): Promise<string> {
  let tokens = await count(text);
  if (tokens <= limitTokens) return text;
  let keptChars = text.length;
  for (let attempt = 0; attempt < MAX_TRIES && limitTokens > 0; attempt += 1) {
    // A little less than the proportion, so that a try or two do; more of it each time.
    keptChars = Math.floor(((keptChars * limitTokens) / tokens) * (0.98 - 0.06 * attempt)) - GAP.length;
    if (keptChars <= 0) return "";
    const shorter = cutText(text, keptChars, cut);
    tokens = await count(shorter);
    if (tokens <= limitTokens) return shorter;
  }
  return "";
}

function cutText(text: string, keptChars: number, cut: Cut): string {
  switch (cut) {
    case "start":
      return GAP + fromEnd(text, keptChars);
    case "middle":
      return fromStart(text, Math.ceil(keptChars / 2)) + GAP + fromEnd(text, Math.floor(keptChars / 2));
    case "end":
      return fromStart(text, keptChars) + GAP;
  }
}

/** No half of a surrogate pair is left: it is no text that a provider takes. */
function fromStart(text: string, chars: number): string {
  const isSplit = /[\uD800-\uDBFF]/.test(text.charAt(chars - 1));
  return text.slice(0, isSplit ? chars - 1 : chars);
}

function fromEnd(text: string, chars: number): string {
  const start = text.length - chars;
  const isSplit = /[\uDC00-\uDFFF]/.test(text.charAt(start));
  return text.slice(isSplit ? start + 1 : start);
}
