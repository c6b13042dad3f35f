import "server-only";
import { readFileSync } from "node:fs";
import path from "node:path";
import { env } from "@/lib/env";
import { processState } from "@/lib/process-state";
import { type EncryptionKeys, parseEncryptionKeys } from "./encryption-keys";

/** Where an installation keeps the keys that it made for itself. */
export const KEY_FILE = "encryption-keys";

type Slot = { keys: EncryptionKeys | undefined };

const slot = () => processState<Slot>("encryption-keys", () => ({ keys: undefined }));

/**
 * The encryption keys of this process. `wanted`: the id of a key that is needed; one that a rotation made since this
 * process started is in the file.
 *
 * @throws Error when there are none.
 */
export function keyring(wanted?: string): EncryptionKeys {
  const held = slot();
  held.keys ??= parseEncryptionKeys(requireKeys());
  if (wanted !== undefined && !held.keys.byId.has(wanted)) held.keys = newerKeys() ?? held.keys;
  return held.keys;
}

function requireKeys(): string {
  const { ENCRYPTION_KEYS } = env();
  if (ENCRYPTION_KEYS === undefined) throw new Error("ENCRYPTION_KEYS is not set");
  return ENCRYPTION_KEYS;
}

function newerKeys(): EncryptionKeys | undefined {
  try {
    return parseEncryptionKeys(readFileSync(path.join(env().DATA_DIR, KEY_FILE), "utf8").trim());
  } catch {
    // Keys that an operator gives stand in the environment, and there is no such file.
    return undefined;
  }
}
