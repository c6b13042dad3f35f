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

/** French, then Spanish, Italian and Portuguese, which share most of these words. */
export const ROMANCE_RULES: readonly InstructionRule[] = [
  rule(
    1,
    `${START}(?:demande[zr]?|pose[zr]?(?: la question)?|fais|faites|laisse[zr]?)\\s+(?:à\\s+|a\\s+|aux?\\s+)?`,
    `(?:\\s*:\\s*|\\s*,\\s*|\\s+de\\s+|\\s+d['’]|\\s+(?=\\S)|${END})`,
    "$1",
  ),
  rule(1, `${START}compare[zr]?\\s+`, `(?:\\s+(?:sur|pour|en|dans|à|au)\\s+|${PUNCTUATION}|${END})`, "$1"),
  rule(
    1,
    `${START}(?:utilise[zr]?|emploie|employez|en utilisant|à l['’]aide de|au moyen de|grâce à)\\s+`,
    `(?:\\s+(?:pour|afin de|et)\\s+|${PUNCTUATION}|${END})`,
    "$1",
  ),
  rule(2, `${START}avec\\s+`, `(?:\\s+pour\\s+|${PUNCTUATION})`, "$1"),
  rule(
    1,
    `[\\s,(]*${B}(?:en utilisant|à l['’]aide de|au moyen de|grâce à|via)\\s+(?:des?\\s+)?`,
    `${PURPOSE}${FOLLOW}`,
  ),
  rule(2, `[\\s,(]*${B}(?:avec|par)\\s+`, `${PURPOSE}${FOLLOW}`),
  rule(
    1,
    `${START}(?:pide(?:le)?|pídele|pregunta(?:le)?|pregúntale|dile|haz que|deja que|chiedi|chiedete|pergunte|peça)\\s+(?:(?:a|ad|ao|à)\\s+)?`,
    `(?:\\s+(?:que|di|para)\\s+|\\s*:\\s*|\\s*,\\s*|\\s+(?=\\S)|${END})`,
    "$1",
  ),
  rule(
    1,
    `${START}compar[ae]r?\\s+`,
    `(?:\\s+(?:en|al|sobre|para|in|su|em)\\s+|\\s+(?=\\p{L}+[aei]ndo\\b)|${PUNCTUATION}|${END})`,
    "$1",
  ),
  rule(
    1,
    `${START}(?:usa|use|utiliza|utilice|emplea|usando|utilizando|mediante|utilizza|utilizzando|tramite)\\s+`,
    `(?:\\s+(?:para|per|y|e)\\s+|${PUNCTUATION}|${END})`,
    "$1",
  ),
  rule(2, `${START}(?:con|com)\\s+`, `(?:\\s+(?:para|per)\\s+|${PUNCTUATION})`, "$1"),
  rule(
    1,
    `[\\s,(]*${B}(?:usando|utilizando|mediante|a través de|por medio de|utilizzando|tramite|vía)\\s+`,
    `${PURPOSE}${FOLLOW}`,
  ),
  rule(2, `[\\s,(]*${B}(?:con|com)\\s+`, `${PURPOSE}${FOLLOW}`),
];
