import { AppError } from "@/lib/errors";
import type { Caller } from "@/lib/schemas/caller";

const REFUSALS = {
  // The public API's own words for it, which clients know. Source: its OpenAPI document, 2026-08-22.
  provisioning: "Only management keys can perform this operation",
  inference: "A provisioning key only manages other keys: use an ordinary API key for this",
} as const;

/**
 * Refuses callers that an operation is not for: `provisioning` is for provisioning keys alone, so for no session
 * either; `inference` is for ordinary keys and for people who are signed in.
 *
 * @throws AppError `forbidden`
 */
export function requireKeyKind(caller: Caller, need: keyof typeof REFUSALS): void {
  const kind = caller.key?.kind ?? "session";
  const isAdmitted = need === "provisioning" ? kind === "provisioning" : kind !== "provisioning";
  if (!isAdmitted) throw new AppError("forbidden", REFUSALS[need]);
}

/** The caller's key, of either kind. @throws AppError `forbidden` when there is none. */
export function requireKey(caller: Caller): NonNullable<Caller["key"]> {
  if (caller.key === null) throw new AppError("forbidden", "This is about an API key: send one as a bearer token");
  return caller.key;
}
