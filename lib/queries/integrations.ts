import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import {
  type CreateCredentialRequest,
  type CredentialTest,
  credentialTestSchema,
  type ShownCredential,
  shownCredentialSchema,
  type UpdateCredentialRequest,
} from "@/lib/schemas/provider-credential";
import { fetchJson } from "./fetch-json";

const PATH = "/api/internal/integrations";

const listSchema = z.object({ data: z.array(shownCredentialSchema) });
const oneSchema = z.object({ data: shownCredentialSchema });
const testSchema = z.object({ data: credentialTestSchema });
const deletedSchema = z.object({ deleted: z.literal(true) });

/** The account's provider keys, by provider and in the order in which they are tried. */
export const integrationsQuery = queryOptions({
  queryKey: ["integrations"] as const,
  queryFn: async ({ signal }): Promise<readonly ShownCredential[]> =>
    (await fetchJson(PATH, { schema: listSchema, signal })).data,
});

/** Stores a provider key. It is never shown again. */
export async function createIntegration(request: CreateCredentialRequest): Promise<ShownCredential> {
  return (await fetchJson(PATH, { method: "POST", body: request, schema: oneSchema })).data;
}

/** Changes what `request` names and nothing else. */
export async function updateIntegration(id: string, request: UpdateCredentialRequest): Promise<ShownCredential> {
  return (await fetchJson(pathOf(id), { method: "PATCH", body: request, schema: oneSchema })).data;
}

/** Deletes a key with its secret, for good. */
export async function deleteIntegration(id: string): Promise<void> {
  await fetchJson(pathOf(id), { method: "DELETE", schema: deletedSchema });
}

/** Asks the provider for one short answer. */
export async function testIntegration(id: string): Promise<CredentialTest> {
  return (await fetchJson(`${pathOf(id)}/test`, { method: "POST", body: {}, schema: testSchema })).data;
}

function pathOf(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}
