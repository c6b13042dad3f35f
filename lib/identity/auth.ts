import "server-only";
import NextAuth, { CredentialsSignin, type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { signInSchema } from "@/lib/schemas/account";
import { openSession } from "./open-session";
import { authSecret, sessionTokenSchema } from "./session-cookie";
import { findSession, revokeSession, SESSION_SECONDS } from "./sessions";

/** Thrown by {@link signIn} after too many wrong passwords. Its `code` is `rate_limited`. */
export class SignInLimited extends CredentialsSignin {
  override code = "rate_limited";
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super();
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * next-auth, for sign-in with e-mail and password. The attempts are limited in here, because next-auth's own route
 * accepts them too. `signIn("credentials", { email, password, redirect: false })` throws {@link SignInLimited}, or
 * `CredentialsSignin` when address or password are wrong.
 *
 * The configuration is a function, so that a build needs no secret.
 */
export const { handlers, auth, signIn, signOut } = NextAuth(() => authConfig());

function authConfig(): NextAuthConfig {
  const { APP_URL } = env();
  return {
    basePath: "/api/auth",
    secret: authSecret(),
    // Behind a proxy the address comes in X-Forwarded-Host; nothing here is built from it but redirects to ourselves.
    trustHost: true,
    ...(APP_URL === undefined ? {} : { useSecureCookies: APP_URL.startsWith("https:") }),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      Credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (credentials, request) => authorize(credentials, request.headers),
      }),
    ],
    callbacks: {
      async jwt({ token, user }) {
        // Present at the sign-in only. Of the person the ids suffice: whatever else a page needs it reads fresh.
        if (user !== undefined) {
          const { id, sessionId } = authorizedSchema.parse(user);
          return { sub: id, sid: sessionId };
        }
        const parsed = sessionTokenSchema.safeParse(token);
        const session = parsed.success ? await findSession(parsed.data.sessionId) : null;
        return session === null ? null : token;
      },
      session({ session, token }) {
        return { expires: session.expires, user: { id: token.sub ?? "" } };
      },
    },
    events: {
      async signOut(message) {
        const parsed = sessionTokenSchema.safeParse("token" in message ? message.token : null);
        if (parsed.success) await revokeSession(parsed.data.sessionId);
      },
    },
    logger: {
      error(error) {
        // A wrong password is in the audit log and no fault of ours.
        if (!(error instanceof CredentialsSignin)) log().error({ err: error }, "sign-in failed");
      },
    },
  };
}

/** What {@link authorize} hands to the `jwt` callback, through next-auth's own narrower type. */
const authorizedSchema = z.object({ id: z.string(), sessionId: z.string() });

async function authorize(credentials: unknown, headers: Headers) {
  const parsed = signInSchema.safeParse(credentials);
  if (!parsed.success) return null;
  try {
    const opened = await openSession(parsed.data, {
      address: addressOf(headers),
      userAgent: headers.get("user-agent"),
    });
    if (opened === null) return null;
    return { id: opened.user.id, sessionId: opened.sessionId };
  } catch (error) {
    if (error instanceof AppError && error.code === "rate_limited") {
      throw new SignInLimited(error.retryAfterSeconds ?? 1);
    }
    throw error;
  }
}

/** The last address in `X-Forwarded-For`: the one that the nearest proxy wrote itself, and not what a client claims. */
function addressOf(headers: Headers): string | null {
  return headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || null;
}
