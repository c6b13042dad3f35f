import type { RoutePlan } from "@/lib/routing/types";
import type { RouteRecord } from "@/lib/schemas/route-record";
import type { PaidCandidate } from "./reserve-credit";
import type { ResolvedRequest } from "./resolve-request";

/** What is kept of how a request was routed. Never any prompt text. */
export function newRouteRecord(
  resolved: ResolvedRequest,
  plan: RoutePlan,
  candidates: readonly PaidCandidate[],
): RouteRecord {
  return {
    requested: resolved.requestedModel,
    ...(resolved.request.provider == null ? {} : { preferences: resolved.request.provider }),
    ...(plan.kind === "route" ? { strategy: plan.strategy } : {}),
    candidates: candidates.map(({ model, endpoint, ownKey, probability, score, clamped, maxTokens }) => ({
      model: model.id,
      provider: endpoint.provider.name,
      endpoint: endpoint.tag,
      probability: Math.round(probability * 1e6) / 1e6,
      score,
      ...(ownKey === undefined ? {} : { ownKey: ownKey.name }),
      ...(clamped && maxTokens !== undefined ? { clampedMaxTokens: maxTokens } : {}),
    })),
    excluded: [...plan.excluded],
    attempts: [],
    notices: [...resolved.notices],
    ...(resolved.router === undefined ? {} : { router: resolved.router }),
    ...(resolved.presets.length === 0
      ? {}
      : { presets: resolved.presets.map(({ id, slug, version }) => ({ id, slug, version })) }),
    ...(resolved.autoRouter === undefined ? {} : { autoRouter: resolved.autoRouter }),
  };
}
