import { listChatModels } from "@/lib/gateway/list-chat-models";
import { listApiKeys } from "@/lib/identity/api-keys";
import { findSignedInUser } from "@/lib/identity/session";
import { log } from "@/lib/log";
import { MAX_SHOWN_KEYS } from "@/lib/queries/api-keys";
import type { Palette } from "@/lib/queries/palette";

/** What the command palette finds: models for everybody, keys for whoever is signed in. */
export async function GET(): Promise<Response> {
  try {
    const user = await findSignedInUser();
    const keys =
      user === null
        ? []
        : await listApiKeys({
            accountId: user.accountId,
            kind: "inference",
            offset: 0,
            limit: MAX_SHOWN_KEYS,
            includeDisabled: true,
          });
    const palette: Palette = {
      models: listChatModels().map(({ id, name }) => ({ id, name })),
      keys: keys.map(({ hash, name, label }) => ({ hash, name, label })),
    };
    return Response.json(palette, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    log().error({ err: error }, "the palette could not be filled");
    return Response.json({ error: { code: "internal", message: "Something failed on our side." } }, { status: 500 });
  }
}
