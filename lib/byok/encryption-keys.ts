/** The keys of `ENCRYPTION_KEYS`: what is encrypted anew gets the first one, what is stored may have any of them. */
export type EncryptionKeys = { currentId: string; byId: ReadonlyMap<string, Buffer> };

const KEY_BYTES = 32;

/** @throws Error when the text holds no key, one of another size, or one id twice. Quotes no key. */
export function parseEncryptionKeys(text: string): EncryptionKeys {
  const byId = new Map<string, Buffer>();
  for (const entry of text.split(",")) {
    const mark = entry.indexOf(":");
    const id = entry.slice(0, mark).trim();
    const key = Buffer.from(entry.slice(mark + 1).trim(), "base64");
    if (mark < 1 || key.length !== KEY_BYTES) {
      throw new Error(`ENCRYPTION_KEYS: must be id:base64 pairs of ${KEY_BYTES} bytes each, comma-separated`);
    }
    if (byId.has(id)) throw new Error(`ENCRYPTION_KEYS: the id "${id}" is there twice`);
    byId.set(id, key);
  }
  const [currentId] = byId.keys();
  if (currentId === undefined) throw new Error("ENCRYPTION_KEYS: there must be at least one key");
  return { currentId, byId };
}
