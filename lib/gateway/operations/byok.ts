import "server-only";
import {
  createCredential,
  removeCredential,
  renderCredential,
  requireCredential,
  updateCredential,
} from "@/lib/byok/credentials";
import { selectCredentials } from "@/lib/byok/store";
import { invalidField } from "@/lib/errors";
import type { Caller } from "@/lib/schemas/caller";
import {
  createCredentialRequestSchema,
  listCredentialsQuerySchema,
  updateCredentialRequestSchema,
} from "@/lib/schemas/provider-credential";
import { checkAllowedModels, checkKey, requireKeyedProvider } from "../check-credential";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "../http";
import { parseJsonObject } from "../parse-chat-request";
import { parseInput } from "../parse-input";
import { requireKeyKind } from "../require-key-kind";

type Parameters = Readonly<Record<string, string>>;

/** `GET /byok`: the account's provider keys, by provider and in the order in which they are tried. */
export async function listProviderKeys(
  request: GatewayRequest,
  _: Parameters,
  caller: Caller,
): Promise<GatewayResponse> {
  requireKeyKind(caller, "provisioning");
  const { workspace_id, ...page } = parseInput(listCredentialsQuerySchema, Object.fromEntries(request.query));
  // A filter: of another account's there are none to see here.
  if (workspace_id !== undefined && workspace_id !== caller.accountId) {
    return jsonResponse(200, { data: [], total_count: 0 });
  }
  const { rows, totalCount } = await selectCredentials(caller.accountId, page);
  return jsonResponse(200, { data: rows.map(renderCredential), total_count: totalCount });
}

/** `POST /byok`: stores a provider key, encrypted. */
export async function createProviderKey(
  request: GatewayRequest,
  _: Parameters,
  caller: Caller,
): Promise<GatewayResponse> {
  requireKeyKind(caller, "provisioning");
  const { workspace_id, ...given } = parseInput(createCredentialRequestSchema, parseJsonObject(request.body));
  if (workspace_id !== undefined && workspace_id !== caller.accountId) {
    throw invalidField("workspace_id", "is not a workspace of this key");
  }
  checkKey(requireKeyedProvider(given.provider), given.key);
  checkAllowedModels(given.allowed_models);
  return jsonResponse(201, { data: renderCredential(await createCredential(caller, given)) });
}

/** `GET /byok/{id}` */
export async function getProviderKey(
  _: GatewayRequest,
  parameters: Parameters,
  caller: Caller,
): Promise<GatewayResponse> {
  requireKeyKind(caller, "provisioning");
  return jsonResponse(200, { data: renderCredential(await requireCredential(caller.accountId, idOf(parameters))) });
}

/** `PATCH /byok/{id}`: changes what the body names and nothing else. */
export async function updateProviderKey(
  request: GatewayRequest,
  parameters: Parameters,
  caller: Caller,
): Promise<GatewayResponse> {
  requireKeyKind(caller, "provisioning");
  const { id, provider } = await requireCredential(caller.accountId, idOf(parameters));
  const given = parseInput(updateCredentialRequestSchema, parseJsonObject(request.body));
  if (given.key !== undefined) checkKey(requireKeyedProvider(provider), given.key);
  checkAllowedModels(given.allowed_models);
  return jsonResponse(200, { data: renderCredential(await updateCredential(caller, id, given)) });
}

/** `DELETE /byok/{id}`: for good, with its secret. */
export async function deleteProviderKey(
  _: GatewayRequest,
  parameters: Parameters,
  caller: Caller,
): Promise<GatewayResponse> {
  requireKeyKind(caller, "provisioning");
  await removeCredential(caller, idOf(parameters));
  return jsonResponse(200, { deleted: true });
}

function idOf({ id = "" }: Parameters): string {
  return id;
}
