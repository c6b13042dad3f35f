import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { EncryptionKeys } from "./encryption-keys";

const ALGORITHM = "aes-256-gcm";
/** What GCM wants; random ones repeat only after many billions of secrets under one key. */
const NONCE_BYTES = 12;

/** An encrypted text, and the id of the key that opens it. */
export type SealedSecret = { secret: string; encryptionKeyId: string };

/**
 * Encrypts a text under the current key.
 *
 * @param owner what it belongs to. It opens for nobody else: a row copied to another account stays shut.
 */
export function sealSecret(text: string, owner: string, { currentId, byId }: EncryptionKeys): SealedSecret {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, keyOf(currentId, byId), nonce).setAAD(Buffer.from(owner));
  const parts = [nonce, Buffer.concat([cipher.update(text, "utf8"), cipher.final()]), cipher.getAuthTag()];
  return { secret: parts.map((part) => part.toString("base64url")).join("."), encryptionKeyId: currentId };
}

/** @throws Error when the key is not there, or the text was changed or is somebody else's. Quotes nothing of it. */
export function openSecret({ secret, encryptionKeyId }: SealedSecret, owner: string, { byId }: EncryptionKeys): string {
  const [nonce, text, tag] = secret.split(".").map((part) => Buffer.from(part, "base64url"));
  if (nonce === undefined || text === undefined || tag === undefined) throw new Error("a stored secret is not whole");
  const decipher = createDecipheriv(ALGORITHM, keyOf(encryptionKeyId, byId), nonce)
    .setAAD(Buffer.from(owner))
    .setAuthTag(tag);
  return decipher.update(text, undefined, "utf8") + decipher.final("utf8");
}

function keyOf(id: string, byId: EncryptionKeys["byId"]): Buffer {
  const key = byId.get(id);
  if (key === undefined) throw new Error(`there is no encryption key "${id}"`);
  return key;
}
