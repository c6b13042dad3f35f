import { findGeneration } from "@/lib/activity/get-generation";
import { findChargeOf } from "@/lib/billing/list-entries";
import { AppError } from "@/lib/errors";
import type { ChargedGeneration } from "@/lib/schemas/generation";
import { internalRoute } from "../../internal-route";

export const GET = internalRoute<{ id: string }>(async ({ user, parameters: { id } }): Promise<ChargedGeneration> => {
  const [generation, charge] = await Promise.all([
    findGeneration(user.accountId, id),
    findChargeOf(user.accountId, id),
  ]);
  if (generation === null) throw new AppError("not_found", "There is no such generation.");
  return { ...generation, charge };
});
