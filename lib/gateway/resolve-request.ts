import type { Catalog } from "@/lib/catalog/build-catalog";
import { type ResolvedModel, resolveModel } from "@/lib/catalog/resolve-model";
import { AppError } from "@/lib/errors";
import { PLUGINS } from "@/lib/plugins/registry";
import { normalizePreferences } from "@/lib/routing/normalize-preferences";
import type { RoutePreferences } from "@/lib/routing/types";
import type { AccountSettings } from "@/lib/schemas/account-settings";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { Model } from "@/lib/schemas/endpoint";
import { applyPluginDefaults, pluginEntriesOf } from "./apply-plugin-defaults";

/** Used when a request names no model and the account has no default, or one that is no longer there. */
const DEFAULT_MODEL = "openrouter/auto";

export type ResolvedRequest = {
  /** With presets, variants and defaults worked in. */
  request: ChatRequest;
  /** The model string as it was asked for. */
  requestedModel: string;
  /** In the order in which they are tried, each once. */
  models: readonly Model[];
  preferences: RoutePreferences;
  router: string | undefined;
  /** What was left out, for the route. */
  notices: readonly string[];
};

/**
 * Turns model strings into candidate models, and works in what the account has set for all of its requests.
 *
 * @throws AppError `invalid_request` when no string means a model: `… is not a valid model ID`.
 * @throws AppError `not_found` for a preset that does not exist.
 */
export function resolveRequest(request: ChatRequest, catalog: Catalog, settings: AccountSettings): ResolvedRequest {
  const asked = [request.model, ...(request.models ?? [])].filter((text) => text !== null && text !== undefined);
  const texts = asked.length === 0 ? [defaultModel(settings, catalog)] : asked;
  refusePresets(request, texts);

  const valid: ResolvedModel[] = [];
  const unknown: string[] = [];
  for (const text of texts) {
    const resolved = resolveModel(catalog, text);
    if (resolved === undefined) unknown.push(text);
    else valid.push(resolved);
  }
  const [requestedModel = DEFAULT_MODEL] = texts;
  if (valid.length === 0) {
    throw new AppError("invalid_request", `${unknown.join(", ")} is not a valid model ID`, {
      metadata: { field: "model" },
    });
  }

  const variants = valid.flatMap((entry) => entry.variants);
  return {
    request: applyPluginDefaults(withVariants(request, variants), settings.plugins, (id) => PLUGINS.has(id)),
    requestedModel,
    models: [...new Set(valid.flatMap((entry) => entry.models))],
    preferences: normalizePreferences(request.provider, variants, settings),
    router: valid.find((entry) => entry.router !== undefined)?.router,
    notices: unknown.map((text) => `${text} is not a valid model ID and was skipped`),
  };
}

/** A model that was the default once and has left the catalog is not what a request asked for: it must not refuse it. */
function defaultModel({ defaultModel: model }: AccountSettings, catalog: Catalog): string {
  return model !== null && resolveModel(catalog, model) !== undefined ? model : DEFAULT_MODEL;
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

function refusePresets(request: ChatRequest, texts: readonly string[]): void {
  const inModel = texts.map((text) => /@preset\/(.*)$/.exec(text)?.[1]).find((slug) => slug !== undefined);
  const slug = request.preset ?? inModel;
  if (slug !== undefined && slug !== null) throw new AppError("not_found", `Preset "${slug}" not found`);
}
