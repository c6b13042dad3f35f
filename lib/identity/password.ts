import "server-only";
import { hash, type Options, verify } from "@node-rs/argon2";

/**
 * Argon2id (the library's default kind) with 19 MiB, two passes, one lane.
 * Source: OWASP Password Storage Cheat Sheet, its minimum; read 2026-11-21 in stored copies that quote it.
 */
export const ARGON2_OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const satisfies Options;

/**
 * The hash of a password that nobody knows, made with {@link ARGON2_OPTIONS}. It is a constant, because computing it on
 * first use would make that one sign-in of an unknown person slower than all others.
 */
export const UNKNOWN_USER_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$Jcy0K6ECUpUgJtNpiScLWg$jGcquQF2/plZNydp/UPtLv/gmjLmtBN1m/+QkZ8BNyY";

/** Hashes a password with a salt of its own, in PHC string format. Takes tens of milliseconds, off the event loop. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalize(password), ARGON2_OPTIONS);
}

/**
 * Whether `password` is the one behind `passwordHash`. `null` stands for a user who does not exist: the answer is
 * `false` after the same work, so that the time it takes does not tell who has an account.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? UNKNOWN_USER_HASH, normalize(password));
  return matches && passwordHash !== null;
}

/** Keyboards differ in how they compose "é"; to a person it is the same password. */
function normalize(password: string): string {
  return password.normalize("NFKC");
}
