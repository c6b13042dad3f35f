import "server-only";
import type { User } from "@/lib/schemas/account";
import { endSession, findStoredSession } from "./store";

/** How long a sign-in lasts, whether it is used or not. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

export type Session = { id: string; userId: string; user: User; expiresAt: Date };

/** The session with its user, or `null` when it does not exist, was revoked, or is past its 30 days. */
export async function findSession(id: string): Promise<Session | null> {
  const stored = await findStoredSession(id);
  if (stored === null || stored.revokedAt !== null || stored.expiresAt.getTime() <= Date.now()) return null;
  return { id: stored.id, userId: stored.user.id, user: stored.user, expiresAt: stored.expiresAt };
}

/** Ends a session everywhere, for good. Ending it twice changes nothing. */
export async function revokeSession(id: string): Promise<void> {
  await endSession(id, new Date());
}
