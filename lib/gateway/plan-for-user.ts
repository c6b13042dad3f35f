import "server-only";
import { selectSettings } from "@/lib/identity/settings/store";
import type { PublicPlan } from "@/lib/schemas/public-plan";
import { dryRun } from "./dry-run";
import { parseChatRequest } from "./parse-chat-request";

/**
 * The dry run of a request body as it would go over the wire, for whoever is signed in: with the settings and presets of
 * the account, as a key of it would get it from `POST /route`.
 *
 * @throws AppError `invalid_request` that names the first wrong field, `not_found` as a real request.
 */
export async function planForUser(body: Uint8Array, accountId: string, nowMs: number): Promise<PublicPlan> {
  const request = parseChatRequest(body);
  return dryRun(request, { accountId, settings: await selectSettings(accountId) }, { nowMs });
}
