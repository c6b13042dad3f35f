import "server-only";
import { getCatalog } from "@/lib/catalog/catalog";
import { renderSettings } from "@/lib/identity/settings/render-settings";
import { settingsPatchOf } from "@/lib/identity/settings/settings-patch";
import { patchSettings, selectSettings } from "@/lib/identity/settings/store";
import { PLUGINS } from "@/lib/plugins/registry";
import { updateSettingsRequestSchema } from "@/lib/schemas/account-settings";
import type { Caller } from "@/lib/schemas/caller";
import { checkSettings } from "../check-settings";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "../http";
import { parseJsonObject } from "../parse-chat-request";
import { parseInput } from "../parse-input";
import { requireKeyKind } from "../require-key-kind";

type Parameters = Readonly<Record<string, string>>;

/** `GET /settings`: what the account has set for all of its requests. */
export async function getSettings(_request: GatewayRequest, _: Parameters, caller: Caller): Promise<GatewayResponse> {
  requireKeyKind(caller, "provisioning");
  // Not the caller's copy: who has just changed something must not be shown the state before it.
  return jsonResponse(200, { data: renderSettings(await selectSettings(caller.accountId)) });
}

/** `PATCH /settings`: changes what the body names and nothing else. It acts on every process within a second. */
export async function updateSettings(request: GatewayRequest, _: Parameters, caller: Caller): Promise<GatewayResponse> {
  requireKeyKind(caller, "provisioning");
  const body = parseInput(updateSettingsRequestSchema, parseJsonObject(request.body));
  checkSettings(body, getCatalog(), PLUGINS);
  const patch = settingsPatchOf(body);
  const { accountId, userId } = caller;
  const settings =
    Object.keys(patch).length === 0 ? await selectSettings(accountId) : await patchSettings(accountId, patch, userId);
  return jsonResponse(200, { data: renderSettings(settings) });
}
