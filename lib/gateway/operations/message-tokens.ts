import type { Caller } from "@/lib/schemas/caller";
import { countPromptTokens } from "../count-tokens";
import { readMessages } from "../doors/messages/read-messages";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "../http";
import { mediaTokensOf } from "../media-tokens";
import { requireKeyKind } from "../require-key-kind";
import { routeRequest } from "../route-request";
import { tokenFamilyOf } from "../token-families";

/**
 * `POST /messages/count_tokens`: how many tokens a message would have, by the tokenizer that is nearest to the model's. Calls no provider and
 * charges nothing.
 *
 * @throws AppError `invalid_request` as `POST /messages`; `forbidden` for a provisioning key.
 */
export async function countMessageTokens(
  request: GatewayRequest,
  _parameters: Readonly<Record<string, string>>,
  caller: Caller,
): Promise<GatewayResponse> {
  requireKeyKind(caller, "inference");
  // Presets may add to the prompt, and an unknown model is to be told here as well.
  const { resolved } = await routeRequest(readMessages(request.body).request, caller, {
    sessionHeader: request.headers["x-session-id"],
    nowMs: request.receivedMs,
  });
  const [model] = resolved.models;
  const words = await countPromptTokens(resolved.request, model === undefined ? undefined : tokenFamilyOf(model));
  const tokens = resolved.request.messages.reduce((sum, message) => sum + mediaTokensOf(message), words);
  return jsonResponse(200, { input_tokens: tokens });
}
