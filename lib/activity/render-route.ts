import type { PublicAttempt, PublicRoute } from "@/lib/schemas/public-route";
import type { RouteRecord } from "@/lib/schemas/route-record";
import { renderAutoRouter } from "./render-auto-router";

/** The public form of a route. */
export function renderRoute({
  requested,
  strategy,
  router,
  presets,
  autoRouter,
  webSearch,
  candidates,
  excluded,
  attempts,
  notices,
}: RouteRecord): PublicRoute {
  return {
    ...(requested === undefined ? {} : { requested }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(router === undefined ? {} : { router }),
    ...(presets === undefined ? {} : { presets: presets.map(({ slug, version }) => ({ slug, version })) }),
    ...(autoRouter === undefined ? {} : { auto_router: renderAutoRouter(autoRouter) }),
    ...(webSearch === undefined ? {} : { web_search: webSearch }),
    candidates: candidates.map(({ model, provider, endpoint, probability, score, clampedMaxTokens, ownKey }) => ({
      model,
      provider,
      endpoint,
      probability,
      score,
      ...(clampedMaxTokens === undefined ? {} : { clamped_max_tokens: clampedMaxTokens }),
      ...renderOwnKey(ownKey),
    })),
    excluded,
    attempts: attempts.map(renderAttempt),
    notices,
  };
}

/** The public form of one attempt. */
export function renderAttempt(attempt: RouteRecord["attempts"][number]): PublicAttempt {
  const { model, provider, endpoint, status, latencyMs, error, droppedParameters, sandbox, ownKey } = attempt;
  return {
    model,
    provider,
    endpoint,
    status,
    latency_ms: latencyMs,
    ...(error === undefined ? {} : { error }),
    ...(droppedParameters === undefined ? {} : { dropped_parameters: droppedParameters }),
    ...(sandbox === undefined ? {} : { sandbox }),
    ...renderOwnKey(ownKey),
  };
}

function renderOwnKey(ownKey: string | undefined): { is_byok?: true; byok_key?: string } {
  return ownKey === undefined ? {} : { is_byok: true, byok_key: ownKey };
}
