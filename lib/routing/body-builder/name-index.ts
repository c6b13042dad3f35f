import type { Model } from "@/lib/schemas/endpoint";
import { COMPANY_NAMES, LARGE, NEUTRAL, QUICK, SERIES, SMALL, SPECIAL } from "./name-words";
import { splitName } from "./split-name";

/** Finds models by the pieces of their names, as people write them. */
export type NameIndex = {
  /** Whether the piece occurs in any name. */
  knows: (piece: string) => boolean;
  /** Whether the piece can stand for a family: `claude`, `gpt`, `opus`, but not `mini`. */
  isFamily: (piece: string) => boolean;
  /** Models that have all these pieces, the one that is meant first. `5` is any 5.x, the latest first. */
  find: (pieces: readonly string[]) => readonly Model[];
  /** The author in the slugs whose company is called so, in lower case without blanks. */
  authorOf: (company: string) => string | undefined;
};

type Entry = {
  model: Model;
  author: string;
  /** The name in the slug and the one for people; a name matches when one of them does. */
  names: readonly (readonly string[])[];
  version: number;
};

const MAX_REMEMBERED = 1_000;

/** Indexes what can be asked by name: no routers, aliases or embeddings. */
export function indexNames(models: readonly Model[]): NameIndex {
  const entries = models.flatMap((model) => (isAskable(model) ? entryOf(model) : []));
  const known = new Set(entries.flatMap(({ names }) => names.flat()));
  const families = familiesOf(entries, known);
  const homes = homesOf(entries, families);
  const companies = companiesOf(entries);
  const find = (pieces: readonly string[]) => {
    const exact = matching(entries, pieces, families, homes);
    if (exact.length > 0) return exact;
    // A version that the catalog does not have (any more): the latest one of those that it has.
    const unversioned = pieces.filter((piece) => !/^\d/.test(piece));
    return unversioned.some((piece) => families.has(piece)) ? matching(entries, unversioned, families, homes) : [];
  };
  // A text may hold the same name a thousand times.
  const found = new Map<string, readonly Model[]>();
  return {
    knows: (piece) => known.has(piece),
    isFamily: (piece) => families.has(piece),
    find: (pieces) => {
      const key = pieces.join(" ");
      const known = found.get(key) ?? find(pieces);
      if (found.size >= MAX_REMEMBERED) found.clear();
      found.set(key, known);
      return known;
    },
    authorOf: (company) => COMPANY_NAMES.get(company) ?? companies.get(company),
  };
}

function isAskable({ fact }: Model): boolean {
  return fact.status !== "router" && fact.status !== "alias" && !fact.outputModalities.includes("embeddings");
}

function entryOf(model: Model): Entry {
  const slash = model.id.indexOf("/");
  const idPieces = splitName(model.id.slice(slash + 1));
  const namePieces = splitName(model.fact.name.replace(/^[^:]+: /, ""));
  return {
    model,
    author: model.id.slice(0, slash),
    names: [idPieces, namePieces],
    version: versionOf(idPieces) ?? versionOf(namePieces) ?? -1,
  };
}

/** The number of a name that is a version, not a size (70b) or a date (2512, 0528). */
function versionOf(pieces: readonly string[]): number | undefined {
  const isYear = (index: number) => /^20\d\d$/.test(pieces[index] ?? "");
  for (const [index, piece] of pieces.entries()) {
    if (isYear(index - 2) || isYear(index - 1) || isYear(index + 1)) continue;
    const version = /^\p{L}?(\d{1,2}(?:\.\d{1,2})?)o?$/u.exec(piece)?.[1];
    if (version !== undefined && !/^0\d/.test(version)) return Number(version);
  }
  return undefined;
}

function familiesOf(entries: readonly Entry[], known: ReadonlySet<string>): ReadonlySet<string> {
  const families = new Set([...SERIES].filter((piece) => known.has(piece)));
  for (const { names } of entries) {
    for (const [first = ""] of names) {
      if (/^\p{L}{3,}$/u.test(first) && ![SPECIAL, SMALL, LARGE, QUICK, NEUTRAL].some((words) => words.has(first)))
        families.add(first);
    }
  }
  return families;
}

/** The author who has the most models of a family: a llama of somebody else is not the first that is meant. */
function homesOf(entries: readonly Entry[], families: ReadonlySet<string>): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { author, names } of entries) {
    for (const piece of new Set(names.flat())) {
      if (!families.has(piece)) continue;
      const authors = counts.get(piece) ?? new Map<string, number>();
      authors.set(author, (authors.get(author) ?? 0) + (author.includes(piece) ? 1_000 : 1));
      counts.set(piece, authors);
    }
  }
  return new Map(
    [...counts].flatMap(([piece, authors]) => {
      const [home] = [...authors].sort((a, b) => b[1] - a[1]);
      return home === undefined ? [] : [[piece, home[0]] as const];
    }),
  );
}

function companiesOf(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const companies = new Map<string, string>();
  for (const { author, model } of entries) {
    const shown = /^([^:]+): /.exec(model.fact.name)?.[1];
    for (const name of [author, shown ?? author]) {
      const key = name.toLowerCase().replaceAll(/[\s.-]/g, "");
      if (!companies.has(key)) companies.set(key, author);
    }
  }
  return companies;
}

function matching(
  entries: readonly Entry[],
  pieces: readonly string[],
  families: ReadonlySet<string>,
  homes: ReadonlyMap<string, string>,
): readonly Model[] {
  const asked = pieces.filter((piece) => !NEUTRAL.has(piece));
  if (asked.length === 0) return [];
  return entries
    .flatMap((entry) => {
      const leftovers = entry.names.flatMap((name) => leftoverOf(name, asked) ?? []);
      const [fewest] = leftovers.sort((a, b) => a.length - b.length);
      return fewest === undefined ? [] : [{ entry, keys: keysOf(entry, fewest, asked, families, homes) }];
    })
    .sort((a, b) => compareKeys(a.keys, b.keys) || (a.entry.model.id < b.entry.model.id ? -1 : 1))
    .map(({ entry }) => entry.model);
}

/** The pieces of a name that were not asked for; `undefined` when one that was is missing. Wrapped, to be told from it. */
function leftoverOf(name: readonly string[], asked: readonly string[]): readonly (readonly string[])[] | undefined {
  if (!asked.every((wanted) => name.some((piece) => isMeant(wanted, piece)))) return undefined;
  return [name.filter((piece) => !asked.some((wanted) => isMeant(wanted, piece)))];
}

/** The same piece, or a version of the line that a whole number names: `5` is 5.1 too, `k2` is k2.6. */
function isMeant(wanted: string, piece: string): boolean {
  if (wanted === piece) return true;
  const line = /^(\p{L}?)(\d{1,2}(?:\.\d+)?)$/u.exec(wanted);
  const version = /^(\p{L}?)(\d{1,2}(?:\.\d+)?)$/u.exec(piece);
  if (line === null || version === null || line[1] !== version[1]) return false;
  const [a, b] = [line[2] ?? "", version[2] ?? ""];
  return a.includes(".") ? Number(a) === Number(b) : !b.startsWith("0") && b.startsWith(`${a}.`);
}

/** What decides between models of one name, in this order; the smaller wins. */
function keysOf(
  { model, author, version }: Entry,
  leftover: readonly string[],
  asked: readonly string[],
  families: ReadonlySet<string>,
  homes: ReadonlyMap<string, string>,
): readonly number[] {
  const count = (words: ReadonlySet<string>) => leftover.filter((piece) => words.has(piece)).length;
  const isForeign = (piece: string) => families.has(piece) && homes.get(piece) !== author;
  const isSmall = count(SMALL) > 0 || leftover.some((piece) => /^e?\d(?:\.\d+)?b$/.test(piece));
  return [
    asked.some((piece) => homes.get(piece) === author) ? 0 : 1,
    leftover.filter(isForeign).length,
    count(SPECIAL) + (model.fact.variantOf === undefined ? 0 : 1),
    model.fact.status === "legacy" ? 1 : 0,
    isSmall ? 1 : 0,
    -version,
    leftover.length,
    count(QUICK) - count(LARGE),
    -largestSizeOf(leftover),
    -model.fact.createdSeconds,
  ];
}

/** Billions of parameters, where the name tells; 0 otherwise. */
function largestSizeOf(pieces: readonly string[]): number {
  return Math.max(0, ...pieces.map((piece) => Number(/^(\d+(?:\.\d+)?)b$/.exec(piece)?.[1] ?? 0)));
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (const [index, key] of a.entries()) {
    const difference = key - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
