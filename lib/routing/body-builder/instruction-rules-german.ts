import {
  B,
  END,
  FOLLOW,
  type InstructionRule,
  PUNCTUATION,
  PURPOSE,
  instructionRule as rule,
  START,
} from "./rule-parts";

export const GERMAN_RULES: readonly InstructionRule[] = [
  rule(
    1,
    `${START}(?:frage?|fragen sie|lass(?:e|t)?|lassen sie|bitte)\\s+(?:bitte\\s+)?`,
    `(?:\\s+(?:jeweils|beide|alle))?(?:\\s*,\\s*|\\s*:\\s*|\\s+nach\\s+|\\s+(?=\\S)|${END})`,
    "$1",
  ),
  rule(
    1,
    `${START}vergleiche(?:n sie)?\\s+`,
    `(?:\\s+(?:bei|beim|in|im|zu|zum|anhand|hinsichtlich|bezüglich)\\s+(?:(?:der|dem|den|des)\\s+)?|${PUNCTUATION}|${END})`,
    "$1",
  ),
  rule(
    1,
    `${START}(?:verwende[nt]?|nutze[nt]?|benutze[nt]?|nimm|mithilfe von|mittels)\\s+(?:sie\\s+)?`,
    `(?:\\s*,?\\s*um\\s+|\\s+(?:und|für|zum)\\s+|${PUNCTUATION}|${END})`,
    "$1",
  ),
  rule(2, `${START}mit\\s+`, `(?:\\s*,?\\s*um\\s+|${PUNCTUATION}|\\s+(?=\\p{Ll}+e\\s))`, "$1"),
  rule(1, `[\\s,(]*${B}(?:mithilfe von|mit hilfe von|mittels|unter verwendung von|via|per)\\s+`, `${PURPOSE}${FOLLOW}`),
  rule(2, `[\\s,(]*${B}(?:mit|durch|von)\\s+`, `${PURPOSE}${FOLLOW}`),
  // "Erkläre das mit Claude und Gemini, um …" has its verb at the end: what follows a list may be one.
  rule(2, `[\\s,(]*${B}mit\\s+`, `(?=\\s+\\p{Ll}+(?:en|ern|eln)(?:[.!?]|\\s*$))`),
];
