import type { ListedModel } from "@/lib/schemas/listed-model";
import { fitsFilter } from "./fits-filter";
import type { ModelFilter } from "./model-filter";
import { orderBy, orderModels } from "./order-models";
import { searchModels } from "./search-models";

/**
 * The models of a list that fit a filter, in its order. `models` is the whole list, newest first: words are looked for
 * in all of it, so that the other parts of the filter change nothing about what a word finds.
 */
export function filterModels(models: readonly ListedModel[], filter: ModelFilter, nowMs: number): ListedModel[] {
  const scores = searchModels(models, filter.q);
  const fitting = models.filter((model) => scores?.has(model.id) !== false && fitsFilter(model, filter, nowMs));
  const { order, category } = filter;
  if (order !== undefined) return orderModels(fitting, order);
  if (scores !== undefined) return orderBy(fitting, ({ id }) => -(scores.get(id) ?? 0));
  return category === undefined ? fitting : orderBy(fitting, ({ ranks }) => ranks[category]);
}
