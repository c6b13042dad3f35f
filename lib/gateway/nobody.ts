import { DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";

/** A visitor: no account, so no presets and nothing set aside. */
export const NOBODY = { accountId: "00000000-0000-0000-0000-000000000000", settings: DEFAULT_ACCOUNT_SETTINGS };
