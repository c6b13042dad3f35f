import { splitTokens } from "@/lib/sandbox/tokens";

export type Piece = { text: string; tokens: readonly string[] };

/** Cuts `text` into pieces of one to four tokens, as providers batch what they stream; always the same for one `random`. */
export function* streamPieces(text: string, random: () => number): Generator<Piece> {
  const tokens = splitTokens(text);
  for (let index = 0; index < tokens.length; ) {
    const count = 1 + Math.floor(random() * 4);
    const piece = tokens.slice(index, index + count);
    index += count;
    yield { text: piece.join(""), tokens: piece };
  }
}
