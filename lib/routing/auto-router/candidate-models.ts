import type { Model } from "@/lib/schemas/endpoint";
import type { AutoRouterConfig } from "./auto-router-config";
import { matchesModel } from "./matches-model";
import { blendedPriceOf, type KnownStrength } from "./model-strength";

export type CandidateInput = {
  config: Pick<AutoRouterConfig, "allowed" | "excluded" | "maxPrice">;
  pool: readonly KnownStrength[];
  /** Every model of the catalog. */
  catalog: Iterable<Model>;
  /** By id, alias or bare name. */
  findModel: (id: string) => Model | undefined;
};

/** Models for something else than answering people, known by their names: moderation, merging of edits, research. */
const SPECIALIST = /guard|safety|-ocr|-apply|-search|deep-research|ui-tars|embed/;

/**
 * The models that a request leaves to choose from, before anything is said about who can serve them.
 *
 * Without `allowed` the pool. Each pattern of `allowed` takes the models of the pool that fit it; if none does, every
 * chat model of the catalog that fits. A pattern without a wildcard always means its model. Then those that `excluded`
 * names are left out, and those above the price of the tier, unless that is all of them: then the cheapest stays.
 */
export function candidateModels({ config, pool, catalog, findModel }: CandidateInput): Model[] {
  const inPool = pool.map(({ model }) => model);
  const models = [...catalog];
  const allowed =
    config.allowed.length === 0
      ? inPool
      : config.allowed.flatMap((pattern) => {
          if (!pattern.includes("*")) return findModel(pattern) ?? [];
          const known = inPool.filter(({ id }) => matchesModel(pattern, id));
          return known.length > 0
            ? known
            : models.filter((model) => isChatModel(model) && matchesModel(pattern, model.id));
        });
  const kept = [...new Set(allowed)].filter(
    (model) => !isRouter(model) && !config.excluded.some((pattern) => matchesModel(pattern, model.id)),
  );
  const { maxPrice } = config;
  if (maxPrice === undefined) return kept;
  const affordable = kept.filter((model) => blendedPriceOf(model) <= maxPrice);
  return affordable.length > 0 ? affordable : cheapestOf(kept);
}

/** Routers have no price of their own. */
function isRouter({ fact }: Model): boolean {
  return fact.status === "router" || fact.prices.prompt.startsWith("-");
}

function isChatModel({ id, fact }: Model): boolean {
  return (
    fact.status === "active" &&
    fact.variantOf === undefined &&
    !id.includes(":") &&
    fact.outputModalities.length === 1 &&
    fact.outputModalities[0] === "text" &&
    !SPECIALIST.test(id)
  );
}

function cheapestOf(models: readonly Model[]): Model[] {
  const [cheapest] = [...models].sort((a, b) => blendedPriceOf(a) - blendedPriceOf(b));
  return cheapest === undefined ? [] : [cheapest];
}
