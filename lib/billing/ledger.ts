import "server-only";
import { AppError } from "@/lib/errors";
import type { NanoUsd } from "@/lib/money";
import { addEntry, readBalance } from "./store";

/**
 * Adds credits to an account. Idempotent by `reference`.
 *
 * @returns `false` when that reference was granted before and nothing changed.
 */
export async function grantCredits(grant: {
  accountId: string;
  kind: "grant" | "purchase" | "bonus" | "adjustment";
  amountNanoUsd: NanoUsd;
  reference: string;
  note: string;
}): Promise<boolean> {
  if (grant.amountNanoUsd === 0n) return false;
  return addEntry({ ...grant, amountNanoUsd: grant.amountNanoUsd.toString() });
}

/** Balance, and what was ever added and used; the first is the difference of the other two. @throws AppError not_found */
export async function getBalance(
  accountId: string,
): Promise<{ balanceNanoUsd: NanoUsd; creditsNanoUsd: NanoUsd; usageNanoUsd: NanoUsd }> {
  const balance = await readBalance(accountId);
  if (balance === null) throw new AppError("not_found", "Account not found");
  return balance;
}
