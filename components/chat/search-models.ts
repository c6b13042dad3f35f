import type { ChatModel } from "@/lib/schemas/chat-model";

/** The models in whose name or id every word of `query` occurs, in the order they came in. */
export function searchModels(models: readonly ChatModel[], query: string): readonly ChatModel[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return models;
  return models.filter((model) => {
    const text = `${model.name} ${model.id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
