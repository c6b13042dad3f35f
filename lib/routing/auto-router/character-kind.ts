// What a character is to the scan of a prompt.
export const BREAK = 0;
export const LOWER = 1;
export const UPPER = 2;
export const DIGIT = 3;
/** Of a script that is written without blanks between words: every character is a word of its own. */
export const UNSPACED = 4;
export const OTHER_LETTER = 5;

const ASCII = new Uint8Array(128);
for (let code = 97; code <= 122; code += 1) ASCII[code] = LOWER;
for (let code = 65; code <= 90; code += 1) ASCII[code] = UPPER;
for (let code = 48; code <= 57; code += 1) ASCII[code] = DIGIT;

/** Sorts a UTF-16 unit into one of the kinds above. Letters of most scripts count as such; marks and blanks do not. */
export function kindOf(code: number): number {
  if (code < 128) return ASCII[code] ?? BREAK;
  if (code < 0xc0 || code === 0xd7 || code === 0xf7) return BREAK;
  if (code < 0x2000) return OTHER_LETTER;
  // From kana to Hangul. Surrogates (emoji, rare Han) tell nothing.
  return code >= 0x3040 && code < 0xd7b0 ? UNSPACED : BREAK;
}

export function isMathSymbol(code: number): boolean {
  return (code >= 0x2200 && code <= 0x22ff) || code === 0xd7 || code === 0xf7 || code === 0xb0 || code === 0xb1;
}

/** Small letters of the scripts that have two cases, without the exceptions of any language. */
export function lowerCaseOf(code: number): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  const isCapital =
    (code >= 0xc0 && code <= 0xde) || (code >= 0x391 && code <= 0x3a9) || (code >= 0x410 && code <= 0x42f);
  return isCapital ? code + 32 : code;
}
