import "server-only";
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * A secret that this installation made for itself, kept in the data directory and readable by its owner only.
 *
 * Written exclusively, so that two processes that start at once agree on one.
 */
export async function ensureSecretFile(dataDir: string, name: string, make: () => string): Promise<string> {
  const file = path.join(dataDir, name);
  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(file, `${make()}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return (await readFile(file, "utf8")).trim();
}

/** A session secret: 256 random bits. */
export function newAuthSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** A first encryption key in the form of `ENCRYPTION_KEYS`. */
export function newEncryptionKeys(): string {
  return `k1:${randomBytes(32).toString("base64")}`;
}
