import "server-only";
import pg from "pg";
import { getPool, getPrisma } from "@/lib/db/connection";
import type { Prisma } from "@/lib/db/generated/client";
import { newUuid } from "@/lib/id";
import type { User } from "@/lib/schemas/account";
import type { AccountSettings } from "@/lib/schemas/account-settings";
import { type ApiKeyKind, apiKeyKindSchema, type LimitReset, limitResetSchema } from "@/lib/schemas/api-key";
import { storedSettings } from "./settings/store";
import type { KeyLimit, UsageCounters } from "./usage-windows";

/**
 * The account that exists before anybody has signed up, so that a starter key can be used at once. The first person to
 * sign up takes it over. The id is fixed so that instances that start together make one.
 */
const FIRST_ACCOUNT_ID = "5160a1b0-0000-4000-8000-000000000001";

/** One thing that happened and who did it. Never holds a secret. */
export type AuditEvent = {
  accountId: string | null;
  userId: string | null;
  action: string;
  /** What it was done to. */
  target?: string;
  detail?: Record<string, string | number | boolean | null | readonly string[]>;
};

/** A key as it is stored. */
export type StoredApiKey = KeyLimit &
  UsageCounters & {
    hash: string;
    accountId: string;
    creatorUserId: string | null;
    name: string;
    label: string;
    kind: ApiKeyKind;
    disabled: boolean;
    expiresAt: Date | null;
    createdAt: Date;
    updatedAt: Date | null;
    lastUsedAt: Date | null;
  };

export type NewApiKey = KeyLimit &
  Pick<StoredApiKey, "hash" | "accountId" | "creatorUserId" | "name" | "label" | "kind" | "expiresAt">;

export type ApiKeyPatch = Partial<KeyLimit & Pick<StoredApiKey, "name" | "disabled" | "expiresAt">>;

/** What admission needs to know of a key. Deleted, disabled and expired keys are found too. */
export type CallerKey = KeyLimit & {
  hash: string;
  label: string;
  kind: ApiKeyKind;
  accountId: string;
  creatorUserId: string | null;
  disabled: boolean;
  deletedAt: Date | null;
  expiresAt: Date | null;
  settings: AccountSettings;
};

export type NewUser = { id: string; email: string; name: string; passwordHash: string };

/** `first-only`: only while nobody has an account. `administrator`: always, and with an administrator's rights. */
export type Admission = "anyone" | "first-only" | "administrator";

export type InsertedUser = { kind: "created"; user: User } | { kind: "email_taken"; user: User } | { kind: "closed" };

const USER_FIELDS = { id: true, accountId: true, email: true, name: true, isAdmin: true } as const;

/**
 * Creates a user with an account. The first one of the installation becomes its administrator and takes over the
 * account that was there before, if any.
 */
export function insertUser(user: NewUser, admission: Admission): Promise<InsertedUser> {
  return oneAtATime(async (tx) => {
    const isFirst = (await tx.user.findFirst({ select: { id: true } })) === null;
    if (!isFirst && admission === "first-only") return { kind: "closed" };
    const holder = await tx.user.findUnique({ where: { email: user.email }, select: USER_FIELDS });
    if (holder !== null) return { kind: "email_taken", user: holder };

    const adopted = isFirst ? await tx.account.findUnique({ where: { id: FIRST_ACCOUNT_ID } }) : null;
    const account =
      adopted === null
        ? await tx.account.create({ data: { id: newUuid(), name: user.name } })
        : await tx.account.update({ where: { id: adopted.id }, data: { name: user.name } });
    const isAdmin = isFirst || admission === "administrator";
    const created = await tx.user.create({ data: { ...user, accountId: account.id, isAdmin }, select: USER_FIELDS });
    await tx.auditEvent.create({
      data: { accountId: account.id, userId: user.id, action: "user.created", detail: { isAdmin } },
    });
    return { kind: "created", user: created };
  });
}

/** Gives a user an administrator's rights. */
export async function promoteUser(user: User): Promise<void> {
  await getPrisma().$transaction([
    getPrisma().user.update({ where: { id: user.id }, data: { isAdmin: true } }),
    auditStatement({ accountId: user.accountId, userId: user.id, action: "user.promoted" }),
  ]);
}

export function selectUser(id: string): Promise<User | null> {
  return getPrisma().user.findUnique({ where: { id }, select: USER_FIELDS });
}

/** Whether anybody has signed up. */
export async function hasUsers(): Promise<boolean> {
  return (await getPrisma().user.findFirst({ select: { id: true } })) !== null;
}

/** @param email in lower case */
export function findUserWithPassword(email: string): Promise<(User & { passwordHash: string }) | null> {
  return getPrisma().user.findUnique({ where: { email }, select: { ...USER_FIELDS, passwordHash: true } });
}

export async function isUserOf(accountId: string, userId: string): Promise<boolean> {
  return (await getPrisma().user.findFirst({ where: { id: userId, accountId }, select: { id: true } })) !== null;
}

export async function insertSession(
  session: { id: string; userId: string; expiresAt: Date; userAgent: string | null },
  event: AuditEvent,
): Promise<void> {
  await getPrisma().$transaction([getPrisma().session.create({ data: session }), auditStatement(event)]);
}

/** The session with its user, revoked and expired ones too. */
export function findStoredSession(id: string) {
  return getPrisma().session.findUnique({
    where: { id },
    select: { id: true, expiresAt: true, revokedAt: true, user: { select: USER_FIELDS } },
  });
}

/** Ends a session. Nothing changes when it does not exist or was ended before. */
export async function endSession(id: string, now: Date): Promise<void> {
  const session = await findStoredSession(id);
  if (session === null || session.revokedAt !== null) return;
  await getPrisma().$transaction([
    getPrisma().session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } }),
    auditStatement({
      accountId: session.user.accountId,
      userId: session.user.id,
      action: "session.revoked",
      target: id,
    }),
  ]);
}

export async function insertAuditEvent(event: AuditEvent): Promise<void> {
  await auditStatement(event);
}

export async function insertApiKey(key: NewApiKey, event: AuditEvent): Promise<StoredApiKey> {
  const [row] = await getPrisma().$transaction([getPrisma().apiKey.create({ data: key }), auditStatement(event)]);
  return storedApiKey(row);
}

/**
 * Puts a key on the account of the given user, or of the first administrator, or else on the account that the first
 * person to sign up will take over. A key that is there already, deleted ones included, stays as it is.
 *
 * @returns the account that the key belongs to.
 */
export function ensureApiKey(key: Omit<NewApiKey, "accountId">, owner: User | null): Promise<string> {
  return oneAtATime(async (tx) => {
    const present = await tx.apiKey.findUnique({ where: { hash: key.hash }, select: { accountId: true } });
    if (present !== null) return present.accountId;

    const user = owner ?? (await tx.user.findFirst({ where: { isAdmin: true }, orderBy: { createdAt: "asc" } }));
    const accountId = user?.accountId ?? FIRST_ACCOUNT_ID;
    if (user === null) {
      const account = { id: accountId, name: "First account" };
      await tx.account.upsert({ where: { id: accountId }, create: account, update: {} });
    }
    await tx.apiKey.create({ data: { ...key, accountId } });
    await tx.auditEvent.create({
      data: { accountId, action: "api_key.created", target: key.hash, detail: { kind: key.kind, by: "server" } },
    });
    return accountId;
  });
}

/** Keys that are not deleted, newest first. */
export async function selectApiKeys(query: {
  accountId: string;
  kind: ApiKeyKind | undefined;
  includeDisabled: boolean;
  offset: number;
  limit: number;
}): Promise<StoredApiKey[]> {
  const rows = await getPrisma().apiKey.findMany({
    where: {
      accountId: query.accountId,
      deletedAt: null,
      ...(query.kind === undefined ? {} : { kind: query.kind }),
      ...(query.includeDisabled ? {} : { disabled: false }),
    },
    orderBy: [{ createdAt: "desc" }, { hash: "asc" }],
    skip: query.offset,
    take: query.limit,
  });
  return rows.map(storedApiKey);
}

/** `null`: there is none in this account, or it was deleted. */
export async function selectApiKey(accountId: string, hash: string): Promise<StoredApiKey | null> {
  const row = await getPrisma().apiKey.findFirst({ where: { hash, accountId, deletedAt: null } });
  return row === null ? null : storedApiKey(row);
}

/** Changes what `patch` names. @returns whether there was such a key. */
export function patchApiKey(
  accountId: string,
  hash: string,
  patch: ApiKeyPatch & { updatedAt: Date; deletedAt?: Date },
  event: AuditEvent,
): Promise<boolean> {
  return getPrisma().$transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({ where: { hash, accountId, deletedAt: null }, data: patch });
    if (count > 0) await tx.auditEvent.create({ data: auditRow(event) });
    return count > 0;
  });
}

/** Takes back the deletion of a key that was deleted after `since`. @returns whether there was such a key. */
export function undeleteApiKey(
  key: { accountId: string; hash: string; kind: ApiKeyKind; since: Date; now: Date },
  event: AuditEvent,
): Promise<boolean> {
  const { accountId, hash, kind, since, now } = key;
  return getPrisma().$transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { hash, accountId, kind, deletedAt: { gt: since } },
      data: { deletedAt: null, updatedAt: now },
    });
    if (count > 0) await tx.auditEvent.create({ data: auditRow(event) });
    return count > 0;
  });
}

/** Everything that authentication asks of a key, in one statement. */
export async function findKeyForCaller(hash: string): Promise<CallerKey | null> {
  const { rows } = await getPool().query<Omit<CallerKey, "settings"> & { settings: unknown }>({
    name: "find-key-for-caller",
    text: `SELECT "hash", "label", "kind", k."accountId", "creatorUserId", "disabled", "deletedAt", "expiresAt",
                  "limitNanoUsd", "limitReset", "includeByokInLimit", row_to_json(s) AS "settings"
           FROM "ApiKey" k LEFT JOIN "AccountSettings" s ON s."accountId" = k."accountId" WHERE "hash" = $1`,
    values: [hash],
  });
  const [row] = rows;
  return row === undefined ? null : { ...row, settings: storedSettings(row.settings) };
}

/**
 * A client of the shared pool for `rate-limiter-flexible`, which calculates with `expire` as a number, while this
 * process reads 64-bit columns as `bigint`.
 */
export const rateLimitClient = {
  query: (query: { name?: string; text: string; values?: unknown[] }) =>
    getPool().query({
      ...query,
      types: {
        getTypeParser: (type: number) => (type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type)),
      },
    }),
};

function auditStatement(event: AuditEvent) {
  return getPrisma().auditEvent.create({ data: auditRow(event) });
}

function auditRow({ detail, ...event }: AuditEvent): Prisma.AuditEventCreateInput {
  return { ...event, ...(detail === undefined ? {} : { detail }) };
}

/** Runs `work` in a transaction while no other instance runs one of these: who is first must be decided once. */
function oneAtATime<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  return getPrisma().$transaction(async (tx) => {
    // $executeRaw, because Prisma cannot read the function's `void`.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('signalbox identity', 0))`;
    return work(tx);
  });
}

function storedApiKey(row: Prisma.ApiKeyModel): StoredApiKey {
  const limitReset: LimitReset | null = limitResetSchema.nullable().parse(row.limitReset);
  return { ...row, kind: apiKeyKindSchema.parse(row.kind), limitReset };
}
