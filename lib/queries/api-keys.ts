import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { apiKeySchema, type CreateApiKeyRequest } from "@/lib/schemas/api-key";
import { fetchJson } from "./fetch-json";

const PATH = "/api/internal/keys";

/** A key as our own pages show it. */
const shownApiKeySchema = apiKeySchema.extend({
  /** `null`: never; absent: not recorded. */
  last_used_at: z.string().nullable().optional(),
});
export type ShownApiKey = z.infer<typeof shownApiKeySchema>;

const apiKeyListSchema = z.object({ data: z.array(shownApiKeySchema) });
const createdApiKeySchema = z.object({ key: z.string(), data: shownApiKeySchema });
/** A key right after it was made: the only time that the key itself is known. */
export type CreatedApiKey = z.infer<typeof createdApiKeySchema>;

const deletedSchema = z.object({ deleted: z.literal(true) });

/** More than anybody looks through; a program that makes more manages them through the public API. */
export const MAX_SHOWN_KEYS = 500;

/** The signed-in person's keys, newest first. */
export function apiKeysQuery() {
  return queryOptions({
    queryKey: ["api-keys"] as const,
    queryFn: async ({ signal }): Promise<readonly ShownApiKey[]> =>
      (await fetchJson(PATH, { schema: apiKeyListSchema, signal })).data,
  });
}

export function createApiKey(request: CreateApiKeyRequest): Promise<CreatedApiKey> {
  return fetchJson(PATH, { method: "POST", body: request, schema: createdApiKeySchema });
}

/** Makes the key stop working everywhere, for good. */
export async function revokeApiKey(hash: string): Promise<void> {
  await fetchJson(`${PATH}/${encodeURIComponent(hash)}`, { method: "DELETE", schema: deletedSchema });
}
