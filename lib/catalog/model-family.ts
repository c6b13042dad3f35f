import type { ModelFact } from "@/lib/schemas/catalog";

/** `4.6`, `2512`, `v3.1`, `k2.6`, `m2`, and words that say how finished a version is. */
const VERSION = /^(?:[kmv]?\d+(?:\.\d+)*|preview|exp|experimental|latest)$/;

/**
 * The family of a model as `author/family`: its name without its version, such as `anthropic/claude-sonnet` for
 * `anthropic/claude-sonnet-4.6` and `anthropic/claude-3.5-sonnet`. `undefined` for what has none: variants, aliases,
 * routers, and names that begin with their version.
 */
function familyOf({ id, status, variantOf }: ModelFact): string | undefined {
  if (status !== "active" || variantOf !== undefined || id.includes(":")) return undefined;
  const slash = id.indexOf("/");
  const words = id.slice(slash + 1).split("-");
  const [first = ""] = words;
  if (VERSION.test(first)) return undefined;
  return `${id.slice(0, slash)}/${words.filter((word) => !VERSION.test(word)).join("-")}`;
}

/** The newest model of each family, as aliases `~author/family-latest`. Models that nobody serves do not count. */
export function latestAliases(
  newestFirst: readonly ModelFact[],
  isServed: (id: string) => boolean,
): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  for (const fact of newestFirst) {
    const family = familyOf(fact);
    if (family === undefined || !isServed(fact.id)) continue;
    const alias = `~${family}-latest`;
    if (!aliases.has(alias)) aliases.set(alias, fact.id);
  }
  return aliases;
}

/** An alias entry with the facts of what it stands for now. */
export function aliasFact(alias: ModelFact, target: ModelFact): ModelFact {
  const { id, canonicalSlug, name, createdSeconds, tokenizer, description } = alias;
  const { approximate: _approximate, description: _description, ...facts } = target;
  return {
    ...facts,
    id,
    canonicalSlug,
    name,
    createdSeconds,
    tokenizer,
    ...(description === undefined ? {} : { description }),
    status: "alias",
    aliasOf: target.id,
  };
}
