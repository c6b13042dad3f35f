import "server-only";
import { hashOf, labelOf, newUserId } from "@/lib/id";
import { emailSchema } from "@/lib/schemas/account";
import { DEFAULT_KEY_SETTINGS } from "./key-settings";
import { hashPassword } from "./password";
import { ensureApiKey, findUserWithPassword, insertUser, promoteUser } from "./store";

/**
 * Sees to it that the administrator of the configuration exists. May be called at every start, by several instances at
 * once: an existing user becomes an administrator and keeps their password, an existing key stays as it is.
 */
export async function ensureAdministrator({
  email,
  password,
  provisioningKey,
}: {
  email: string;
  password: string;
  provisioningKey?: string;
}): Promise<{ accountId: string }> {
  const user = await ensureUser(emailSchema.parse(email), password);
  if (!user.isAdmin) await promoteUser(user);
  if (provisioningKey !== undefined) {
    await ensureApiKey(keyFields(provisioningKey, "provisioning", "From the configuration", user.id), user);
  }
  return { accountId: user.accountId };
}

/**
 * Sees to it that there is a key to try the installation with, on the first administrator's account, or, while nobody
 * has signed up, on the account that the first person will take over. A key that was deleted stays deleted.
 */
export async function ensureStarterKey(key: string): Promise<{ accountId: string }> {
  return { accountId: await ensureApiKey(keyFields(key, "inference", "Starter key", null), null) };
}

async function ensureUser(email: string, password: string) {
  const existing = await findUserWithPassword(email);
  // Before hashing: a start should not take longer because the administrator is there.
  if (existing !== null) return existing;
  const user = { id: newUserId(), email, name: "Administrator", passwordHash: await hashPassword(password) };
  const inserted = await insertUser(user, "administrator");
  if (inserted.kind === "closed") throw new Error("an administrator is admitted always");
  return inserted.user;
}

function keyFields(key: string, kind: "inference" | "provisioning", name: string, creatorUserId: string | null) {
  return { ...DEFAULT_KEY_SETTINGS, hash: hashOf(key), label: labelOf(key), kind, name, creatorUserId };
}
