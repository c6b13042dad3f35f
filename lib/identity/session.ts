import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { User } from "@/lib/schemas/account";
import { readSessionCookie } from "./session-cookie";
import { findSession } from "./sessions";

/** The person who is signed in, for pages, actions and route handlers; asked of the database once per request. */
export const findSignedInUser = cache(async (): Promise<User | null> => {
  const cookie = await readSessionCookie((await headers()).get("cookie"));
  const session = cookie === null ? null : await findSession(cookie.sessionId);
  return session?.user ?? null;
});

/**
 * The person who is signed in; anybody else is sent to sign in.
 *
 * @param path where to come back to, such as `/settings/keys`: a path of this site, because Next does not tell a
 * server component where it is.
 */
export async function requireSignedInUser(path?: string): Promise<User> {
  const user = await findSignedInUser();
  if (user !== null) return user;
  redirect(path === undefined ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}
