import "server-only";
import { findGenerationResponse } from "@/lib/activity/get-generation";
import { AppError, invalidField } from "@/lib/errors";
import type { Caller } from "@/lib/schemas/caller";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "../http";

/**
 * `GET /generation?id=`: what a generation was and cost, and its route. For every caller of the account it belongs to.
 *
 * @throws AppError `invalid_request` without an id; `not_found` when the account has no such generation.
 */
export async function getGeneration(
  request: GatewayRequest,
  _parameters: Readonly<Record<string, string>>,
  caller: Caller,
): Promise<GatewayResponse> {
  const id = request.query.get("id");
  if (id === null || id === "") throw invalidField("id", "is required");
  const generation = await findGenerationResponse(caller.accountId, id);
  if (generation === null) throw new AppError("not_found", "Generation not found");
  return jsonResponse(200, generation);
}
