import { isRecord } from "@/lib/sandbox/json-value";
import type { Question, ToolOffer } from "@/lib/sandbox/question";
import { type Hints, readHints } from "@/lib/sandbox/read-hints";
import { sampleOf } from "@/lib/sandbox/schema-sample";

export type ChosenCall = { name: string; arguments: Readonly<Record<string, unknown>> };

const MAX_CALLS = 5;
/** A word of a tool's name counts this much: enough to be called beside a tool that is spoken of more. */
const NAMED_SCORE = 3;
/** What people ask a model itself for: no tool is called for these unless one speaks of them. */
const TALK =
  /^\s*(?:hi|hello|hey|thanks|thank you|good (?:morning|evening|day)|how are you)\b|\b(?:joke|poem|story|essay|haiku|translate|summari[sz]e|explain|repeat|say exactly|in one word)\b/i;
const NAMES_TOOLS = /\b(?:tools?|functions?)\b/i;

/**
 * The calls a model would make: none where tools are off, where their results have just arrived, or where the user only
 * talks; otherwise the tools that the text speaks of, several when it asks for several things and that is allowed.
 * A forced choice always calls.
 */
export function chooseToolCalls(question: Question, hints: Hints): ChosenCall[] {
  const { tools, toolChoice, userText } = question;
  const [firstTool] = tools;
  if (firstTool === undefined || toolChoice === "none") return [];
  const isForced = toolChoice === "any";
  if (!isForced && question.toolResults.length > 0) return [];

  const scored = tools
    .map((tool) => ({ tool, score: scoreOf(tool, userText) }))
    .sort((one, other) => other.score - one.score);
  const best = scored[0]?.score ?? 0;
  const spokenOf = scored
    .filter(({ score }) => score > 0 && (score === best || score >= NAMED_SCORE))
    .slice(0, MAX_CALLS)
    .map(({ tool }) => tool);
  if (spokenOf.length === 0) {
    const isTalk = TALK.test(userText) || !/\S\s+\S/.test(userText.trim());
    if (!isForced && isTalk && !NAMES_TOOLS.test(userText)) return [];
    return [callOf(firstTool, hints)];
  }
  const calls = callsFor(spokenOf, hints);
  return question.parallelToolCalls ? calls.slice(0, MAX_CALLS) : calls.slice(0, 1);
}

/** One call for each tool spoken of; a tool that is the only one gets a call for each name in an enumeration. */
function callsFor(tools: readonly ToolOffer[], hints: Hints): ChosenCall[] {
  const [only] = tools;
  const listed = enumeratedNames(hints);
  if (tools.length === 1 && only !== undefined && listed.length > 1 && takesOneName(only)) {
    return listed.map((name) => callOf(only, { ...hints, names: [name] }));
  }
  return tools.map((tool) => callOf(tool, clauseFor(tool, hints)));
}

function callOf(tool: ToolOffer, hints: Hints): ChosenCall {
  const value = sampleOf(tool.schema, hints, "required");
  return { name: tool.name, arguments: isRecord(value) ? value : {} };
}

/** The names that stand in one list: "Paris, Rome and Oslo", "Tokyo and Lima". */
function enumeratedNames(hints: Hints): string[] {
  const listed = hints.names.filter((name, index) => {
    const at = hints.text.indexOf(name);
    const before = hints.text.slice(Math.max(0, at - 12), at);
    const after = hints.text.slice(at + name.length, at + name.length + 8);
    const opens = /^["”]?(?:,| and | & | or | vs)/.test(after) && index < hints.names.length - 1;
    return opens || /(?:,| and| &| or| vs\.?)\s+["“]?$/.test(before);
  });
  // "from Paris to Rome and back on Friday" names one trip, not two.
  return /\bfrom\b.+\bto\b/i.test(hints.text) ? [] : listed;
}

function takesOneName(tool: ToolOffer): boolean {
  if (!isRecord(tool.schema) || !isRecord(tool.schema.properties)) return false;
  const required = Array.isArray(tool.schema.required) ? tool.schema.required : Object.keys(tool.schema.properties);
  const shapes = required.map((name) =>
    isRecord(tool.schema) && isRecord(tool.schema.properties) ? tool.schema.properties[name] : null,
  );
  return (
    shapes.filter((shape) => isRecord(shape) && shape.enum === undefined && /^string$/i.test(String(shape.type)))
      .length === 1
  );
}

/** The part of the text that speaks of `tool` most, where the text has several. */
function clauseFor(tool: ToolOffer, hints: Hints): Hints {
  const clauses = hints.text.split(/[;.?!\n]|,? and (?:then |also )?|, /).filter((clause) => clause.trim() !== "");
  let best = { clause: "", score: 0 };
  for (const clause of clauses) {
    const score = scoreOf(tool, clause);
    if (score > best.score) best = { clause, score };
  }
  if (best.score === 0) return hints;
  const narrow = readHints(best.clause);
  // A clause without a name of its own shares those of the whole.
  return { ...narrow, names: narrow.names.length > 0 ? narrow.names : hints.names };
}

/** How strongly `text` speaks of a tool: its name weighs more than its description and its parameters. */
function scoreOf(tool: ToolOffer, text: string): number {
  const spoken = new Set(stemsOf(text));
  const properties =
    isRecord(tool.schema) && isRecord(tool.schema.properties) ? Object.keys(tool.schema.properties) : [];
  const count = (source: string) => [...new Set(stemsOf(source))].filter((stem) => spoken.has(stem)).length;
  const isNamed = text.includes(tool.name);
  return (
    (isNamed ? 10 : 0) +
    NAMED_SCORE * count(splitName(tool.name)) +
    count(tool.description) +
    count(properties.map(splitName).join(" "))
  );
}

function splitName(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[^\p{L}\p{N}]+/gu, " ");
}

const COMMON: ReadonlySet<string> = new Set(
  `the and for with from that this what which who how are was get set use used using given return returns data current
   currently new user one two all any can you your its out about into please now name value list tool function find`.split(
    /\s+/,
  ),
);

/** Words reduced so that "cities", "City" and "city's" are one. */
function stemsOf(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
  return words
    .filter((word) => !COMMON.has(word))
    .map((word) =>
      word
        .replace(/ies$/, "y")
        .replace(/(?:ing|ed|es|s)$/, "")
        .replace(/e$/, ""),
    );
}
