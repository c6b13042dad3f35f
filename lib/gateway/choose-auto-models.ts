import type { Catalog } from "@/lib/catalog/build-catalog";
import { getCatalog } from "@/lib/catalog/catalog";
import { findModel } from "@/lib/catalog/resolve-model";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { askNotDiamond } from "@/lib/providers/not-diamond";
import { type AutoRouterConfig, autoRouterConfigOf } from "@/lib/routing/auto-router/auto-router-config";
import { candidateModels } from "@/lib/routing/auto-router/candidate-models";
import { conversationOf } from "@/lib/routing/auto-router/conversation";
import { type Judgement, judgeConversation } from "@/lib/routing/auto-router/judge-conversation";
import {
  blendedPriceOf,
  type KnownStrength,
  knownStrengths,
  strengthOf,
} from "@/lib/routing/auto-router/model-strength";
import { type RankedModel, rankModels } from "@/lib/routing/auto-router/rank-models";
import { routerWeights } from "@/lib/routing/auto-router/trained-weights";
import type { Model } from "@/lib/schemas/endpoint";
import type { AutoRouterRecord } from "@/lib/schemas/route-record";
import { ableModels } from "./able-models";
import { findAutoModel, noteAutoModel } from "./auto-affinity";
import type { Conversation } from "./conversation";
import type { ResolvedRequest } from "./resolve-request";

export const AUTO_ROUTER = "openrouter/auto";
/** The chosen model and its fallbacks. More would hold credit for models that are never reached. */
const MAX_MODELS = 4;
/** From this trade-off on Not Diamond is asked for a cheap model that is good enough, below for the best. */
const CHEAP_TRADEOFF = 5;

/**
 * Puts real models in the place of `openrouter/auto`: the one that suits the conversation, then the next best as
 * fallbacks. A request for other models comes back as it is.
 *
 * A conversation stays on its model while that can serve it. When none of the models to choose from can, all are left
 * in, so that planning tells why.
 *
 * `isRehearsal`: for a plan that is only looked at. Nobody is asked, nothing is remembered.
 *
 * @throws AppError `invalid_request` when `allowed_models` and `excluded_models` leave no model at all.
 */
export async function chooseAutoModels(
  resolved: ResolvedRequest,
  conversation: Conversation,
  nowMs: number,
  isRehearsal = false,
): Promise<ResolvedRequest> {
  if (!resolved.models.some(({ id }) => id === AUTO_ROUTER)) return resolved;
  const catalog = getCatalog();
  const config = autoRouterConfigOf(resolved.request);
  const known = strengthsOf(catalog);
  const candidates = candidateModels({
    config,
    pool: known,
    catalog: catalog.models.values(),
    findModel: (id) => findModel(catalog, id),
  });
  if (candidates.length === 0) throw nothingAllowed();

  const able = await ableModels(resolved, candidates);
  const judgement = judgeConversation(conversationOf(resolved.request), routerWeights());
  const ranking = rankingOf(able, known, judgement, config);
  if (ranking.length === 0) return replaced(resolved, candidates, { notices: [] });

  const remembered = config.pinned ? findAutoModel(conversation, config, nowMs) : undefined;
  const choice: Choice =
    remembered !== undefined && ranking.some(({ id }) => id === remembered)
      ? { model: remembered, by: "conversation", notices: [] }
      : await chooseNew(ranking, resolved, config, isRehearsal);
  if (config.pinned && !isRehearsal) noteAutoModel(conversation, config, choice.model, nowMs);
  const order = [choice.model, ...ranking.map(({ id }) => id).filter((id) => id !== choice.model)].slice(0, MAX_MODELS);
  return replaced(
    resolved,
    order.flatMap((id) => catalog.models.get(id) ?? []),
    {
      notices: choice.notices,
      autoRouter: {
        difficulty: judgement.difficulty,
        taskType: judgement.taskType,
        taskTypeProbability: judgement.taskTypeProbability,
        tradeoff: config.tradeoff,
        chosenBy: choice.by,
        scores: ranking.map(({ id, score }) => ({ model: id, score })),
        features: [...judgement.features],
      },
    },
  );
}

/** The pool's strengths are looked up for every request, and change with the catalog only. */
const strengthsByCatalog = new WeakMap<Catalog, readonly KnownStrength[]>();

function strengthsOf(catalog: Catalog): readonly KnownStrength[] {
  const known =
    strengthsByCatalog.get(catalog) ?? knownStrengths(catalog.autoRouterPool, (id) => catalog.models.get(id));
  strengthsByCatalog.set(catalog, known);
  return known;
}

function rankingOf(
  models: readonly Model[],
  known: readonly KnownStrength[],
  judgement: Judgement,
  { tradeoff }: AutoRouterConfig,
): RankedModel[] {
  const candidates = models.map((model) => ({
    id: model.id,
    price: blendedPriceOf(model),
    ...strengthOf(model, known),
  }));
  return rankModels(candidates, judgement, tradeoff);
}

type Choice = { model: string; by: AutoRouterRecord["chosenBy"]; notices: readonly string[] };

/** Not Diamond's choice where it is configured, else the best of the ranking. */
async function chooseNew(
  ranking: readonly RankedModel[],
  { request, preferences }: ResolvedRequest,
  { tradeoff }: AutoRouterConfig,
  isRehearsal: boolean,
): Promise<Choice> {
  const models = ranking.map(({ id }) => id);
  const [best] = models;
  if (best === undefined) throw new Error("a ranking has at least one model");
  const local = (notices: readonly string[]): Choice => ({ model: best, by: "local", notices });
  const { NOTDIAMOND_API_KEY: apiKey, NOTDIAMOND_BASE_URL: baseUrl } = env();
  if (apiKey === undefined || isRehearsal || models.length === 1) return local([]);
  // It is one more party that would see the prompt.
  if (preferences.denyDataCollection || preferences.zeroDataRetention || preferences.accountZeroDataRetention) {
    return local(["Not Diamond was not asked, since the request's data policy forbids it"]);
  }
  const preferCheap = tradeoff >= CHEAP_TRADEOFF;
  const answer = await askNotDiamond({ baseUrl, apiKey, messages: request.messages, models, preferCheap });
  return answer.kind === "failed" ? local([answer.notice]) : { model: answer.model, by: "not-diamond", notices: [] };
}

/** Models that the request names beside the router keep their places. */
function replaced(
  resolved: ResolvedRequest,
  models: readonly Model[],
  { notices, autoRouter }: { notices: readonly string[]; autoRouter?: AutoRouterRecord },
): ResolvedRequest {
  const sort = resolved.variantSorts.get(AUTO_ROUTER);
  return {
    ...resolved,
    models: [...new Set(resolved.models.flatMap((model) => (model.id === AUTO_ROUTER ? models : model)))],
    // `openrouter/auto:nitro` is an order of the endpoints of whatever model is chosen.
    variantSorts:
      sort === undefined
        ? resolved.variantSorts
        : new Map([...models.map(({ id }) => [id, sort] as const), ...resolved.variantSorts]),
    router: AUTO_ROUTER,
    notices: [...resolved.notices, ...notices],
    ...(autoRouter === undefined ? {} : { autoRouter }),
  };
}

function nothingAllowed(): AppError {
  const message = "The Auto Router has no model left: allowed_models and excluded_models leave none of the catalog";
  return new AppError("invalid_request", message, { metadata: { field: "plugins" } });
}
