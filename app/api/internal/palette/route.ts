import { listChatModels } from "@/lib/gateway/list-chat-models";
import { reachOf } from "@/lib/gateway/reach-of";
import { listApiKeys } from "@/lib/identity/api-keys";
import { findSignedInUser } from "@/lib/identity/session";
import { MAX_SHOWN_KEYS } from "@/lib/queries/api-keys";
import type { Palette } from "@/lib/queries/palette";
import { visitorRoute } from "../internal-route";

/** What the command palette finds: models that can be reached, keys for whoever is signed in. */
export const GET = visitorRoute(async (): Promise<Palette> => {
  const user = await findSignedInUser();
  const reach = await reachOf(user, Date.now());
  return {
    models: listChatModels(reach).map(({ id, name }) => ({ id, name })),
    keys: user === null ? [] : await keysOf(user.accountId),
  };
});

async function keysOf(accountId: string): Promise<Palette["keys"]> {
  const keys = await listApiKeys({
    accountId,
    kind: "inference",
    offset: 0,
    limit: MAX_SHOWN_KEYS,
    includeDisabled: true,
  });
  return keys.map(({ hash, name, label }) => ({ hash, name, label }));
}
