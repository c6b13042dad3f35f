import type { ExclusionPhrase } from "./read-exclusions";
import type { Exclusion, Mention, ModelChoice, Strength } from "./types";

/** Mentions that stand together ("Claude Sonnet, GPT-5 and two others"): one place in the text that says which models. */
export type MentionList = {
  start: number;
  end: number;
  choices: readonly ModelChoice[];
  excluded: readonly Exclusion[];
  strength: Strength;
};

const CONJUNCTION =
  "and|or|plus|as well as|along with|together with|vs\\.?|versus|against|und|oder|sowie|et|ou|ainsi que|puis|y|e|o|u|gegen|contre|contra|con";
const ARTICLES =
  "(?:(?:also|then|the|both|either|a|an|one|on|using|with|from|der|die|das|den|le|la|les|el|los|à|a|al)\\s+)*";
const BULLET = "(?:\\n\\s*(?:[-*•]|\\d+[.)])?\\s*)";
const BETWEEN = new RegExp(
  `^\\s*(?:(?:[,;/+|&、，和与及]|${BULLET})\\s*(?:(?:${CONJUNCTION})\\s+)?|(?:${CONJUNCTION})\\s+)${ARTICLES}$`,
  "iu",
);
/** "Compare Claude with GPT-5": here the preposition joins. */
const COMPARED = /\b(?:compar\w*|contrast\w*|pit|vergleich\w*|confront\w*)\s+(?:the\s+|la\s+|el\s+)?$/iu;
const BETWEEN_COMPARED = /^\s*(?:with|to|mit|à|avec|con|com|a)\s+$/iu;
/** What may stand before a list and is part of it. */
const LEAD =
  /(?:\b(?:both|either|each of|all of|any of|one of|sowohl|à la fois|the|these|those|following|ai|language|models?|llms?|such as|like|named|called|folgende[nr]?|modelle[n]?|diese[n]?|ces|les|suivants?|modèles?|los|estos|siguientes|modelos?)\b[\s:]*)+(?:\n\s*(?:[-*•]|\d+[.)])?\s*)?$/iu;
const BULLET_LEAD = /(?<=^|\n)[ \t]*(?:[-*•]|\d+[.)])[ \t]+$/;
/** The same behind it. */
const TRAIL = /^\s+(?:models?|llms?|modelle[n]?|modèles?|modelos?)\b/iu;
/** How far a lead may reach back. */
const MAX_LEAD_CHARS = 80;

/** Puts mentions together that are joined by commas, "and", "vs" and the like, and gives each list its exclusions. */
export function joinMentions(
  text: string,
  mentions: readonly Mention[],
  exclusions: readonly ExclusionPhrase[],
): MentionList[] {
  const wanted = mentions
    .filter((mention) => !exclusions.some(({ start, end }) => mention.start < end && mention.end > start))
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const groups: Mention[][] = [];
  for (const mention of wanted) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (last !== undefined && mention.start < last.end) continue;
    if (group !== undefined && last !== undefined && isJoined(text, group, last, mention)) group.push(mention);
    else groups.push([mention]);
  }
  return groups.flatMap((group) => listOf(text, group, exclusions) ?? []);
}

function isJoined(text: string, group: readonly Mention[], last: Mention, next: Mention): boolean {
  const between = text.slice(last.end, next.start).replace(TRAIL, "");
  if (BETWEEN.test(between)) return true;
  const start = group[0]?.start ?? 0;
  const before = text.slice(Math.max(0, start - MAX_LEAD_CHARS), start);
  return BETWEEN_COMPARED.test(between) && COMPARED.test(before);
}

function listOf(
  text: string,
  group: readonly Mention[],
  exclusions: readonly ExclusionPhrase[],
): MentionList | undefined {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const window = text.slice(Math.max(0, first.start - MAX_LEAD_CHARS), first.start);
  const lead = LEAD.exec(window)?.[0] ?? BULLET_LEAD.exec(window)?.[0] ?? "";
  let end = last.end + (TRAIL.exec(text.slice(last.end, last.end + 20))?.[0].length ?? 0);
  const without = exclusions.find(
    ({ start }) => start === end || (text.slice(end, start).trim() === "" && start > end),
  );
  if (without !== undefined) end = without.end + (/^\s*\)/.exec(text.slice(without.end))?.[0].length ?? 0);
  let strength: Strength = 0;
  for (const mention of group) if (mention.strength > strength) strength = mention.strength;
  // Two companies beside each other are no coincidence.
  if (group.length > 1 && strength < 2) strength = 2;
  return {
    start: first.start - lead.length,
    end,
    choices: group.map(({ choice }) => choice),
    excluded: without?.excluded ?? [],
    strength,
  };
}
