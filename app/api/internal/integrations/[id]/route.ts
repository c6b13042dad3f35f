import { removeCredential, requireCredential, updateCredential } from "@/lib/byok/credentials";
import { checkAllowedModels, checkKey, requireKeyedProvider } from "@/lib/gateway/check-credential";
import { showCredential } from "@/lib/gateway/list-credentials";
import { updateCredentialRequestSchema } from "@/lib/schemas/provider-credential";
import { internalRoute, parseBody } from "../../internal-route";

type One = { id: string };

export const PATCH = internalRoute<One>(async ({ user: { accountId, id: userId }, request, parameters: { id } }) => {
  const { provider } = await requireCredential(accountId, id);
  const given = await parseBody(request, updateCredentialRequestSchema);
  if (given.key !== undefined) checkKey(requireKeyedProvider(provider), given.key);
  checkAllowedModels(given.allowed_models);
  return { data: showCredential(await updateCredential({ accountId, userId }, id, given)) };
});

export const DELETE = internalRoute<One>(async ({ user: { accountId, id: userId }, parameters: { id } }) => {
  await removeCredential({ accountId, userId }, id);
  return { deleted: true };
});
