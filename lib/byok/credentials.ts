import "server-only";
import { AppError, invalidField } from "@/lib/errors";
import { newUuid } from "@/lib/id";
import type { ProviderCredential, UpdateCredentialRequest } from "@/lib/schemas/provider-credential";
import { formatTimestamp } from "@/lib/schemas/timestamp";
import { keyLabel } from "./key-label";
import { keyring } from "./keyring";
import { openSecret, type SealedSecret, sealSecret } from "./seal-secret";
import {
  type CredentialSettings,
  deleteCredential,
  insertCredential,
  patchCredential,
  type StoredCredential,
  selectCredential,
  selectStrangers,
} from "./store";

/** Far more than anybody has; all of them are in memory while their account is busy. */
const MAX_CREDENTIALS = 200;

export type Actor = { accountId: string; userId: string | null };

/** What an account says of a credential; the key itself has been checked. */
export type GivenCredential = Omit<UpdateCredentialRequest, "key">;

/**
 * Stores a credential, encrypted.
 *
 * @throws AppError `invalid_request` that names a wrong field.
 */
export async function createCredential(
  { accountId, userId }: Actor,
  { provider, key, ...given }: GivenCredential & { provider: string; key: string },
): Promise<StoredCredential> {
  const settings = { ...DEFAULTS, ...settingsOf(given) };
  checkTogether(settings);
  await checkOwn(accountId, settings);
  const id = newUuid();
  const created = await insertCredential(
    {
      ...settings,
      ...sealSecret(key, ownerOf({ accountId, id }), keyring()),
      id,
      accountId,
      provider,
      label: keyLabel(key),
      creatorUserId: userId,
    },
    given.sort_order,
    MAX_CREDENTIALS,
  );
  if (created === null) throw new AppError("conflict", `An account has at most ${MAX_CREDENTIALS} provider keys`);
  return created;
}

/**
 * Changes what is named, and nothing else.
 *
 * @throws AppError `not_found`, and `invalid_request` that names a wrong field.
 */
export async function updateCredential(
  { accountId, userId }: Actor,
  id: string,
  { key, ...given }: GivenCredential & { key?: string | undefined },
): Promise<StoredCredential> {
  const present = await requireCredential(accountId, id);
  const settings = settingsOf(given);
  checkTogether({ ...present, ...settings });
  await checkOwn(accountId, settings);
  const patch = {
    ...settings,
    ...(key === undefined ? {} : { ...sealSecret(key, ownerOf({ accountId, id }), keyring()), label: keyLabel(key) }),
  };
  const changed = await patchCredential(accountId, id, { patch, place: given.sort_order }, { userId });
  if (changed === null) throw credentialNotFound();
  return changed;
}

/** @throws AppError `not_found` */
export async function removeCredential({ accountId, userId }: Actor, id: string): Promise<void> {
  await requireCredential(accountId, id);
  if (!(await deleteCredential(accountId, id, { userId }))) throw credentialNotFound();
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws AppError `not_found`; another account's looks just the same, and so does what is no id at all. */
export async function requireCredential(accountId: string, id: string): Promise<StoredCredential> {
  const row = UUID.test(id) ? await selectCredential(accountId, id.toLowerCase()) : null;
  if (row === null) throw credentialNotFound();
  return row;
}

/** The key itself. @throws Error when it cannot be decrypted. Quotes nothing of it. */
export function openCredential(row: Pick<StoredCredential, "accountId" | "id"> & SealedSecret): string {
  return openSecret(row, ownerOf(row), keyring(row.encryptionKeyId));
}

/** What the secret is bound to. */
export function ownerOf({ accountId, id }: Pick<StoredCredential, "accountId" | "id">): string {
  return `${accountId}/${id}`;
}

/** The public form, without the secret. */
export function renderCredential(row: StoredCredential): ProviderCredential {
  const listed = (names: readonly string[]) => (names.length === 0 ? null : [...names]);
  return {
    id: row.id,
    provider: row.provider,
    name: row.name,
    label: row.label,
    disabled: row.disabled,
    is_fallback: row.isFallback,
    is_required: row.isRequired,
    is_byok_only: row.isByokOnly,
    declared_zdr: row.declaredZdr,
    allowed_models: listed(row.allowedModels),
    allowed_api_key_hashes: listed(row.allowedApiKeyHashes),
    allowed_user_ids: listed(row.allowedUserIds),
    sort_order: row.sortOrder,
    workspace_id: row.accountId,
    created_at: formatTimestamp(row.createdAt),
  };
}

const DEFAULTS: CredentialSettings = {
  name: null,
  disabled: false,
  isFallback: false,
  isRequired: false,
  isByokOnly: false,
  declaredZdr: null,
  allowedModels: [],
  allowedApiKeyHashes: [],
  allowedUserIds: [],
};

function settingsOf(given: GivenCredential): Partial<CredentialSettings> {
  const { name, disabled, is_fallback, is_required, is_byok_only, declared_zdr } = given;
  const { allowed_models, allowed_api_key_hashes, allowed_user_ids } = given;
  return {
    ...(name === undefined ? {} : { name }),
    ...(disabled === undefined ? {} : { disabled }),
    ...(is_fallback === undefined ? {} : { isFallback: is_fallback }),
    ...(is_required === undefined ? {} : { isRequired: is_required }),
    ...(is_byok_only === undefined ? {} : { isByokOnly: is_byok_only }),
    ...(declared_zdr === undefined ? {} : { declaredZdr: declared_zdr }),
    ...(allowed_models === undefined ? {} : { allowedModels: allowed_models ?? [] }),
    ...(allowed_api_key_hashes === undefined ? {} : { allowedApiKeyHashes: allowed_api_key_hashes ?? [] }),
    ...(allowed_user_ids === undefined ? {} : { allowedUserIds: allowed_user_ids ?? [] }),
  };
}

function checkTogether({ isFallback, isByokOnly }: Pick<CredentialSettings, "isFallback" | "isByokOnly">): void {
  if (isFallback && isByokOnly) {
    throw invalidField("is_byok_only", "cannot be true together with is_fallback: there is nothing to fall back from");
  }
}

async function checkOwn(accountId: string, settings: Partial<CredentialSettings>): Promise<void> {
  const { allowedApiKeyHashes: hashes = [], allowedUserIds: userIds = [] } = settings;
  if (hashes.length === 0 && userIds.length === 0) return;
  const strangers = await selectStrangers(accountId, { hashes, userIds });
  const [hash] = strangers.hashes;
  if (hash !== undefined) throw invalidField("allowed_api_key_hashes", `${hash} is not an API key of this workspace`);
  const [userId] = strangers.userIds;
  if (userId !== undefined) throw invalidField("allowed_user_ids", `${userId} is not a user of this workspace`);
}

function credentialNotFound(): AppError {
  return new AppError("not_found", "Provider key not found");
}
