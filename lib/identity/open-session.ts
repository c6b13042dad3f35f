import "server-only";
import { newUuid } from "@/lib/id";
import type { SignIn, User } from "@/lib/schemas/account";
import { SESSION_SECONDS } from "./sessions";
import { consumeSignInAttempt, returnSignInAttempt } from "./sign-in-limit";
import { insertAuditEvent, insertSession } from "./store";
import { findUserByCredentials } from "./users";

const MAX_USER_AGENT_CHARS = 256;

/** Where a sign-in comes from. */
export type SignInOrigin = { address: string | null; userAgent: string | null };

/**
 * Signs a person in: checks the password, within the limit of attempts, and starts a session of 30 days.
 *
 * @returns `null` when e-mail address or password are wrong, without saying which.
 * @throws AppError `rate_limited` after too many failures.
 */
export async function openSession(
  { email, password }: SignIn,
  { address, userAgent }: SignInOrigin,
): Promise<{ sessionId: string; user: User } | null> {
  await consumeSignInAttempt(email, address);
  const user = await findUserByCredentials(email, password);
  if (user === null) {
    // Which account was tried stays out: people type passwords into the field for the address.
    await insertAuditEvent({ accountId: null, userId: null, action: "session.refused", detail: { address } });
    return null;
  }
  await returnSignInAttempt(email, address);
  const session = {
    id: newUuid(),
    userId: user.id,
    expiresAt: new Date(Date.now() + SESSION_SECONDS * 1000),
    userAgent: userAgent?.slice(0, MAX_USER_AGENT_CHARS) ?? null,
  };
  await insertSession(session, {
    accountId: user.accountId,
    userId: user.id,
    action: "session.opened",
    target: session.id,
    detail: { address },
  });
  return { sessionId: session.id, user };
}
