import { grantByAdministrator } from "@/lib/billing/grant-by-administrator";
import { AppError, invalidField } from "@/lib/errors";
import { findUserByEmail } from "@/lib/identity/users";
import { creditGrantRequestSchema } from "@/lib/schemas/credit-grant";
import { internalRoute, parseBody } from "../internal-route";

/** Gives credits to somebody's account. For administrators alone. */
export const POST = internalRoute(async ({ user, request }) => {
  if (!user.isAdmin) throw new AppError("forbidden", "Only administrators grant credits.");
  const grant = await parseBody(request, creditGrantRequestSchema);
  const recipient = await findUserByEmail(grant.email);
  if (recipient === null) throw invalidField("email", "nobody here has this address");
  return grantByAdministrator(user, recipient, grant);
});
