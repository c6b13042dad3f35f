import { findGeneration } from "@/lib/activity/get-generation";
import { AppError } from "@/lib/errors";
import { internalRoute } from "../../internal-route";

export const GET = internalRoute<{ id: string }>(async ({ user, parameters: { id } }) => {
  const generation = await findGeneration(user.accountId, id);
  if (generation === null) throw new AppError("not_found", "There is no such generation.");
  return generation;
});
