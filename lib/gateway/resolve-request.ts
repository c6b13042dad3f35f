import type { Catalog } from "@/lib/catalog/build-catalog";
import { explainUnknownModel } from "@/lib/catalog/explain-unknown-model";
import { type ResolvedModel, resolveModel } from "@/lib/catalog/resolve-model";
import { AppError } from "@/lib/errors";
import { PLUGINS } from "@/lib/plugins/registry";
import { mergePresets } from "@/lib/presets/merge-presets";
import { normalizePreferences } from "@/lib/routing/normalize-preferences";
import type { PlanInput, RoutePreferences } from "@/lib/routing/types";
import type { AccountSettings } from "@/lib/schemas/account-settings";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { Model } from "@/lib/schemas/endpoint";
import type { UsablePreset } from "@/lib/schemas/preset";
import type { SortWord } from "@/lib/schemas/provider-preferences";
import type { AutoRouterRecord } from "@/lib/schemas/route-record";
import { applyPluginDefaults, pluginEntriesOf } from "./apply-plugin-defaults";
import { applyTransforms } from "./apply-transforms";
import { checkAcrossFields } from "./check-across-fields";
import { checkMedia } from "./check-media";
import { liftSearchTools } from "./lift-search-tools";

/** Used when a request names no model and the account has no default, or one that is no longer there. */
export const DEFAULT_MODEL = "openrouter/auto";

export type ResolvedRequest = {
  /** With presets, variants and defaults worked in. */
  request: ChatRequest;
  /** The model string as it was asked for. */
  requestedModel: string;
  /** In the order in which they are tried, each once. */
  models: readonly Model[];
  preferences: RoutePreferences;
  /** By model id: the order that the variant in its string asks for. */
  variantSorts: ReadonlyMap<string, SortWord>;
  /** The presets that were worked in. */
  presets: readonly UsablePreset[];
  router: string | undefined;
  /** How the Auto Router chose; absent until it has. */
  autoRouter?: AutoRouterRecord;
  /** What was left out, for the route. */
  notices: readonly string[];
  /** What the account's own provider keys mean for endpoints; absent: it has none. */
  ownWays?: PlanInput["ownWays"];
};

/** What an account adds to a request. */
export type AccountDefaults = {
  settings: AccountSettings;
  /** By slug: all that the request names. */
  presets: ReadonlyMap<string, UsablePreset>;
};

/**
 * Turns model strings into candidate models, and works in what the account adds: presets, and what is set for all of
 * its requests.
 *
 * @throws AppError `invalid_request` when no string means a model: `… is not a valid model ID`.
 * @throws AppError `invalid_request` for fields that do not go together, those of presets among them.
 */
export function resolveRequest(
  asked: ChatRequest,
  catalog: Catalog,
  { settings, presets }: AccountDefaults,
): ResolvedRequest {
  const request = liftSearchTools(mergePresets(asked, presets));
  checkAcrossFields(request);
  checkMedia(request);
  const named = modelStringsOf(request);
  const texts = named.length === 0 ? defaultModels(settings, catalog) : named;

  const valid: ResolvedModel[] = [];
  const unknown: string[] = [];
  for (const text of texts) {
    const resolved = resolveModel(catalog, text);
    if (resolved === undefined) unknown.push(text);
    else valid.push(resolved);
  }
  const [requestedModel = DEFAULT_MODEL] = [...modelStringsOf(asked), ...texts];
  if (valid.length === 0) {
    const message = unknown.map((text) => explainUnknownModel(catalog, text)).join("; ");
    throw new AppError("invalid_request", message, { metadata: { field: "model" } });
  }

  const variants = valid.flatMap((entry) => entry.variants);
  return {
    request: applyPluginDefaults(applyTransforms(withVariants(request, variants)), settings.plugins, (id) =>
      PLUGINS.has(id),
    ),
    requestedModel,
    models: [...new Set(valid.flatMap((entry) => entry.models))],
    preferences: normalizePreferences(request.provider, request.route, settings),
    variantSorts: variantSortsOf(valid),
    presets: [...presets.values()],
    router: valid.find((entry) => entry.router !== undefined)?.router,
    notices: unknown.map((text) => explainUnknownModel(catalog, text, "is not a valid model ID and was skipped")),
  };
}

function modelStringsOf({ model, models }: ChatRequest): string[] {
  return [model, ...(models ?? [])].filter((text) => text !== null && text !== undefined);
}

/** A model that was the default once and has left the catalog is not what a request asked for: it must not refuse it. */
function defaultModels({ defaultModel: model }: AccountSettings, catalog: Catalog): string[] {
  if (model === null) return [DEFAULT_MODEL];
  return resolveModel(catalog, model) === undefined ? [model, DEFAULT_MODEL] : [model];
}

/** `:thinking` asks for reasoning, `:online` for web search; what the request says itself wins. */
function withVariants(request: ChatRequest, variants: readonly string[]): ChatRequest {
  if (variants.length === 0) return request;
  const changes: Partial<ChatRequest> = {};
  if (variants.includes("thinking") && request.reasoning == null && request.reasoning_effort == null) {
    changes.reasoning = { enabled: true };
  }
  if (variants.includes("online")) {
    const plugins = pluginEntriesOf(request);
    if (!plugins.some(({ id }) => id === "web")) changes.plugins = [...plugins, { id: "web" }];
  }
  return { ...request, ...changes };
}

/** `:nitro` and `:floor` are orders of the one model that carries them; others of the list keep their own. */
function variantSortsOf(resolved: readonly ResolvedModel[]): ReadonlyMap<string, SortWord> {
  const sorts = new Map<string, SortWord>();
  for (const { models, variants } of resolved) {
    const sort = variants.includes("nitro") ? "throughput" : variants.includes("floor") ? "price" : undefined;
    if (sort !== undefined) for (const { id } of models) if (!sorts.has(id)) sorts.set(id, sort);
  }
  return sorts;
}
