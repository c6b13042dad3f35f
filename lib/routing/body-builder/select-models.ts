import type { Model } from "@/lib/schemas/endpoint";
import type { NameIndex } from "./name-index";
import { QUICK, SMALL, SPECIAL } from "./name-words";
import { splitName } from "./split-name";
import type { BuilderCatalog, Exclusion, GroupNeed, ModelChoice, ModelGroup } from "./types";

/** As many as a word without a number means: "various models". */
const SEVERAL = 3;
/** More bodies than this are not made of one sentence. */
const MAX_MODELS = 64;
const SECONDS_PER_DAY = 86_400;

/** The model strings that the choices mean, each once, in their order, without those that are excluded. */
export function selectModels(
  choices: readonly ModelChoice[],
  excluded: readonly Exclusion[],
  modalities: readonly ("image" | "file" | "audio" | "video")[],
  catalog: BuilderCatalog,
  index: NameIndex,
): string[] {
  const isExcluded = exclusionTest(excluded, index);
  const chosen = new Set<string>();
  for (const choice of choices) {
    for (const id of idsOf(choice)) {
      if (chosen.size < MAX_MODELS) chosen.add(id);
    }
  }
  return [...chosen];

  function idsOf(choice: ModelChoice): readonly string[] {
    switch (choice.kind) {
      case "slug":
        return [choice.id];
      case "name":
        return isExcluded(choice.id) ? [] : [choice.id];
      case "author":
        return pick(groupOf(choice.author));
      case "group":
        return pick(choice);
    }
  }

  function pick(group: ModelGroup): readonly string[] {
    const wanted =
      group.count === "all" ? MAX_MODELS : (group.count ?? (group.authors.length > 1 ? group.authors.length : SEVERAL));
    const ranked = rankedModels(group, catalog, index).filter(
      (model) =>
        !isExcluded(model.id) &&
        !chosen.has(model.id) &&
        modalities.every((kind) => kind === "file" || model.fact.inputModalities.includes(kind)),
    );
    const isOneEachFamily = group.families.length > 1 && (group.count === undefined || group.count === 1);
    if (isOneEachFamily) return group.families.flatMap((pieces) => pick({ ...group, families: [pieces], count: 1 }));
    if (group.count === "all") return allOf(group, ranked, catalog);
    const isOneEach = group.count === 1 && group.authors.length > 1;
    const count = isOneEach ? group.authors.length : wanted;
    return group.spread || isOneEach || (group.order === undefined && group.families.length === 0)
      ? spread(ranked, count, [...chosen])
      : ranked.slice(0, count).map(({ id }) => id);
  }
}

/** A company's name alone: the best that it has. */
function groupOf(author: string): ModelGroup {
  const rest = { families: [], category: undefined, spread: false, needs: [] } as const;
  return { kind: "group", count: 1, authors: [author], order: "rank", ...rest };
}

/** All of a family or of a kind; of everything there is, only what is ranked. */
function allOf(group: ModelGroup, ranked: readonly Model[], { rankings }: BuilderCatalog): readonly string[] {
  const { families, authors, needs, category } = group;
  const isNarrow = families.length > 0 || authors.length > 0 || needs.length > 0;
  const list = isNarrow ? undefined : new Set(rankings.get(category ?? "general"));
  return ranked.flatMap(({ id }) => (list === undefined || list.has(id) ? [id] : []));
}

/** The first of each author, then the second of each, until there are enough. Those of `before` have had their turn. */
function spread(models: readonly Model[], count: number, before: readonly string[]): readonly string[] {
  const taken = new Map(before.map((id) => [id.slice(0, id.indexOf("/")), 1]));
  const rounds = models.map((model) => {
    const round = taken.get(authorOf(model)) ?? 0;
    taken.set(authorOf(model), round + 1);
    return { id: model.id, round };
  });
  return rounds
    .sort((a, b) => a.round - b.round)
    .slice(0, count)
    .map(({ id }) => id);
}

/** Models that fit the description, best first: those that are ranked, then the others as their names rank them. */
function rankedModels(group: ModelGroup, catalog: BuilderCatalog, index: NameIndex): readonly Model[] {
  const byFamily =
    group.families.length === 0
      ? undefined
      : group.families.map((pieces) => ownFamily(index.find(pieces)).filter((model) => isOffered(model, group)));
  const offered = byFamily?.flat() ?? catalog.models.filter((model) => isOffered(model, group));
  const fitting = offered.filter(
    (model) =>
      (group.authors.length === 0 || group.authors.includes(authorOf(model))) &&
      group.needs.every((need) => fulfils(model, need)),
  );
  const place = placesOf(group.category, catalog);
  const order = new Map(fitting.map((model, at) => [model, at] as const));
  const isMixed = byFamily !== undefined && byFamily.length > 1 && group.count !== "all";
  const rankOf = (model: Model) => (isMixed || byFamily === undefined ? place(model.id) : (order.get(model) ?? 0));
  const keyOf = (model: Model): readonly number[] => {
    switch (group.order) {
      case "price":
        return [Number(model.fact.prices.prompt) + Number(model.fact.prices.completion), place(model.id)];
      case "speed":
        return [isQuick(model) ? 0 : 1, place(model.id)];
      case "newest":
        if (byFamily !== undefined) return [rankOf(model)];
        return [isPlain(model) ? 0 : 1, -Math.floor(model.fact.createdSeconds / SECONDS_PER_DAY), place(model.id)];
      case "rank":
        return [place(model.id), rankOf(model)];
      case undefined:
        return [rankOf(model)];
    }
  };
  const keys = new Map(fitting.map((model) => [model, keyOf(model)] as const));
  return withoutTwins(
    fitting.toSorted((a, b) => {
      const [x, y] = [keys.get(a) ?? [], keys.get(b) ?? []];
      for (const [at, key] of x.entries()) if (key !== y[at]) return key - (y[at] ?? 0);
      return (order.get(a) ?? 0) - (order.get(b) ?? 0);
    }),
  );
}

/** Where an id stands in the ranking; those that only the general one has come after, the others last. */
function placesOf(category: string | undefined, { rankings }: BuilderCatalog): (id: string) => number {
  const lists = [category === undefined ? undefined : rankings.get(category), rankings.get("general")];
  const places = new Map<string, number>();
  for (const id of lists.flatMap((list) => list ?? [])) if (!places.has(id)) places.set(id, places.size);
  return (id) => places.get(id.replace(/:.*$/, "")) ?? places.get(id) ?? places.size;
}

/** Those of the author whose family it is. */
function ownFamily(models: readonly Model[]): readonly Model[] {
  const [first] = models;
  return first === undefined ? [] : models.filter((model) => authorOf(model) === authorOf(first));
}

function isOffered({ fact }: Model, { needs, order }: ModelGroup): boolean {
  if (fact.status !== "active") return false;
  if (
    fact.variantOf !== undefined &&
    !(Number(fact.prices.prompt) === 0 && (needs.includes("free") || order === "price"))
  )
    return false;
  const makes = fact.outputModalities;
  const fits = needs.includes("image") ? makes.includes("image") : makes.every((kind) => kind === "text");
  return fits && !/guard|safety|embed|ocr/.test(fact.id);
}

function fulfils({ id, fact }: Model, need: GroupNeed): boolean {
  switch (need) {
    case "free":
      return Number(fact.prices.prompt) === 0 && Number(fact.prices.completion) === 0;
    case "open":
      return fact.openWeights === true;
    case "small":
      return splitName(id).some((piece) => SMALL.has(piece) || /^e?\d(?:\.\d+)?b$/.test(piece));
    case "reasoning":
      return fact.reasoning !== undefined || fact.supportedParameters.includes("reasoning");
    case "vision":
      return fact.inputModalities.includes("image");
    case "image":
      return true;
  }
}

function isQuick({ id }: Model): boolean {
  return splitName(id).some((piece) => piece === "fast" || QUICK.has(piece) || SMALL.has(piece));
}

/** For general use, and not one of the smaller ones. */
function isPlain({ id }: Model): boolean {
  return !splitName(id).some((piece) => SPECIAL.has(piece) || SMALL.has(piece));
}

/** A model and its free variant are one. */
function withoutTwins(models: readonly Model[]): readonly Model[] {
  const seen = new Set<string>();
  return models.filter(({ id, fact }) => {
    const base = fact.variantOf ?? id;
    return !seen.has(base) && seen.add(base) !== undefined;
  });
}

function exclusionTest(excluded: readonly Exclusion[], index: NameIndex): (id: string) => boolean {
  const ids = new Set(
    excluded.flatMap((exclusion) =>
      exclusion.kind === "name" ? index.find(exclusion.pieces).map(({ id }) => id) : [],
    ),
  );
  const authors = new Set(excluded.flatMap((exclusion) => (exclusion.kind === "author" ? [exclusion.author] : [])));
  return (id) => ids.has(id) || authors.has(id.slice(0, id.indexOf("/")));
}

function authorOf({ id }: Model): string {
  return id.slice(0, id.indexOf("/"));
}
