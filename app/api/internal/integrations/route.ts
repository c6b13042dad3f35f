import { createCredential } from "@/lib/byok/credentials";
import { checkAllowedModels, checkKey, requireKeyedProvider } from "@/lib/gateway/check-credential";
import { listCredentials, showCredential } from "@/lib/gateway/list-credentials";
import { createCredentialRequestSchema } from "@/lib/schemas/provider-credential";
import { internalRoute, parseBody } from "../internal-route";

export const GET = internalRoute(async ({ user }) => ({ data: await listCredentials(user.accountId) }));

export const POST = internalRoute(async ({ user, request }) => {
  const given = await parseBody(request, createCredentialRequestSchema);
  checkKey(requireKeyedProvider(given.provider), given.key);
  checkAllowedModels(given.allowed_models);
  const { accountId, id: userId } = user;
  return { data: showCredential(await createCredential({ accountId, userId }, given)) };
});
