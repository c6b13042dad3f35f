/** What a request says about the form of its answer. */
export type Wishes = {
  /** Said back as it is, nothing added. */
  echo: string | null;
  /** Exactly so many words. */
  words: number | null;
  /** The language to show code in; `null`: no code asked for. */
  codeLanguage: string | null;
  table: boolean;
  list: boolean;
};

const ECHO =
  /\b(?:repeat(?: after me)?|say exactly|reply (?:with )?exactly|respond (?:with )?exactly|echo)\s*:\s*([\s\S]+)$/i;
const ECHO_QUOTED =
  /\b(?:say|reply|respond|answer)(?: with)?(?: (?:just|only|exactly|the words?|the text))*:?\s*["“]([^"”]+)["”]/i;

const NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const COUNT = `(\\d[\\d,. ]*\\d|\\d|${NUMBER_WORDS.join("|")}|a single)`;
const WORDS_ASKED = new RegExp(
  `\\b(?:exactly|in|write|use|using|give|say|reply|answer|respond|with|about|around|least)\\s+(?:me\\s+|just\\s+|only\\s+|exactly\\s+|about\\s+|around\\s+|at least\\s+)*${COUNT}[\\s-]+words?\\b`,
  "i",
);
const WORDS_OF_A_PIECE = new RegExp(
  `\\b${COUNT}[\\s-]+words?\\s+(?:answer|article|essay|explanation|paragraph|poem|reply|response|speech|story|summary|text)\\b`,
  "i",
);

/** Nothing longer is written for a client that set no limit of its own. */
const MAX_WORDS = 100_000;

const LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/\bpython\b/i, "python"],
  [/\btypescript\b|\bts\b/i, "typescript"],
  [/\bjavascript\b|\bnode\.?js\b|\bjs\b|\breact\b/i, "javascript"],
  [/\brust\b/i, "rust"],
  [/\bgolang\b|\bgo (?:code|function|program|server)\b|\bin go\b/i, "go"],
  [/\bjava\b/i, "java"],
  [/\bsql\b|\bselect query\b/i, "sql"],
  [/\bbash\b|\bshell\b|\bcommand line\b/i, "bash"],
  [/\bhtml\b/i, "html"],
];
const CODE_ASKED =
  /\bcode\b|\bsnippet\b|\bfunction (?:that|to|which|for)\b|\b(?:write|show|implement)\b.*\b(?:script|function|class|program|algorithm|regex)\b/i;

/** Finds the wishes in the text of a user's message; an `echo` outweighs all others. */
export function readWishes(text: string): Wishes {
  const echo = (ECHO.exec(text) ?? ECHO_QUOTED.exec(text))?.[1]?.trim() ?? null;
  const count = (WORDS_ASKED.exec(text) ?? WORDS_OF_A_PIECE.exec(text))?.[1];
  const language = LANGUAGES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  return {
    echo,
    words: count === undefined ? null : Math.min(countOf(count), MAX_WORDS),
    codeLanguage:
      CODE_ASKED.test(text) || /```/.test(text)
        ? (language ?? "typescript")
        : language && isMaking(text)
          ? language
          : null,
    table: /\btable\b|\btabular\b/i.test(text),
    list: /\bbullet|\blist of\b|\bnumbered\b|\bstep[- ]by[- ]step\b|\bas a list\b/i.test(text),
  };
}

function isMaking(text: string): boolean {
  return /\b(?:write|show|implement|build|create|give|make|generate|example)\b/i.test(text);
}

function countOf(written: string): number {
  const word = NUMBER_WORDS.indexOf(written.toLowerCase());
  if (word >= 0) return word + 1;
  return /^a single$/i.test(written) ? 1 : Math.max(1, Number.parseInt(written.replace(/[,. ]/g, ""), 10));
}
