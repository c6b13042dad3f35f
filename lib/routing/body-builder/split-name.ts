/** Hyphens between the two numbers of a version (`sonnet-4-5`), as some slugs write the dot. */
const HYPHEN_VERSION = /(?<=[a-z]-)(\d{1,2})-(\d{1,2})(?![\d.a-z])/g;

/**
 * The pieces of a model's name, in one spelling: `GPT-5`, `gpt5` and `gpt 5` are all `gpt`, `5`; `Claude-Sonnet-4-5` is
 * `claude`, `sonnet`, `4.5`; `DeepSeek V3` is `deepseek`, `3`. Anything that is no letter or digit separates.
 */
export function splitName(name: string): string[] {
  const lower = name.toLowerCase().replace(HYPHEN_VERSION, "$1.$2");
  // A dot belongs to a number only between its digits.
  return lower.split(/[^\p{L}\p{N}.+]+|\.(?!\d)|(?<!\d)\./u).flatMap(splitWord);
}

function splitWord(word: string): string[] {
  if (word === "" || word === "v") return [];
  if (word.length > 1 && word.endsWith("+")) return [...splitWord(word.slice(0, -1)), "plus"];
  const version = /^v(\d.*)$/.exec(word);
  if (version?.[1] !== undefined) return splitWord(version[1]);
  // A single letter belongs to its number (o3, k2.6, r1); more letters are a word before one.
  const letters = /^(\p{L}{2,})(\d.*)$/u.exec(word);
  if (letters?.[1] !== undefined && letters[2] !== undefined) return [letters[1], ...splitWord(letters[2])];
  const digits = /^(4o|\d+(?:\.\d+)*)(\p{L}{2,}.*)$/u.exec(word);
  if (digits?.[1] !== undefined && digits[2] !== undefined) return [digits[1], ...splitWord(digits[2])];
  return [word];
}
