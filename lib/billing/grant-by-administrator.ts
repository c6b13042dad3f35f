import "server-only";
import { parseUsd, usdString } from "@/lib/money";
import type { User } from "@/lib/schemas/account";
import type { CreditGrant, CreditGrantRequest } from "@/lib/schemas/credit-grant";
import { insertGrant } from "./entries/store";

/**
 * Gives credits to somebody's account, once for each reference, and notes it in the audit log. That `administrator` is
 * one has been seen to before.
 */
export async function grantByAdministrator(
  administrator: User,
  recipient: User,
  { amount, note, reference }: CreditGrantRequest,
): Promise<CreditGrant> {
  const amountNanoUsd = parseUsd(amount);
  const { balanceNanoUsd } = await insertGrant({
    accountId: recipient.accountId,
    amountNanoUsd,
    note,
    reference: `grant:${reference}`,
    actor: { accountId: administrator.accountId, userId: administrator.id },
  });
  return { email: recipient.email, amountUsd: usdString(amountNanoUsd), balanceUsd: usdString(balanceNanoUsd) };
}
