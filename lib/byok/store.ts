import "server-only";
import { getPool, getPrisma } from "@/lib/db/connection";
import type { Prisma } from "@/lib/db/generated/client";
import { reordered } from "./reordered";
import type { SealedSecret } from "./seal-secret";

/** A credential as it is stored. */
export type StoredCredential = Prisma.ProviderCredentialModel;

/** What an account decides about a credential. */
export type CredentialSettings = Pick<
  StoredCredential,
  | "name"
  | "disabled"
  | "isFallback"
  | "isRequired"
  | "isByokOnly"
  | "declaredZdr"
  | "allowedModels"
  | "allowedApiKeyHashes"
  | "allowedUserIds"
>;

export type NewCredential = CredentialSettings &
  SealedSecret &
  Pick<StoredCredential, "id" | "accountId" | "provider" | "label" | "creatorUserId">;

export type CredentialPatch = Partial<CredentialSettings & SealedSecret & Pick<StoredCredential, "label">>;

type Actor = { userId: string | null };

const IN_ORDER = [{ provider: "asc" }, { sortOrder: "asc" }, { id: "asc" }] as const;

/** By provider, then in the order in which they are tried. @returns a page, and how many there are in all. */
export async function selectCredentials(
  accountId: string,
  page: { provider?: string | undefined; offset: number; limit: number },
): Promise<{ rows: StoredCredential[]; totalCount: number }> {
  const where = { accountId, ...(page.provider === undefined ? {} : { provider: page.provider }) };
  const [rows, totalCount] = await getPrisma().$transaction([
    getPrisma().providerCredential.findMany({ where, orderBy: [...IN_ORDER], skip: page.offset, take: page.limit }),
    getPrisma().providerCredential.count({ where }),
  ]);
  return { rows, totalCount };
}

/** `null`: the account has no such credential. */
export function selectCredential(accountId: string, id: string): Promise<StoredCredential | null> {
  return getPrisma().providerCredential.findFirst({ where: { id, accountId } });
}

/** @param place among those of its provider; absent: behind them. `null`: the account has `max` already. */
export function insertCredential(
  credential: NewCredential,
  place: number | undefined,
  max: number,
): Promise<StoredCredential | null> {
  const { accountId, provider, id, creatorUserId } = credential;
  return oneAtATime(accountId, async (tx) => {
    if ((await tx.providerCredential.count({ where: { accountId } })) >= max) return null;
    const sortOrder = (await idsOf(tx, accountId, provider)).length;
    await tx.providerCredential.create({ data: { ...credential, sortOrder } });
    if (place !== undefined) await move(tx, { accountId, provider, id }, place);
    await audit(
      tx,
      { accountId, userId: creatorUserId, action: "provider_credential.created", target: id },
      { provider },
    );
    return tx.providerCredential.findUnique({ where: { id } });
  });
}

/** Changes what is named. `null`: the account has no such credential. */
export function patchCredential(
  accountId: string,
  id: string,
  { patch, place }: { patch: CredentialPatch; place: number | undefined },
  { userId }: Actor,
): Promise<StoredCredential | null> {
  return oneAtATime(accountId, async (tx) => {
    const row = await tx.providerCredential.findFirst({ where: { id, accountId } });
    if (row === null) return null;
    const changed = [
      ...Object.keys(patch).filter((name) => name !== "encryptionKeyId"),
      ...(place === undefined ? [] : ["sortOrder"]),
    ];
    if (changed.length === 0) return row;
    if (Object.keys(patch).length > 0) {
      await tx.providerCredential.update({ where: { id }, data: { ...patch, updatedAt: new Date() } });
    }
    if (place !== undefined) await move(tx, row, place);
    await audit(tx, { accountId, userId, action: "provider_credential.updated", target: id }, { changed });
    return tx.providerCredential.findUnique({ where: { id } });
  });
}

/** Deletes a credential and its secret for good. @returns whether the account had such a one. */
export function deleteCredential(accountId: string, id: string, { userId }: Actor): Promise<boolean> {
  return oneAtATime(accountId, async (tx) => {
    const row = await tx.providerCredential.findFirst({ where: { id, accountId } });
    if (row === null) return false;
    const { provider } = row;
    await tx.providerCredential.delete({ where: { id } });
    await settle(tx, await idsOf(tx, accountId, provider));
    await audit(tx, { accountId, userId, action: "provider_credential.deleted", target: id }, { provider });
    return true;
  });
}

/** Which of these are not the account's own: hashes of API keys that work, ids of users. */
export async function selectStrangers(
  accountId: string,
  { hashes, userIds }: { hashes: readonly string[]; userIds: readonly string[] },
): Promise<{ hashes: string[]; userIds: string[] }> {
  const [keys, users] = await Promise.all([
    getPrisma().apiKey.findMany({
      where: { accountId, deletedAt: null, hash: { in: [...hashes] } },
      select: { hash: true },
    }),
    getPrisma().user.findMany({ where: { accountId, id: { in: [...userIds] } }, select: { id: true } }),
  ]);
  const known = new Set([...keys.map(({ hash }) => hash), ...users.map(({ id }) => id)]);
  return {
    hashes: hashes.filter((hash) => !known.has(hash)),
    userIds: userIds.filter((id) => !known.has(id)),
  };
}

/** Those that requests may use, in the order in which they are tried. */
export async function selectUsableCredentials(accountId: string): Promise<StoredCredential[]> {
  const { rows } = await getPool().query<StoredCredential>({
    name: "find-usable-credentials",
    text: `SELECT * FROM "ProviderCredential" WHERE "accountId" = $1 AND NOT "disabled" ORDER BY "provider", "sortOrder", "id"`,
    values: [accountId],
  });
  return rows;
}

/** Some of those whose secret is not encrypted with this key, by id, those after `afterId`. Of all accounts. */
export function selectSealedOtherwise(
  encryptionKeyId: string,
  afterId: string,
  limit: number,
): Promise<StoredCredential[]> {
  return getPrisma().providerCredential.findMany({
    where: { encryptionKeyId: { not: encryptionKeyId }, id: { gt: afterId } },
    orderBy: { id: "asc" },
    take: limit,
  });
}

/** Puts the same secret, sealed anew, in place of the old one; not where that was changed meanwhile. */
export async function replaceSecret(id: string, old: SealedSecret, sealed: SealedSecret): Promise<boolean> {
  const { count } = await getPrisma().providerCredential.updateMany({
    where: { id, secret: old.secret },
    data: { ...sealed },
  });
  return count > 0;
}

async function move(
  tx: Prisma.TransactionClient,
  { accountId, provider, id }: Pick<StoredCredential, "accountId" | "provider" | "id">,
  place: number,
): Promise<void> {
  await settle(tx, reordered(await idsOf(tx, accountId, provider), id, place));
}

/** Writes places down, where they are others than before. */
async function settle(tx: Prisma.TransactionClient, ids: readonly string[]): Promise<void> {
  for (const [sortOrder, id] of ids.entries()) {
    await tx.providerCredential.updateMany({ where: { id, sortOrder: { not: sortOrder } }, data: { sortOrder } });
  }
}

async function idsOf(tx: Prisma.TransactionClient, accountId: string, provider: string): Promise<string[]> {
  const rows = await tx.providerCredential.findMany({
    where: { accountId, provider },
    orderBy: [...IN_ORDER],
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

async function audit(
  tx: Prisma.TransactionClient,
  event: { accountId: string; userId: string | null; action: string; target: string },
  detail: Prisma.InputJsonObject,
): Promise<void> {
  await tx.auditEvent.create({ data: { ...event, detail } });
}

/** One change of an account's credentials after the other: their places depend on each other. */
function oneAtATime<T>(accountId: string, work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  return getPrisma().$transaction(async (tx) => {
    // $executeRaw, because Prisma cannot read the function's `void`.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`signalbox credentials ${accountId}`}, 0))`;
    return work(tx);
  });
}
