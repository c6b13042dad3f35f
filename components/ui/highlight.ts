export type CodeLanguage = "shell" | "javascript" | "python" | "json" | "text";
export type CodeToken = { kind: "plain" | "string" | "comment" | "keyword" | "number"; text: string };

const STRING = String.raw`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'`;
const NUMBER = String.raw`\b\d[\d_]*(?:\.\d+)?\b`;

const PATTERNS: Readonly<Record<Exclude<CodeLanguage, "text">, RegExp>> = {
  shell: grammar(String.raw`(?<=^|\s)#.*`, STRING, String.raw`^\s*\w[\w-]*(?=\s)|(?<=\s)--?[a-zA-Z][\w-]*`),
  javascript: grammar(
    String.raw`\/\/.*|\/\*[\s\S]*?\*\/`,
    `${STRING}|${"`"}(?:\\\\.|[^${"`"}\\\\])*${"`"}`,
    String.raw`\b(?:import|from|export|const|let|new|await|async|for|of|if|else|return|function|type|true|false|null|undefined)\b`,
  ),
  python: grammar(
    "#.*",
    STRING,
    String.raw`\b(?:import|from|def|class|for|in|if|else|elif|return|with|as|print|True|False|None|await|async)\b`,
  ),
  json: grammar("(?!)", STRING, String.raw`\b(?:true|false|null)\b`),
};

function grammar(comment: string, string: string, keyword: string): RegExp {
  return new RegExp(`(?<comment>${comment})|(?<string>${string})|(?<keyword>${keyword})|(?<number>${NUMBER})`, "gm");
}

/**
 * Cuts code into pieces to colour: enough for the samples that we show, and small enough to be sent to a browser. Joined,
 * the pieces are the code again.
 */
export function highlight(code: string, language: CodeLanguage): CodeToken[] {
  if (language === "text") return [{ kind: "plain", text: code }];
  const tokens: CodeToken[] = [];
  let end = 0;
  for (const match of code.matchAll(PATTERNS[language])) {
    if (match.index > end) tokens.push({ kind: "plain", text: code.slice(end, match.index) });
    tokens.push({ kind: kindOf(match.groups ?? {}), text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < code.length) tokens.push({ kind: "plain", text: code.slice(end) });
  return tokens;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): CodeToken["kind"] {
  if (groups.comment !== undefined) return "comment";
  if (groups.string !== undefined) return "string";
  return groups.keyword === undefined ? "number" : "keyword";
}
