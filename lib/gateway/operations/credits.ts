import "server-only";
import { getBalance } from "@/lib/billing/ledger";
import { usdNumber } from "@/lib/money";
import type { Caller } from "@/lib/schemas/caller";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "../http";

/** `GET /credits`: what the account was ever given or bought, and what it has used, in USD. For every caller. */
export async function getCredits(
  _request: GatewayRequest,
  _parameters: Readonly<Record<string, string>>,
  caller: Caller,
): Promise<GatewayResponse> {
  const { creditsNanoUsd, usageNanoUsd } = await getBalance(caller.accountId);
  return jsonResponse(200, {
    data: { total_credits: usdNumber(creditsNanoUsd), total_usage: usdNumber(usageNanoUsd) },
  });
}
