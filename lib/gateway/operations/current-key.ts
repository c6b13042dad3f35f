import "server-only";
import { getFreeModelAllowance } from "@/lib/billing/free-requests/free-model-allowance";
import { freeRequestLimitsOf } from "@/lib/billing/free-requests/free-request-limits";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { findApiKey } from "@/lib/identity/api-keys";
import type { Caller } from "@/lib/schemas/caller";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "../http";
import { requireKey } from "../require-key-kind";

/** How the public API writes that there is no limit where a number has to be. */
const NO_LIMIT = -1;

/**
 * `GET /key`: the key that the request was made with, its limit and usage.
 *
 * @throws AppError `forbidden` for a caller without a key; `not_found` when it was deleted a moment ago.
 */
export async function getCurrentKey(
  _request: GatewayRequest,
  _parameters: Readonly<Record<string, string>>,
  caller: Caller,
): Promise<GatewayResponse> {
  const { hash, kind } = requireKey(caller);
  const [key, allowance] = await Promise.all([
    findApiKey(caller.accountId, hash),
    getFreeModelAllowance(caller.accountId, freeRequestLimitsOf(env())),
  ]);
  if (key === null) throw new AppError("not_found", "API key not found");
  const { limit, remaining, used, perMinute } = allowance;
  return jsonResponse(200, {
    data: {
      label: key.label,
      limit: key.limit,
      limit_remaining: key.limit_remaining,
      limit_reset: key.limit_reset,
      include_byok_in_limit: key.include_byok_in_limit,
      usage: key.usage,
      usage_daily: key.usage_daily,
      usage_weekly: key.usage_weekly,
      usage_monthly: key.usage_monthly,
      byok_usage: key.byok_usage,
      byok_usage_daily: key.byok_usage_daily,
      byok_usage_weekly: key.byok_usage_weekly,
      byok_usage_monthly: key.byok_usage_monthly,
      is_free_tier: !allowance.hasPurchased,
      is_management_key: kind === "provisioning",
      is_provisioning_key: kind === "provisioning",
      expires_at: key.expires_at,
      creator_user_id: key.creator_user_id,
      organization_id: null,
      workspace_id: key.workspace_id,
      allowed_data_regions: ["global"],
      free_model_daily_requests: { limit: limit ?? NO_LIMIT, remaining: remaining ?? NO_LIMIT, used },
      // Deprecated in the public API, and still required by its clients.
      rate_limit: {
        requests: perMinute ?? NO_LIMIT,
        interval: "1m",
        note: "Deprecated. Requests to free models alone; -1 is no limit.",
      },
    },
  });
}
