import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { PublicPlan } from "@/lib/schemas/public-plan";
import { renderPlan } from "./render-plan";
import { type RouteCaller, routeRequest } from "./route-request";

/**
 * Where this request of this caller would go now, why, and what it could cost: the answer of `POST /route`, and what the
 * pages show. Calls no provider and charges nothing; a request that no endpoint may serve has an answer too.
 *
 * @throws AppError `invalid_request`, `not_found` as a real request.
 */
export async function dryRun(
  request: ChatRequest,
  caller: RouteCaller,
  { sessionHeader, nowMs }: { sessionHeader?: string | undefined; nowMs: number },
): Promise<PublicPlan> {
  return renderPlan(await routeRequest(request, caller, { sessionHeader, nowMs }));
}
