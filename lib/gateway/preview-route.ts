import "server-only";
import { selectSettings } from "@/lib/identity/settings/store";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import type { PublicPlan } from "@/lib/schemas/public-plan";
import { previewBody, type RoutePreviewRequest } from "@/lib/schemas/route-preview";
import { dryRun } from "./dry-run";
import { NOBODY } from "./nobody";

/**
 * Where a prompt would go on this installation and what it could cost, for the start page: the plan that `POST /route`
 * gives to a key. Calls no provider, charges nothing.
 *
 * @param accountId whose settings hold; `null`: a visitor, who has none.
 * @throws AppError `invalid_request` for an unknown model.
 */
export async function previewRoute(
  asked: RoutePreviewRequest,
  accountId: string | null,
  nowMs: number,
): Promise<PublicPlan> {
  return dryRun(chatRequestSchema.parse(previewBody(asked)), await askerOf(accountId), { nowMs });
}

async function askerOf(accountId: string | null) {
  if (accountId === null) return NOBODY;
  return { accountId, settings: await selectSettings(accountId) };
}
