import { grantByAdministrator } from "@/lib/billing/grant-by-administrator";
import { invalidField } from "@/lib/errors";
import { findUserByEmail } from "@/lib/identity/users";
import { creditGrantRequestSchema } from "@/lib/schemas/credit-grant";
import { administratorRoute, parseBody } from "../internal-route";

/** Gives credits to somebody's account. */
export const POST = administratorRoute(async ({ user, request }) => {
  const grant = await parseBody(request, creditGrantRequestSchema);
  const recipient = await findUserByEmail(grant.email);
  if (recipient === null) throw invalidField("email", "nobody here has this address");
  return grantByAdministrator(user, recipient, grant);
});
