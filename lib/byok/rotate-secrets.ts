import "server-only";
import { ownerOf } from "./credentials";
import type { EncryptionKeys } from "./encryption-keys";
import { openSecret, sealSecret } from "./seal-secret";
import { replaceSecret, selectSealedOtherwise } from "./store";

const AT_ONCE = 100;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/**
 * Encrypts anew, with the current key, every secret that another one keeps. Safe beside running servers, and safe to
 * repeat: what was changed meanwhile is left as it is.
 *
 * @returns how many were encrypted anew, and the ids of those that no key opens.
 */
export async function rotateSecrets(keys: EncryptionKeys): Promise<{ rotated: number; unreadable: string[] }> {
  const unreadable: string[] = [];
  let rotated = 0;
  let last = BEFORE_ALL;
  for (;;) {
    const rows = await selectSealedOtherwise(keys.currentId, last, AT_ONCE);
    for (const row of rows) {
      last = row.id;
      const secret = opened(row, keys);
      if (secret === undefined) unreadable.push(row.id);
      else if (await replaceSecret(row.id, row, sealSecret(secret, ownerOf(row), keys))) rotated += 1;
    }
    if (rows.length < AT_ONCE) return { rotated, unreadable };
  }
}

function opened(
  row: Parameters<typeof ownerOf>[0] & Parameters<typeof openSecret>[0],
  keys: EncryptionKeys,
): string | undefined {
  try {
    return openSecret(row, ownerOf(row), keys);
  } catch {
    // Its key is gone, or the row was tampered with: told by its id.
    return undefined;
  }
}
