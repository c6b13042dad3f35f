import "server-only";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { grantCredits } from "@/lib/billing/ledger";
import { importCatalog } from "@/lib/catalog/catalog";
import { connectDatabase } from "@/lib/db/connection";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { applyMigrations } from "@/lib/db/migrate";
import { type Env, env, setEnv } from "@/lib/env";
import { hashOf, newApiKey } from "@/lib/id";
import { ensureAdministrator, ensureStarterKey } from "@/lib/identity/bootstrap";
import { findKeyForCaller, hasUsers } from "@/lib/identity/store";
import { log } from "@/lib/log";
import { parseUsd } from "@/lib/money";
import { recover } from "./recover";
import { ensureSecretFile, newAuthSecret, newEncryptionKeys } from "./secrets";

export const CATALOG_DIRECTORY = path.join("prisma", "catalog");
const MIGRATIONS_DIRECTORY = path.join("prisma", "migrations");
/** What a fresh installation may spend before anybody has signed up, in USD. Enough to try every sandbox model. */
const STARTER_CREDITS = "10";

export type Installation = {
  /** An API key that works at once; embedded installations only, and only until somebody revokes it. */
  starterKey: string | undefined;
  /** Nobody has signed up yet. */
  isNew: boolean;
  database: EmbeddedPostgres | undefined;
};

/**
 * Brings the installation into the state in which processes can serve: database running and migrated, secrets made,
 * catalog imported, what a crash left closed, administrator and starter key in place. Idempotent, and safe to run in
 * several instances at once.
 *
 * @throws Error that says what to set, when the configuration is incomplete.
 */
export async function prepareInstallation(): Promise<Installation> {
  const settings = env();
  const dataDir = path.resolve(settings.DATA_DIR);
  await mkdir(dataDir, { recursive: true });
  const database = settings.DATABASE_URL === undefined ? await startEmbedded(dataDir, settings) : undefined;
  if (database === undefined) requireSecrets(settings);

  const { DATABASE_URL: url } = env();
  if (url === undefined) throw new Error("the embedded database gave no URL");
  await applyMigrations({ url, migrationsDir: path.resolve(MIGRATIONS_DIRECTORY), log: databaseLog });
  connectDatabase(url);
  await importCatalog(path.resolve(CATALOG_DIRECTORY));
  await recover();
  await bootstrapAdministrator(settings);
  const starterKey = database === undefined ? undefined : await bootstrapStarterKey(dataDir, settings);
  setEnv({ SIGNALBOX_PREPARED: "1" });
  return { starterKey, isNew: !(await hasUsers()), database };
}

const databaseLog = {
  info: (message: string) => log().debug(message),
  warn: (message: string) => log().warn(message),
};

async function startEmbedded(dataDir: string, settings: Env): Promise<EmbeddedPostgres> {
  const database = await startEmbeddedPostgres({ dataDir, log: databaseLog });
  setEnv({
    DATABASE_URL: database.url,
    AUTH_SECRET: settings.AUTH_SECRET ?? (await ensureSecretFile(dataDir, "auth-secret", newAuthSecret)),
    ENCRYPTION_KEYS:
      settings.ENCRYPTION_KEYS ?? (await ensureSecretFile(dataDir, "encryption-keys", newEncryptionKeys)),
  });
  return database;
}

/** With a database of their own, several instances must share these, so none of them may invent one. */
function requireSecrets({ AUTH_SECRET, ENCRYPTION_KEYS }: Env): void {
  const missing = [
    ...(AUTH_SECRET === undefined ? ["  AUTH_SECRET: any text of at least 32 random characters"] : []),
    ...(ENCRYPTION_KEYS === undefined ? ["  ENCRYPTION_KEYS: k1: and 32 random bytes in base64"] : []),
  ];
  if (missing.length > 0) throw new Error(`With DATABASE_URL these must be set:\n${missing.join("\n")}`);
}

async function bootstrapAdministrator(settings: Env): Promise<void> {
  const { ADMIN_EMAIL, ADMIN_PASSWORD, ADMIN_PROVISIONING_KEY, ADMIN_CREDITS, NEW_ACCOUNT_CREDITS } = settings;
  if (ADMIN_EMAIL === undefined) return;
  if (ADMIN_PASSWORD === undefined) throw new Error("ADMIN_EMAIL is set, so ADMIN_PASSWORD must be set too");
  const { accountId } = await ensureAdministrator({
    email: ADMIN_EMAIL,
    password: ADMIN_PASSWORD,
    ...(ADMIN_PROVISIONING_KEY === undefined ? {} : { provisioningKey: ADMIN_PROVISIONING_KEY }),
  });
  await grantCredits({
    accountId,
    kind: "grant",
    amountNanoUsd: parseUsd(ADMIN_CREDITS ?? NEW_ACCOUNT_CREDITS),
    reference: `bootstrap:${accountId}`,
    note: "Initial credits of the administrator",
  });
}

async function bootstrapStarterKey(dataDir: string, settings: Env): Promise<string | undefined> {
  const key = await ensureSecretFile(dataDir, "starter-key", newApiKey);
  const { accountId } = await ensureStarterKey(key);
  // The administrator's credits were granted above; this is for the account that nobody owns yet.
  if (settings.ADMIN_EMAIL === undefined) {
    await grantCredits({
      accountId,
      kind: "grant",
      amountNanoUsd: parseUsd(settings.ADMIN_CREDITS ?? STARTER_CREDITS),
      reference: `bootstrap:${accountId}`,
      note: "Starter credits",
    });
  }
  const stored = await findKeyForCaller(hashOf(key));
  return stored === null || stored.disabled || stored.deletedAt !== null ? undefined : key;
}
