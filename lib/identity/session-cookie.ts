import "server-only";
import { getToken } from "next-auth/jwt";
import { z } from "zod";
import { env } from "@/lib/env";

/** What the session cookie holds; that the session still exists has to be asked of the database. */
export const sessionTokenSchema = z
  .object({ sid: z.string(), sub: z.string() })
  .transform(({ sid, sub }) => ({ sessionId: sid, userId: sub }));

/**
 * Reads the session out of a `Cookie` header, without Next: the cookie is encrypted by next-auth with `AUTH_SECRET`,
 * under a name with `__Secure-` in front when it was set over HTTPS, and in numbered pieces when it is long.
 *
 * @returns `null` when there is no cookie, or none that was made here and has not expired.
 */
export async function readSessionCookie(
  cookieHeader: string | null | undefined,
): Promise<z.output<typeof sessionTokenSchema> | null> {
  if (cookieHeader === null || cookieHeader === undefined || !cookieHeader.includes("authjs.session-token"))
    return null;
  // A sibling domain cannot set a `__Secure-` cookie over plain HTTP, so that one is believed first.
  for (const secureCookie of [true, false]) {
    const token = await getToken({ req: { headers: { cookie: cookieHeader } }, secret: authSecret(), secureCookie });
    const parsed = sessionTokenSchema.safeParse(token);
    if (parsed.success) return parsed.data;
  }
  return null;
}

/** @throws Error when it is not configured; the server sees to it before it listens. */
export function authSecret(): string {
  const secret = env().AUTH_SECRET;
  if (secret === undefined) throw new Error("AUTH_SECRET is not set");
  return secret;
}
