import { renderAutoRouter } from "@/lib/activity/render-auto-router";
import type { RouteRecord } from "@/lib/schemas/route-record";
import type { RouterMetadata } from "@/lib/schemas/router-metadata";
import type { GatewayRequest } from "./http";

/** Whether the caller asked to be told how the request was routed. The second name is an older one. */
export function wantsRouterMetadata({ headers }: GatewayRequest): boolean {
  const wish = headers["x-openrouter-metadata"] ?? headers["x-openrouter-experimental-metadata"];
  return wish?.trim().toLowerCase() === "enabled";
}

/** A route in the form of `openrouter_metadata`. While nobody has answered, no endpoint is selected. */
export function renderRouterMetadata(route: RouteRecord): RouterMetadata {
  const { candidates, excluded, attempts } = route;
  const served = attempts.findLast(({ status, error }) => status < 400 && (error === undefined || error === null));
  const chosen = candidates.findIndex(
    ({ model, endpoint, ownKey }) =>
      served !== undefined && model === served.model && endpoint === served.endpoint && ownKey === served.ownKey,
  );
  return {
    requested: route.requested ?? "",
    strategy: strategyOf(route, served?.model),
    region: null,
    summary: `available=${candidates.length}, selected=${served?.provider ?? "none"}`,
    attempt: attempts.length,
    is_byok: served?.ownKey !== undefined,
    endpoints: {
      total: candidates.length + excluded.length,
      available: candidates.map(({ provider, model }, index) => ({ provider, model, selected: index === chosen })),
    },
    attempts: attempts.map(({ provider, model, status }) => ({ provider, model, status })),
    excluded: excluded.map(({ provider, model, endpoint, rule, reason, fix }) => ({
      provider,
      model,
      endpoint,
      rule,
      reason,
      fix,
    })),
    ...(route.autoRouter === undefined ? {} : { auto_router: renderAutoRouter(route.autoRouter) }),
  };
}

const STRATEGY_OF_ROUTER = new Map<string, RouterMetadata["strategy"]>([
  ["openrouter/auto", "auto"],
  ["openrouter/free", "free"],
  ["openrouter/bodybuilder", "bodybuilder"],
]);

function strategyOf({ requested = "", router, candidates }: RouteRecord, served: string | undefined) {
  const byRouter = router === undefined ? undefined : STRATEGY_OF_ROUTER.get(router);
  if (byRouter !== undefined) return byRouter;
  const [first] = candidates;
  if (served !== undefined && first !== undefined && served !== first.model) return "fallback";
  if (requested.startsWith("~")) return "latest";
  // Dynamic variants are settings, and say nothing about the model.
  const [asked = ""] = requested.split(/[:@]/);
  const isItself = first === undefined || requested === "" || first.model.split(":")[0] === asked;
  return isItself ? "direct" : "alias";
}
