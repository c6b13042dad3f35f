import "server-only";
import { AppError } from "@/lib/errors";
import {
  createApiKey,
  deleteApiKey,
  findApiKey,
  listApiKeys,
  restoreApiKey,
  updateApiKey,
} from "@/lib/identity/api-keys";
import { DEFAULT_KEY_SETTINGS, keySettingsOf } from "@/lib/identity/key-settings";
import { MAX_SHOWN_KEYS } from "@/lib/queries/api-keys";
import { type ApiKeyKind, createApiKeyRequestSchema, updateApiKeyRequestSchema } from "@/lib/schemas/api-key";
import { internalRoute, parseBody } from "./internal-route";

type One = { hash: string };

/** The keys of one kind: list them, make one. */
export function keyCollection(kind: ApiKeyKind) {
  return {
    GET: internalRoute(async ({ user: { accountId } }) => ({
      data: await listApiKeys({ accountId, kind, offset: 0, limit: MAX_SHOWN_KEYS, includeDisabled: true }),
    })),
    POST: internalRoute(async ({ user, request }) => {
      const { name, ...settings } = await parseBody(request, createApiKeyRequestSchema);
      const { key, record } = await createApiKey({
        accountId: user.accountId,
        userId: user.id,
        kind,
        name,
        ...DEFAULT_KEY_SETTINGS,
        ...keySettingsOf(settings, Date.now()),
      });
      return { key, data: record };
    }),
  };
}

/** One key of one kind. A key of the other kind, or of another account, looks like none. */
export function keyItem(kind: ApiKeyKind) {
  return {
    PATCH: internalRoute<One>(async ({ user, request, parameters: { hash } }) => {
      const patch = keySettingsOf(await parseBody(request, updateApiKeyRequestSchema), Date.now());
      const isHere = (await findApiKey(user.accountId, hash, kind)) !== null;
      return { data: found(isHere ? await updateApiKey(user.accountId, hash, patch, user.id) : null) };
    }),
    DELETE: internalRoute<One>(async ({ user, parameters: { hash } }) => {
      const isHere = (await findApiKey(user.accountId, hash, kind)) !== null;
      if (!isHere || !(await deleteApiKey(user.accountId, hash, user.id))) throw noSuchKey();
      return { deleted: true };
    }),
  };
}

/** Takes back the deletion of a key. */
export function keyRestoration(kind: ApiKeyKind) {
  return {
    POST: internalRoute<One>(async ({ user, parameters: { hash } }) => ({
      data: found(await restoreApiKey(user.accountId, hash, kind, user.id)),
    })),
  };
}

function found<T>(key: T | null): T {
  if (key === null) throw noSuchKey();
  return key;
}

function noSuchKey(): AppError {
  return new AppError("not_found", "There is no such key.");
}
