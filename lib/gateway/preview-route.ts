import "server-only";
import { selectSettings } from "@/lib/identity/settings/store";
import { DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import type { PublicPlan } from "@/lib/schemas/public-plan";
import { previewBody, type RoutePreviewRequest } from "@/lib/schemas/route-preview";
import { dryRun } from "./dry-run";

/** A visitor: no account, so no presets and nothing set aside. */
const NOBODY = { accountId: "00000000-0000-0000-0000-000000000000", settings: DEFAULT_ACCOUNT_SETTINGS };

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
