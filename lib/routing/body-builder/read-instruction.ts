import { BARE_RULES, INSTRUCTION_RULES } from "./instruction-rules";
import { joinMentions, type MentionList } from "./join-mentions";
import type { NameIndex } from "./name-index";
import { findProtectedSpans } from "./protected-spans";
import { type ExclusionPhrase, readExclusions } from "./read-exclusions";
import { readGroups } from "./read-groups";
import { readCompanies, readNames, readQuotedNames, readSlugs } from "./read-names";
import type { InstructionRule } from "./rule-parts";
import { scanWords } from "./scan-words";
import { joinAtSeam, tidyTask } from "./tidy-task";
import type { BuilderCatalog, Exclusion, ModelChoice } from "./types";

export type Instruction = {
  /** Whom to ask. Empty: the text does not say. */
  choices: readonly ModelChoice[];
  excluded: readonly Exclusion[];
  /** The text without the words that say whom to ask. */
  task: string;
};

/** Instructions stand at the beginning or at the end; what lies between in a long text is material. */
const ZONE_CHARS = 1_500;
const MIDDLE = "\uE006";
/** A last paragraph of no more than this is an instruction rather than material. */
const SHORT_PARAGRAPH_CHARS = 300;
/** How far a rule may look back. */
const MAX_LEFT_CHARS = 300;

/** Reads whom a text wants to be asked, and takes that out of it. Linear in the length of the text. */
export function readInstruction(text: string, catalog: BuilderCatalog, index: NameIndex): Instruction {
  if (text.length <= 2 * ZONE_CHARS) return readShort(text, catalog, index);
  const [from, to] = [ZONE_CHARS, text.length - ZONE_CHARS];
  const read = readShort(`${text.slice(0, from)}${MIDDLE}${text.slice(to)}`, catalog, index);
  return { ...read, task: read.task.split(MIDDLE).join(text.slice(from, to)) };
}

function readShort(text: string, catalog: BuilderCatalog, index: NameIndex): Instruction {
  // Our own marks, should the text hold any, are material.
  if (/[\uE000-\uE005]/.test(text)) return { choices: [], excluded: [], task: text };
  const whole = [{ start: 0, end: text.length }];
  const quotes = findProtectedSpans(text);
  const words = scanWords(text, whole, quotes);
  const slugs = readSlugs(text, whole, quotes, catalog.resolve);
  const named = [...readNames(text, words, index), ...readQuotedNames(text, quotes, index, catalog.resolve)];
  const companies = readCompanies(words, index).filter(
    ({ start, end }) => !named.some((name) => start < name.end && end > name.start),
  );
  const groups = readGroups(text, words, [...named, ...companies]);
  const exclusions = readExclusions(text, words, index);
  const lists = joinMentions(text, [...slugs, ...groups, ...named, ...companies], exclusions);
  const detached = exclusions.filter(({ start, end }) => !lists.some((list) => start < list.end && end > list.start));

  const masked = mask(text, lists, quotes, detached);
  const first = takeLists(masked, lists, INSTRUCTION_RULES);
  const { rest, taken } = first.taken.size > 0 ? first : takeLists(masked, lists, BARE_RULES);
  if (taken.size === 0) return { choices: [], excluded: [], task: text };
  const chosen = lists.filter((_, at) => taken.has(at));
  const restored = unmask(rest, text, lists, quotes);
  return {
    choices: chosen.flatMap(({ choices }) => choices),
    excluded: [...chosen.flatMap(({ excluded }) => excluded), ...detached.flatMap(({ excluded }) => excluded)],
    task: tidyTask(restored, /^\s*["'“„«(]?\p{Lu}/u.test(text)),
  };
}

type Span = { start: number; end: number };

/** Replaces lists by \uE000n\uE001, quotes by \uE002n\uE003, so that rules see one sign for each. */
function mask(
  text: string,
  lists: readonly MentionList[],
  quotes: readonly Span[],
  detached: readonly ExclusionPhrase[],
) {
  const marks = [
    ...lists.map((span, at) => ({ span, mark: `\uE000${at}\uE001` })),
    ...quotes
      .map((span, at) => ({ span, mark: `\uE002${at}\uE003` }))
      .filter(({ span }) => !lists.some((list) => span.start < list.end && span.end > list.start)),
    // What is not wanted goes with what is wanted; it is only there when something is.
    ...detached.map((span, at) => ({ span, mark: `\uE004${at}\uE005` })),
  ].toSorted((a, b) => a.span.start - b.span.start);
  let masked = "";
  let done = 0;
  for (const { span, mark } of marks) {
    if (span.start < done) continue;
    masked += text.slice(done, span.start) + mark;
    done = span.end;
  }
  return masked + text.slice(done);
}

function unmask(rest: string, text: string, lists: readonly MentionList[], quotes: readonly Span[]): string {
  const original = (spans: readonly Span[], at: string) => {
    const span = spans[Number(at)];
    return span === undefined ? "" : text.slice(span.start, span.end);
  };
  return (
    rest
      // A sentence of its own goes with its full stop.
      .replaceAll(/(^|[.!?\n])\s*\uE004\d+\uE005\s*[.!]?/g, "$1")
      .replaceAll(/\uE004\d+\uE005/g, "")
      .replaceAll(/\uE000(\d+)\uE001/g, (_, at: string) => original(lists, at))
      .replaceAll(/\uE002(\d+)\uE003/g, (_, at: string) => original(quotes, at))
  );
}

/** Takes out each list that a rule finds an instruction in, with the words around it. */
function takeLists(masked: string, lists: readonly MentionList[], rules: readonly InstructionRule[]) {
  const wanted = candidatesOf(masked, lists, rules);
  const taken = new Set<number>();
  let rest = masked;
  for (const at of wanted) {
    const found = applyRules(rest, at, lists, rules);
    if (found === undefined) continue;
    taken.add(at);
    rest = found.rest;
    // What follows a colon or a line of its own is what the models are to work on.
    if (found.opensMaterial) break;
  }
  return { rest, taken };
}

/**
 * Lists with an instruction around them. Where several paragraphs have one, only one is the instruction and the others
 * are material: the first one when it leads to the rest, else the last one unless it is long.
 */
function candidatesOf(masked: string, lists: readonly MentionList[], rules: readonly InstructionRule[]): number[] {
  const paragraphs = masked.split(/\n\s*\n/);
  const found = lists.flatMap((_, at) => {
    if (applyRules(masked, at, lists, rules) === undefined) return [];
    return [{ at, paragraph: paragraphs.findIndex((part) => part.includes(`\uE000${at}\uE001`)) }];
  });
  const [first, last] = [found[0]?.paragraph ?? 0, found.at(-1)?.paragraph ?? 0];
  const leads = /:\s*$/.test(paragraphs[first] ?? "") || (paragraphs[last]?.length ?? 0) > SHORT_PARAGRAPH_CHARS;
  const meant = leads ? first : last;
  return found.flatMap(({ at, paragraph }) => (paragraph === meant ? [at] : []));
}

function applyRules(text: string, at: number, lists: readonly MentionList[], rules: readonly InstructionRule[]) {
  const mark = `\uE000${at}\uE001`;
  const place = text.indexOf(mark);
  const list = lists[at];
  if (place === -1 || list === undefined) return undefined;
  const from = Math.max(0, place - MAX_LEFT_CHARS);
  const left = text.slice(from, place);
  const right = text.slice(place + mark.length).replace(/^\uE004\d+\uE005/, "");
  for (const { min, left: before, right: after, keep } of rules) {
    if (list.strength < min) continue;
    const [cue, follow] = [before.exec(left), after.exec(right)];
    if (cue === null || follow === null) continue;
    const kept = left.slice(0, cue.index) + keep.replaceAll(/\$(\d)/g, (_, group: string) => cue[Number(group)] ?? "");
    let rest = right.slice(follow[0].length);
    if (cue[0].includes("(") && !kept.endsWith("(")) rest = rest.replace(/^\s*\)/, "");
    return {
      rest: joinAtSeam(text.slice(0, from) + kept, rest),
      opensMaterial: /[:\n]/.test(follow[0]) || /^\s*[:\n]/.test(rest),
    };
  }
  return undefined;
}
