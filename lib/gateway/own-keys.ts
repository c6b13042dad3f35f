import "server-only";
import { byokMonthOf, noteByokRequests } from "@/lib/billing/byok-waiver";
import { selectByokRequests } from "@/lib/billing/store";
import { openCredential } from "@/lib/byok/credentials";
import { type StoredCredential, selectUsableCredentials } from "@/lib/byok/store";
import { getCatalog } from "@/lib/catalog/catalog";
import { findModel } from "@/lib/catalog/resolve-model";
import { rawEnv } from "@/lib/env";
import { log } from "@/lib/log";
import { NotifiedCache } from "@/lib/notified-cache";
import { processState } from "@/lib/process-state";
import { type ConnectedCredential, connectCredential } from "@/lib/providers/connect-credential";
import { type AccessTable, accessState, type ProviderAccess, reaches } from "@/lib/providers/provider-access";
import type { OwnKey, OwnWays } from "@/lib/routing/types";
import type { Caller } from "@/lib/schemas/caller";
import type { Endpoint } from "@/lib/schemas/endpoint";

/** A key of an account's own, decrypted and ready to be used. */
export type OwnCredential = {
  key: OwnKey;
  row: StoredCredential;
  /** `undefined`: it cannot be used. It still keeps the installation's key out, where it is to be used always. */
  access: ProviderAccess | undefined;
  allowedModels: ReadonlySet<string> | undefined;
};

/** The keys of an account that requests may use. */
export type OwnKeys = {
  accountId: string;
  /** By the provider's slug, in the order in which they are tried. */
  byProvider: ReadonlyMap<string, readonly OwnCredential[]>;
  byId: ReadonlyMap<string, OwnCredential>;
  /** What the installation could call when these were made ready. */
  table: AccessTable;
};

const MAX_ACCOUNTS = 20_000;

const cache = () => processState("own-keys", () => new NotifiedCache<OwnKeys>(MAX_ACCOUNTS));

/** Forgets the keys of one account, or of all. */
export function forgetOwnKeys(accountId?: string): void {
  if (accountId === undefined) cache().forgetWhere();
  else cache().forget(accountId);
}

/**
 * The account's own keys, from memory when they were used before; `undefined` when it has none.
 *
 * @throws AppError `unavailable` when the database is needed and cannot be asked.
 */
export async function findOwnKeys(accountId: string, nowMs: number): Promise<OwnKeys | undefined> {
  let known = await cache().find(accountId, nowMs, read);
  if (known !== null && known.byId.size > 0 && known.table !== accessState().table) {
    cache().forget(accountId);
    known = await cache().find(accountId, nowMs, read);
  }
  return known === null || known.byId.size === 0 ? undefined : known;
}

async function read(accountId: string): Promise<OwnKeys> {
  const { table } = accessState();
  const rows = await selectUsableCredentials(accountId);
  const credentials = rows.map((row) => ownCredential(row, table));
  if (credentials.length > 0) {
    const month = byokMonthOf(Date.now());
    noteByokRequests(accountId, month, await selectByokRequests(accountId, month));
  }
  const byProvider = new Map<string, OwnCredential[]>();
  for (const credential of credentials) {
    const { provider } = credential.row;
    byProvider.set(provider, [...(byProvider.get(provider) ?? []), credential]);
  }
  return { accountId, byProvider, byId: new Map(credentials.map((own) => [own.key.id, own])), table };
}

function ownCredential(row: StoredCredential, table: AccessTable): OwnCredential {
  const connected = openAndConnect(row, table);
  if (connected.kind === "refused") {
    log().warn({ credentialId: row.id, problem: connected.problem }, "a provider key of an account cannot be used");
  }
  const models = row.allowedModels.map((id) => findModel(getCatalog(), id)?.id ?? id);
  return {
    key: { id: row.id, name: nameOf(row), declaredZdr: row.declaredZdr },
    row,
    access: connected.kind === "connected" ? connected.access : undefined,
    allowedModels: models.length === 0 ? undefined : new Set(models),
  };
}

/** The credential as a way to its provider, or why it is none. Says nothing of the secret. */
export function openAndConnect(row: StoredCredential, table: AccessTable): ConnectedCredential {
  const provider = getCatalog().providers.get(row.provider);
  if (provider === undefined) return { kind: "refused", field: undefined, problem: "the catalog has no such provider" };
  let secret: string;
  try {
    secret = openCredential(row);
  } catch (error) {
    log().error({ err: error, credentialId: row.id }, "a stored provider key cannot be decrypted");
    const problem = "it cannot be decrypted with this installation's keys; enter it again";
    return { kind: "refused", field: undefined, problem };
  }
  return connectCredential(provider.fact, secret, { variables: rawEnv(), table });
}

/** What a credential is called where it is shown. */
export function nameOf({ name, label }: Pick<StoredCredential, "name" | "label">): string {
  return name ?? label;
}

/** What the account's own keys mean for an endpoint when this caller asks. */
export function ownWaysOf(
  own: OwnKeys,
  caller: Pick<Caller, "userId" | "key">,
): (endpoint: Endpoint) => OwnWays | undefined {
  return (endpoint) => {
    const all = own.byProvider.get(endpoint.provider.slug);
    if (all === undefined) return undefined;
    const mayUse = all.filter((credential) => isFor(credential, endpoint) && isOpenTo(credential, caller));
    const reaching = mayUse.filter(({ access }) => access !== undefined && reaches(access, endpoint));
    const exclusive = all.find((one) => one.row.isByokOnly || (one.row.isRequired && mayUse.includes(one)));
    return {
      first: reaching.filter(({ row }) => !row.isFallback).map(({ key }) => key),
      last: reaching.filter(({ row }) => row.isFallback).map(({ key }) => key),
      exclusive: exclusive?.key,
    };
  };
}

function isFor({ allowedModels }: OwnCredential, { modelId }: Endpoint): boolean {
  if (allowedModels === undefined) return true;
  // A variant of a model is the model, unless the list tells them apart.
  return allowedModels.has(modelId) || allowedModels.has(modelId.split(":")[0] ?? modelId);
}

function isOpenTo({ row }: OwnCredential, { userId, key }: Pick<Caller, "userId" | "key">): boolean {
  const { allowedApiKeyHashes: hashes, allowedUserIds: users } = row;
  const isKeyAllowed = hashes.length === 0 || (key !== null && hashes.includes(key.hash));
  return isKeyAllowed && (users.length === 0 || (userId !== null && users.includes(userId)));
}
