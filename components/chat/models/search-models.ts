import type { ChatModel } from "@/lib/schemas/chat-model";

export const MODEL_FILTERS = {
  free: { label: "Free", keeps: ({ isFree }: ChatModel) => isFree },
  image: { label: "Sees images", keeps: ({ inputs }: ChatModel) => inputs.includes("image") },
  file: { label: "Reads files", keeps: ({ inputs }: ChatModel) => inputs.includes("file") },
  audio: { label: "Hears", keeps: ({ inputs }: ChatModel) => inputs.includes("audio") },
  draws: { label: "Draws", keeps: ({ outputs }: ChatModel) => outputs.includes("image") },
  tools: { label: "Tools", keeps: ({ usesTools }: ChatModel) => usesTools },
  reasons: { label: "Reasons", keeps: ({ reasons }: ChatModel) => reasons },
} as const;

export type ModelFilter = keyof typeof MODEL_FILTERS;
export type ModelOrder = "newest" | "cheapest" | "context";

/**
 * The models that pass all filters and in whose name or id every word of `query` occurs. Those in whose name it stands as
 * it was written come first; otherwise they keep the order.
 */
export function searchModels(
  models: readonly ChatModel[],
  query: string,
  filters: readonly ModelFilter[] = [],
  order: ModelOrder = "newest",
): readonly ChatModel[] {
  const wanted = query.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const found = models.filter((model) => {
    const text = `${model.name} ${model.id}`.toLowerCase();
    return words.every((word) => text.includes(word)) && filters.every((name) => MODEL_FILTERS[name].keeps(model));
  });
  const rank = ({ name, id }: ChatModel) =>
    id === wanted ? 0 : wanted !== "" && `${name} ${id}`.toLowerCase().includes(wanted) ? 1 : 2;
  return found.toSorted((one, other) => rank(one) - rank(other) || compare(one, other, order));
}

function compare(one: ChatModel, other: ChatModel, order: ModelOrder): number {
  switch (order) {
    case "newest":
      return 0;
    case "cheapest":
      return priceOf(one) - priceOf(other);
    case "context":
      return other.contextTokens - one.contextTokens;
  }
}

/** A price that is not known comes last. */
function priceOf({ promptPrice, completionPrice }: ChatModel): number {
  return promptPrice < 0 || completionPrice < 0 ? Number.POSITIVE_INFINITY : promptPrice + completionPrice;
}

/** The one model that somebody means by a part of its name. */
export function findModel(models: readonly ChatModel[], query: string): ChatModel | undefined {
  return query.trim() === "" ? undefined : searchModels(models, query)[0];
}
