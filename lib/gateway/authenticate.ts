import "server-only";
import { AppError } from "@/lib/errors";
import { hashOf } from "@/lib/id";
import { findCachedKey } from "@/lib/identity/caller-cache";
import { isSameOrigin } from "@/lib/identity/is-same-origin";
import { findSessionCaller } from "@/lib/identity/session-caller";
import { readSessionCookie } from "@/lib/identity/session-cookie";
import type { Caller } from "@/lib/schemas/caller";
import type { GatewayRequest } from "./http";

const KEY_FORM = /^sk-or-v1-[0-9a-f]{64}$/;

/**
 * Finds out who is asking: an API key in `Authorization` or `x-api-key`, else the session cookie of a signed-in person.
 *
 * @throws AppError `unauthenticated`; missing, malformed, unknown, disabled and expired keys all look alike.
 * @throws AppError `forbidden` for a cookie that comes with a request from another site.
 * @throws AppError `unavailable` when an unknown key cannot be looked up because the database is away.
 */
export async function authenticate(request: GatewayRequest): Promise<Caller> {
  const secret = secretOf(request.headers);
  if (secret !== undefined) {
    const caller = KEY_FORM.test(secret) ? await findCachedKey(hashOf(secret), request.receivedMs) : null;
    if (caller === null) throw new AppError("unauthenticated", "Missing or invalid API key");
    return caller;
  }
  const session = await readSessionCookie(request.headers.cookie);
  const caller =
    session === null ? null : await findSessionCaller(session.sessionId, session.userId, request.receivedMs);
  if (caller === null) throw new AppError("unauthenticated", "Missing or invalid API key");
  const { headers, method } = request;
  // Reading is harmless: no page elsewhere can see the answer.
  if (method !== "GET" && method !== "HEAD" && !isSameOrigin((name) => headers[name]))
    throw new AppError("forbidden", "A session may only be used from this site");
  return caller;
}

function secretOf(headers: GatewayRequest["headers"]): string | undefined {
  const { authorization } = headers;
  if (authorization !== undefined && authorization !== "") {
    return authorization.replace(/^bearer\s+/i, "").trim();
  }
  const key = headers["x-api-key"];
  return key === undefined || key === "" ? undefined : key.trim();
}
