import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import {
  type ApiKey,
  type ApiKeyKind,
  apiKeySchema,
  type CreateApiKeyRequest,
  type UpdateApiKeyRequest,
} from "@/lib/schemas/api-key";
import { fetchJson } from "./fetch-json";

const PATHS = {
  inference: "/api/internal/keys",
  provisioning: "/api/internal/provisioning-keys",
} as const satisfies Record<ApiKeyKind, string>;

const apiKeyListSchema = z.object({ data: z.array(apiKeySchema) });
const changedApiKeySchema = z.object({ data: apiKeySchema });
const createdApiKeySchema = z.object({ key: z.string(), data: apiKeySchema });
/** A key right after it was made: the only time that the key itself is known. */
export type CreatedApiKey = z.infer<typeof createdApiKeySchema>;

const deletedSchema = z.object({ deleted: z.literal(true) });

/** More than anybody looks through; a program that makes more manages them through the public API. */
export const MAX_SHOWN_KEYS = 500;

/** The signed-in person's keys of one kind, newest first. */
export function apiKeysQuery(kind: ApiKeyKind = "inference") {
  return queryOptions({
    queryKey: ["api-keys", kind] as const,
    queryFn: async ({ signal }): Promise<readonly ApiKey[]> =>
      (await fetchJson(PATHS[kind], { schema: apiKeyListSchema, signal })).data,
  });
}

export function createApiKey(request: CreateApiKeyRequest, kind: ApiKeyKind = "inference"): Promise<CreatedApiKey> {
  return fetchJson(PATHS[kind], { method: "POST", body: request, schema: createdApiKeySchema });
}

/** Changes what `request` names and nothing else. @returns the key as it is then. */
export async function updateApiKey(kind: ApiKeyKind, hash: string, request: UpdateApiKeyRequest): Promise<ApiKey> {
  const answer = await fetchJson(pathOf(kind, hash), { method: "PATCH", body: request, schema: changedApiKeySchema });
  return answer.data;
}

/** Makes the key stop working everywhere at once. */
export async function deleteApiKey(kind: ApiKeyKind, hash: string): Promise<void> {
  await fetchJson(pathOf(kind, hash), { method: "DELETE", schema: deletedSchema });
}

/** Takes back a deletion of the last minutes. */
export async function restoreApiKey(kind: ApiKeyKind, hash: string): Promise<void> {
  await fetchJson(`${pathOf(kind, hash)}/restore`, { method: "POST", body: {}, schema: changedApiKeySchema });
}

function pathOf(kind: ApiKeyKind, hash: string): string {
  return `${PATHS[kind]}/${encodeURIComponent(hash)}`;
}
