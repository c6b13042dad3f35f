import "server-only";
import { AppError, invalidField } from "@/lib/errors";
import { createApiKey, deleteApiKey, findApiKey, listApiKeys, updateApiKey } from "@/lib/identity/api-keys";
import { DEFAULT_KEY_SETTINGS, keySettingsOf } from "@/lib/identity/key-settings";
import { isUserOf } from "@/lib/identity/store";
import {
  type ApiKey,
  createApiKeyRequestSchema,
  listApiKeysQuerySchema,
  updateApiKeyRequestSchema,
} from "@/lib/schemas/api-key";
import type { Caller } from "@/lib/schemas/caller";
import { type GatewayRequest, type GatewayResponse, jsonResponse } from "../http";
import { parseJsonObject } from "../parse-chat-request";
import { parseInput } from "../parse-input";
import { requireKeyKind } from "../require-key-kind";

type Parameters = Readonly<Record<string, string>>;

const PAGE_SIZE = 100;

/** `GET /keys`: the account's keys, newest first, 100 from `offset` on; disabled ones with `include_disabled=true`. */
export async function listKeys(request: GatewayRequest, _: Parameters, caller: Caller): Promise<GatewayResponse> {
  requireKeyKind(caller, "provisioning");
  const query = parseInput(listApiKeysQuerySchema, Object.fromEntries(request.query));
  // A filter: of another account's keys there are none to see here.
  if (query.workspace_id !== undefined && query.workspace_id !== caller.accountId)
    return jsonResponse(200, { data: [] });
  const data = await listApiKeys({
    accountId: caller.accountId,
    kind: "inference",
    offset: query.offset,
    limit: PAGE_SIZE,
    includeDisabled: query.include_disabled,
  });
  return jsonResponse(200, { data });
}

/** `POST /keys`: makes a key and shows it, once. */
export async function createKey(request: GatewayRequest, _: Parameters, caller: Caller): Promise<GatewayResponse> {
  requireKeyKind(caller, "provisioning");
  const { name, creator_user_id, workspace_id, ...body } = parseInput(
    createApiKeyRequestSchema,
    parseJsonObject(request.body),
  );
  if (workspace_id !== undefined && workspace_id !== caller.accountId) {
    throw invalidField("workspace_id", "is not a workspace of this key");
  }
  if (typeof creator_user_id === "string" && !(await isUserOf(caller.accountId, creator_user_id))) {
    throw invalidField("creator_user_id", "is not a user of this workspace");
  }
  const { key, record } = await createApiKey({
    accountId: caller.accountId,
    userId: creator_user_id ?? caller.userId,
    actorUserId: caller.userId,
    kind: "inference",
    name,
    ...DEFAULT_KEY_SETTINGS,
    ...keySettingsOf(body, request.receivedMs),
  });
  return jsonResponse(201, { data: record, key });
}

/** `GET /keys/{hash}` */
export async function getKey(_: GatewayRequest, parameters: Parameters, caller: Caller): Promise<GatewayResponse> {
  requireKeyKind(caller, "provisioning");
  return jsonResponse(200, { data: await getManagedKey(caller, parameters) });
}

/** `PATCH /keys/{hash}`: changes what the body names and nothing else. */
export async function updateKey(
  request: GatewayRequest,
  parameters: Parameters,
  caller: Caller,
): Promise<GatewayResponse> {
  requireKeyKind(caller, "provisioning");
  const { hash } = await getManagedKey(caller, parameters);
  const patch = keySettingsOf(parseInput(updateApiKeyRequestSchema, parseJsonObject(request.body)), request.receivedMs);
  const data = await updateApiKey(caller.accountId, hash, patch, caller.userId);
  if (data === null) throw keyNotFound();
  return jsonResponse(200, { data });
}

/** `DELETE /keys/{hash}` */
export async function deleteKey(_: GatewayRequest, parameters: Parameters, caller: Caller): Promise<GatewayResponse> {
  requireKeyKind(caller, "provisioning");
  const { hash } = await getManagedKey(caller, parameters);
  if (!(await deleteApiKey(caller.accountId, hash, caller.userId))) throw keyNotFound();
  return jsonResponse(200, { deleted: true });
}

/** Provisioning keys are not managed through the API: one that leaked could otherwise lock out all others. */
async function getManagedKey(caller: Caller, { hash }: Parameters): Promise<ApiKey> {
  const key = hash === undefined ? null : await findApiKey(caller.accountId, hash, "inference");
  if (key === null) throw keyNotFound();
  return key;
}

function keyNotFound(): AppError {
  return new AppError("not_found", "API key not found");
}
