import { AppError } from "@/lib/errors";
import { deleteApiKey, findApiKey } from "@/lib/identity/api-keys";
import { internalRoute } from "../../internal-route";

export const DELETE = internalRoute<{ hash: string }>(async ({ user, parameters: { hash } }) => {
  const isHere = (await findApiKey(user.accountId, hash, "inference")) !== null;
  if (!isHere || !(await deleteApiKey(user.accountId, hash, user.id)))
    throw new AppError("not_found", "There is no such key.");
  return { deleted: true };
});
