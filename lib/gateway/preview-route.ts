import "server-only";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import type { PublicPlan } from "@/lib/schemas/public-plan";
import { PREVIEW_OUTPUT_TOKENS, type RoutePreviewRequest } from "@/lib/schemas/route-preview";
import { NOBODY } from "./nobody";
import { renderPlan } from "./render-plan";
import { routeRequest } from "./route-request";

const SAMPLE_TOOL = { type: "function", function: { name: "look_up", parameters: { type: "object", properties: {} } } };

/**
 * Where a prompt would go on this installation and what it could cost, for the start page: the plan that `POST /route`
 * gives to a key. Calls no provider, charges nothing.
 *
 * @throws AppError `invalid_request` for an unknown model.
 */
export async function previewRoute(asked: RoutePreviewRequest, nowMs: number): Promise<PublicPlan> {
  const { model, prompt, sort, denyDataCollection, withTools } = asked;
  const request = chatRequestSchema.parse({
    model,
    messages: [{ role: "user", content: prompt }],
    max_tokens: PREVIEW_OUTPUT_TOKENS,
    provider: {
      ...(sort === "balance" ? {} : { sort }),
      ...(denyDataCollection ? { data_collection: "deny" } : {}),
    },
    ...(withTools ? { tools: [SAMPLE_TOOL] } : {}),
  });
  return renderPlan(await routeRequest(request, NOBODY, { sessionHeader: undefined, nowMs }));
}
