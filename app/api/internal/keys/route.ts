import { createApiKey, listApiKeys } from "@/lib/identity/api-keys";
import { DEFAULT_KEY_SETTINGS, keySettingsOf } from "@/lib/identity/key-settings";
import { MAX_SHOWN_KEYS } from "@/lib/queries/api-keys";
import { createApiKeyRequestSchema } from "@/lib/schemas/api-key";
import { internalRoute, parseBody } from "../internal-route";

export const GET = internalRoute(async ({ user }) => ({
  data: await listApiKeys({
    accountId: user.accountId,
    kind: "inference",
    offset: 0,
    limit: MAX_SHOWN_KEYS,
    includeDisabled: true,
  }),
}));

export const POST = internalRoute(async ({ user, request }) => {
  const { name, ...settings } = await parseBody(request, createApiKeyRequestSchema);
  const { key, record } = await createApiKey({
    accountId: user.accountId,
    userId: user.id,
    kind: "inference",
    name,
    ...DEFAULT_KEY_SETTINGS,
    ...keySettingsOf(settings, Date.now()),
  });
  return { key, data: record };
});
