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

/** Prices to choose from, in USD per million tokens: neither what is sent nor what is answered costs more. */
export const MAX_PRICES = [0.5, 1, 2, 5, 15] as const;

export type ModelSearch = {
  query: string;
  filters: readonly ModelFilter[];
  order: ModelOrder;
  /** USD per million tokens; `null` for any price. Prices that are not known are above all. */
  maxPrice: number | null;
};

export const ANY_MODEL: ModelSearch = { query: "", filters: [], order: "newest", maxPrice: null };

/**
 * The models that pass all filters and in whose name or id every word of the query occurs. Those in whose name it stands as
 * it was written come first; otherwise they keep the order.
 */
export function searchModels(models: readonly ChatModel[], search: ModelSearch): readonly ChatModel[] {
  const { query, filters, order, maxPrice } = search;
  const wanted = query.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const found = models.filter((model) => {
    const text = `${model.name} ${model.id}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      filters.every((name) => MODEL_FILTERS[name].keeps(model)) &&
      (maxPrice === null || Math.max(...pricesOf(model)) <= maxPrice)
    );
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

function priceOf(model: ChatModel): number {
  const [prompt, completion] = pricesOf(model);
  return prompt + completion;
}

/** A price that is not known is above all. */
function pricesOf({ promptPrice, completionPrice }: ChatModel): [number, number] {
  const known = (price: number) => (price < 0 ? Number.POSITIVE_INFINITY : price);
  return [known(promptPrice), known(completionPrice)];
}

/** The one model that somebody means by a part of its name. */
export function findModel(models: readonly ChatModel[], query: string): ChatModel | undefined {
  return query.trim() === "" ? undefined : searchModels(models, { ...ANY_MODEL, query })[0];
}
