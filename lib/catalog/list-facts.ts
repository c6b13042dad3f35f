import { authorOf } from "@/lib/model-list/author-of";
import { perMillion } from "@/lib/money";
import type { ModelFact } from "@/lib/schemas/catalog";
import type { Model } from "@/lib/schemas/endpoint";
import { CATEGORIES, type Category, type ListedModel, REGIONS } from "@/lib/schemas/listed-model";
import type { Catalog } from "./build-catalog";
import { endpointRegions } from "./endpoint-regions";

/** What the catalog says of a model in a list; the rest changes from moment to moment. */
export type ListFacts = Omit<ListedModel, "isReachable" | "throughput" | "latencyMs" | "weeklyTokens">;

const MAX_DESCRIPTION_CHARS = 200;

/** All models of the catalog as lists show them, newest first. */
export function listFacts(catalog: Catalog): ListFacts[] {
  const places = new Map(
    CATEGORIES.map((category) => [
      category,
      new Map((catalog.rankings.get(category) ?? []).map((id, i) => [id, i + 1])),
    ]),
  );
  return [...catalog.models.values()].map((model) => {
    const ranks: Partial<Record<Category, number>> = {};
    for (const [category, ranking] of places) {
      const rank = ranking.get(model.id);
      if (rank !== undefined) ranks[category] = rank;
    }
    // Requests to an alias go where those to its model go.
    const target = model.fact.aliasOf === undefined ? model : (catalog.models.get(model.fact.aliasOf) ?? model);
    return factsOf(model, target.endpoints, ranks);
  });
}

function factsOf({ id, fact }: Model, endpoints: Model["endpoints"], ranks: ListFacts["ranks"]): ListFacts {
  const regions = new Set(endpoints.flatMap((endpoint) => endpointRegions(endpoint.fact, endpoint.provider.fact)));
  return {
    id,
    name: fact.name,
    author: authorOf(id),
    series: fact.tokenizer,
    status: fact.status,
    createdSeconds: fact.createdSeconds,
    description: shortened(fact.description ?? ""),
    contextTokens: fact.contextTokens,
    maxOutputTokens: fact.maxOutputTokens ?? longestOutputOf(endpoints),
    ...pricesOf(fact),
    inputModalities: fact.inputModalities,
    outputModalities: fact.outputModalities,
    supportedParameters: fact.supportedParameters,
    providers: [...new Set(endpoints.map(({ provider }) => provider.slug))].sort(),
    regions: REGIONS.filter((region) => regions.has(region)),
    zdr: endpoints.some(({ provider }) => provider.fact.dataPolicy?.zeroDataRetention === true),
    distillable: fact.distillation?.allowed === true,
    ranks,
    benchmarks: fact.benchmarks ?? {},
  };
}

/** A model that is charged by the picture has zeros where others have prices of tokens; it is not free for that. */
function pricesOf({
  prices,
  imagePrice,
}: ModelFact): Pick<ListFacts, "promptPrice" | "completionPrice" | "picturePrice"> {
  const prompt = perMillion(prices.prompt);
  const completion = perMillion(prices.completion);
  if (imagePrice === undefined || prompt !== 0 || completion !== 0) {
    return { promptPrice: prompt, completionPrice: completion, picturePrice: undefined };
  }
  const picturePrice = { usd: Number(imagePrice.first), unit: imagePrice.unit };
  return { promptPrice: undefined, completionPrice: undefined, picturePrice };
}

function longestOutputOf(endpoints: Model["endpoints"]): number | undefined {
  const known = endpoints.flatMap(({ maxOutputTokens }) => maxOutputTokens ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}

function shortened(text: string): string {
  if (text.length <= MAX_DESCRIPTION_CHARS) return text;
  const cut = text.slice(0, MAX_DESCRIPTION_CHARS);
  return `${cut.slice(0, cut.lastIndexOf(" "))} …`;
}
