import type { Model } from "@/lib/schemas/endpoint";

/** What the reader knows of the catalog. */
export type BuilderCatalog = {
  /** Every entry, newest first. */
  models: readonly Model[];
  /** Ids by field of use, best first; `general` is the one for everything. */
  rankings: ReadonlyMap<string, readonly string[]>;
  /** The model string to send for a slug that is written out, variants included; `undefined`: there is no such model. */
  resolve: (slug: string) => string | undefined;
};

/** Models that are described rather than named: "the top 5 coding models", "all Claude models but Haiku". */
export type ModelGroup = {
  kind: "group";
  /** How many. `undefined`: as many as the words suggest. */
  count: number | "all" | undefined;
  /** Pieces of names, one of which each model must have: `[["claude"], ["gemini", "flash"]]`. Empty: any. */
  families: readonly (readonly string[])[];
  /** Authors, one of which each model must be by. Empty: any. */
  authors: readonly string[];
  /** A key of the rankings. */
  category: string | undefined;
  order: "rank" | "price" | "speed" | "newest" | undefined;
  /** Of different authors where possible. */
  spread: boolean;
  needs: readonly GroupNeed[];
};

export type GroupNeed = "free" | "open" | "small" | "reasoning" | "vision" | "image";

/** One thing that the sentence asks for. */
export type ModelChoice =
  /** A name, by its pieces. */
  | { kind: "name"; pieces: readonly string[]; id: string }
  /** A slug that is written out. */
  | { kind: "slug"; id: string }
  /** A company's name alone. */
  | { kind: "author"; author: string }
  | ModelGroup;

/**
 * How surely a mention means a model: 3 a name that means nothing else; 2 an ordinary word with a capital (`Opus`); 1 the
 * same without one; 0 a company that does other things too (`Google`), which needs others beside it.
 */
export type Strength = 0 | 1 | 2 | 3;

/** A place in the text that speaks of models. */
export type Mention = {
  /** Where it begins and ends in the text, in UTF-16 units. */
  start: number;
  end: number;
  choice: ModelChoice;
  strength: Strength;
};

/** What is not wanted: every model with these pieces in its name, or by this author. */
export type Exclusion = { kind: "name"; pieces: readonly string[] } | { kind: "author"; author: string };
