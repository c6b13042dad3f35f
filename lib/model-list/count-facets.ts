import type { ListedModel } from "@/lib/schemas/listed-model";
import { fitsFilter } from "./fits-filter";
import { ALL_OUTPUTS, type ModelFilter } from "./model-filter";
import { searchModels } from "./search-models";

/** How many models are left when a value is chosen as well, by value. */
type Counts = ReadonlyMap<string, number>;

export type FacetCounts = Readonly<
  Record<"inputModalities" | "outputModalities" | "supportedParameters" | "series" | "providers" | "authors", Counts>
>;

/**
 * Counts what each further choice would leave. Among alternatives (series, providers, authors) a choice adds to what is
 * chosen already, so they are counted as if none of them were.
 */
export function countFacets(models: readonly ListedModel[], filter: ModelFilter, nowMs: number): FacetCounts {
  const scores = searchModels(models, filter.q);
  const searched = scores === undefined ? models : models.filter(({ id }) => scores.has(id));
  const count = (values: (model: ListedModel) => readonly string[], changes: Partial<ModelFilter>): Counts => {
    const counts = new Map<string, number>();
    const widened = { ...filter, ...changes };
    for (const model of searched) {
      if (!fitsFilter(model, widened, nowMs)) continue;
      for (const value of values(model)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  };
  return {
    inputModalities: count(({ inputModalities }) => inputModalities, {}),
    outputModalities: count(
      ({ outputModalities }) => outputModalities,
      filter.outputModalities.length === 0 ? { outputModalities: [ALL_OUTPUTS] } : {},
    ),
    supportedParameters: count(({ supportedParameters }) => supportedParameters, {}),
    series: count(({ series }) => [series.toLowerCase()], { series: [] }),
    providers: count(({ providers }) => providers, { providers: [] }),
    authors: count(({ author }) => [author], { authors: [] }),
  };
}
