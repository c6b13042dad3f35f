/** Answers to choose from that a prompt lists at its end, as "A. …", "(B) …" or "c) …". */
export type AnswerOptions = {
  count: number;
  meanChars: number;
  /** Share (0 to 1) of answers that are a number, a formula or nearly so. */
  numeric: number;
  /** Share of answers that give a verdict on several statements at once: "I and II only", "True, False", "none of these". */
  combined: number;
};

const NO_OPTIONS: AnswerOptions = { count: 0, meanChars: 0, numeric: 0, combined: 0 };

/** Options stand at the end, and are short. */
const TAIL_CHARS = 4_000;
const OPTION_LINE = /^\s*\(?([A-Ja-j])[).:]\s*(\S.*)?$/;
const INLINE_OPTION = /(?:^|\s)\(?([A-J])[).:]\s+/g;
const COMBINED =
  /\b(?:both|neither|none of|all of|either of)\b|^\s*(?:i{1,3}|iv|v|[0-9abc])\s*(?:,|and|&|only)|^(?:\W*(?:not )?(?:true|false|wrong|right|yes|no|valid|invalid|correct|incorrect)\W*){1,3}$/i;

/** Finds the answers that `text` offers; none of it is a keyword of some task, only the shape counts. */
export function optionsOf(text: string): AnswerOptions {
  const tail = text.length > TAIL_CHARS ? text.slice(-TAIL_CHARS) : text;
  const listed = optionLines(tail);
  const answers = listed.length >= 2 ? listed : inlineOptions(tail);
  if (answers.length < 2) return NO_OPTIONS;
  let chars = 0;
  let numeric = 0;
  let combined = 0;
  for (const answer of answers) {
    chars += answer.length;
    if (isNumeric(answer)) numeric += 1;
    if (COMBINED.test(answer)) combined += 1;
  }
  const count = answers.length;
  return { count, meanChars: chars / count, numeric: numeric / count, combined: combined / count };
}

function optionLines(tail: string): string[] {
  const answers: string[] = [];
  for (const line of tail.split("\n")) {
    if (line.length > 600) continue;
    const match = OPTION_LINE.exec(line);
    const letter = match?.[1]?.toUpperCase();
    if (letter === undefined) continue;
    // They follow one another from A on; anything else is a list or a name's initial.
    if (letter === "A") answers.length = 0;
    if (letter.charCodeAt(0) - 65 !== answers.length) continue;
    answers.push(match?.[2]?.trim() ?? "");
  }
  return answers;
}

function inlineOptions(tail: string): string[] {
  const starts: { letter: number; from: number; to: number }[] = [];
  for (const match of tail.matchAll(INLINE_OPTION)) {
    const letter = (match[1] ?? "A").charCodeAt(0) - 65;
    if (letter === 0) starts.length = 0;
    if (letter === starts.length) starts.push({ letter, from: match.index, to: match.index + match[0].length });
  }
  return starts.map(({ to }, position) => tail.slice(to, starts[position + 1]?.from ?? tail.length).trim());
}

function isNumeric(answer: string): boolean {
  if (answer.length === 0 || answer.length > 60) return false;
  let digits = 0;
  let letters = 0;
  for (let index = 0; index < answer.length; index += 1) {
    const code = answer.charCodeAt(index);
    if (code >= 48 && code <= 57) digits += 1;
    else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) letters += 1;
  }
  return digits > 0 && digits * 2 >= letters;
}
