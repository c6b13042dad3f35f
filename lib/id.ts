import { hash, randomBytes, randomUUID } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const POOL_BYTES = 4096;
let pool = randomBytes(POOL_BYTES);
let used = 0;

/** `length` random letters and digits from a pool of system randomness (one system call per few hundred ids). */
export function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    if (used === pool.length) {
      pool = randomBytes(POOL_BYTES);
      used = 0;
    }
    const byte = pool[used] ?? 255;
    used += 1;
    // 248 = 4 × 62: bytes above would favour the first letters.
    if (byte < 248) text += ALPHABET[byte % 62];
  }
  return text;
}

/** `gen-<unix seconds>-<20 letters and digits>`, the form that OpenRouter's clients have seen. */
export function newGenerationId(nowMs: number): string {
  return `gen-${Math.floor(nowMs / 1000)}-${randomText(20)}`;
}

export function newUserId(): string {
  return `user_${randomText(27)}`;
}

export function newUuid(): string {
  return randomUUID();
}

/** A new secret key: 256 random bits. */
export function newApiKey(): string {
  return `sk-or-v1-${randomBytes(32).toString("hex")}`;
}

/** SHA-256 in lower-case hex: what is stored of a key, and its public `hash`. */
export function hashOf(secret: string): string {
  return hash("sha256", secret, "hex");
}

/** `sk-or-v1-abc…123` with three dots, enough to tell keys apart and useless to guess one. */
export function labelOf(key: string): string {
  return `${key.slice(0, 12)}...${key.slice(-3)}`;
}
