const MAX_WORD_CHARS = 12;
const MAX_NUMBER_CHARS = 3;
const MAX_SYMBOL_RUN_CHARS = 4;

type CharKind = "space" | "letter" | "digit" | "symbol" | "ideograph";

function kindOf(code: number): CharKind {
  if (code === 32 || (code >= 9 && code <= 13)) return "space";
  if (code >= 48 && code <= 57) return "digit";
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 0xc0 && code < 0x2000)) return "letter";
  return code >= 0x2e80 ? "ideograph" : "symbol";
}

/**
 * The end (exclusive) of the sandbox's token that starts at `start`. Tokens are made the way byte-pair vocabularies
 * tend to cut: a word with its leading space, up to three digits, a run of one symbol, one ideograph. Never splits a
 * surrogate pair. Real vocabularies were left out on purpose: loading one costs more than this whole server.
 */
export function tokenEnd(text: string, start: number): number {
  let index = start;
  if (text.charCodeAt(index) === 32 && index + 1 < text.length && kindOf(text.charCodeAt(index + 1)) !== "space") {
    index += 1;
  }
  const first = text.charCodeAt(index);
  const kind = kindOf(first);
  if (kind === "ideograph") {
    const isPair = first >= 0xd800 && first <= 0xdbff && index + 1 < text.length;
    return index + (isPair ? 2 : 1);
  }
  const limit =
    index + (kind === "letter" ? MAX_WORD_CHARS : kind === "digit" ? MAX_NUMBER_CHARS : MAX_SYMBOL_RUN_CHARS);
  let end = index + 1;
  while (end < text.length && end < limit) {
    const code = text.charCodeAt(end);
    if (kind === "symbol" ? code !== first : kindOf(code) !== kind) break;
    end += 1;
  }
  return end;
}

/** How many tokens the sandbox bills for `text`. */
export function countTokens(text: string): number {
  let tokens = 0;
  for (let index = 0; index < text.length; index = tokenEnd(text, index)) tokens += 1;
  return tokens;
}

/** The tokens of `text` in order; joined they are `text` again. */
export function splitTokens(text: string): string[] {
  const tokens: string[] = [];
  for (let index = 0; index < text.length; ) {
    const end = tokenEnd(text, index);
    tokens.push(text.slice(index, end));
    index = end;
  }
  return tokens;
}

/** The longest beginning of `text` that has at most `maxTokens` tokens. */
export function firstTokens(text: string, maxTokens: number): string {
  let index = 0;
  for (let tokens = 0; tokens < maxTokens && index < text.length; tokens += 1) index = tokenEnd(text, index);
  return text.slice(0, index);
}
