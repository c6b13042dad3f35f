import "server-only";
import { getPrisma } from "@/lib/db/connection";
import type { Prisma } from "@/lib/db/generated/client";
import { type AccountSettings, accountSettingsSchema, DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";

/** The settings of a row of the table, or of its absence. */
export function storedSettings(row: unknown): AccountSettings {
  return row === null || row === undefined ? DEFAULT_ACCOUNT_SETTINGS : accountSettingsSchema.parse(row);
}

export async function selectSettings(accountId: string): Promise<AccountSettings> {
  return storedSettings(await getPrisma().accountSettings.findUnique({ where: { accountId } }));
}

/** Changes what `patch` names, and notes who did. @returns the settings as they are then. */
export function patchSettings(
  accountId: string,
  patch: Partial<AccountSettings>,
  userId: string | null,
): Promise<AccountSettings> {
  const { plugins, ...rest } = patch;
  const data = { ...rest, ...(plugins === undefined ? {} : { plugins: jsonOf(plugins) }) };
  return getPrisma().$transaction(async (tx) => {
    const row = await tx.accountSettings.upsert({
      where: { accountId },
      create: { accountId, ...data },
      update: data,
    });
    await tx.auditEvent.create({
      data: { accountId, userId, action: "settings.updated", detail: { changed: Object.keys(patch) } },
    });
    return storedSettings(row);
  });
}

/** Prisma's own type of JSON has no `unknown` in it. */
function jsonOf(value: unknown): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value));
}
