import type { Caller } from "@/lib/schemas/caller";
import { dryRun } from "../dry-run";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "../http";
import { parseChatRequest } from "../parse-chat-request";
import { requireKeyKind } from "../require-key-kind";

/**
 * `POST /route`: where a chat completion with this body would go, why, and what it could cost. Calls no provider and
 * charges nothing. A request that no endpoint may serve is answered too, with every reason.
 *
 * @throws AppError `invalid_request` as `POST /chat/completions`; `forbidden` for a provisioning key.
 */
export async function explainRoute(
  request: GatewayRequest,
  _parameters: Readonly<Record<string, string>>,
  caller: Caller,
): Promise<GatewayResponse> {
  requireKeyKind(caller, "inference");
  const data = await dryRun(parseChatRequest(request.body), caller, {
    sessionHeader: request.headers["x-session-id"],
    nowMs: request.receivedMs,
  });
  return jsonResponse(200, { data });
}
