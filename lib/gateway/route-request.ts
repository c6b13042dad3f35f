import { getCatalog } from "@/lib/catalog/catalog";
import { findPresets } from "@/lib/presets/find-presets";
import type { RoutePlan } from "@/lib/routing/types";
import type { Caller } from "@/lib/schemas/caller";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { BODY_BUILDER, bodyBuilderPlan } from "./body-builder-plan";
import { chooseAutoModels } from "./choose-auto-models";
import { Conversation } from "./conversation";
import { needsOf, type PromptNeeds } from "./needs-of";
import { findOwnKeys, ownWaysOf } from "./own-keys";
import { planRequest } from "./plan-request";
import { type ResolvedRequest, resolveRequest } from "./resolve-request";
import { selectModels } from "./select-models";

/** Whose request it is. Without a person or an API key, own keys that are kept to some of those are left out. */
export type RouteCaller = Pick<Caller, "accountId" | "settings"> & Partial<Pick<Caller, "userId" | "key">>;

export type RoutedRequest = { resolved: ResolvedRequest; plan: RoutePlan; needs: PromptNeeds };

/**
 * Resolves and plans a request without sending it: what a dry run shows is decided by the stages that a real one passes.
 *
 * @throws AppError `invalid_request`, `not_found` as these stages do.
 */
export async function routeRequest(
  request: ChatRequest,
  caller: RouteCaller,
  { sessionHeader, nowMs }: { sessionHeader: string | undefined; nowMs: number },
): Promise<RoutedRequest> {
  const presets = await findPresets(request, caller.accountId, nowMs);
  const resolved = selectModels(
    resolveRequest(request, getCatalog(), { settings: caller.settings, presets }),
    undefined,
  );
  const building = bodyBuilderPlan(resolved);
  if (building !== undefined) {
    return { resolved: { ...resolved, router: BODY_BUILDER }, plan: building, needs: needsOf(resolved.request) };
  }
  const conversation = new Conversation(caller.accountId, resolved.request, sessionHeader);
  const own = await findOwnKeys(caller.accountId, nowMs);
  const ownWays =
    own === undefined ? undefined : ownWaysOf(own, { userId: caller.userId ?? null, key: caller.key ?? null });
  const chosen = await chooseAutoModels({ ...resolved, ownWays }, conversation, nowMs, true);
  const { plan, needs } = await planRequest(chosen, conversation, nowMs);
  return { resolved: chosen, plan, needs };
}
