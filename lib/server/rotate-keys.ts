import "server-only";
import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type EncryptionKeys, parseEncryptionKeys } from "@/lib/byok/encryption-keys";
import { KEY_FILE } from "@/lib/byok/keyring";
import { rotateSecrets } from "@/lib/byok/rotate-secrets";
import { connectDatabase, disconnectDatabase } from "@/lib/db/connection";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { env, loadEnvFile } from "@/lib/env";

/**
 * `npm run rotate-keys`: encrypts the accounts' provider keys anew with the current encryption key. Where this
 * installation keeps its own keys, in DATA_DIR, a new one is made first; `--drop-old` makes none, and removes the others
 * when nothing needs them any more. Servers may run meanwhile.
 */
const SILENT = { info: () => undefined, warn: () => undefined };

// The bundle lies in dist/, one below the root, from which all paths are relative.
process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), ".."));
loadEnvFile();

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run(): Promise<number> {
  const { DATABASE_URL, DATA_DIR, ENCRYPTION_KEYS } = env();
  const dataDir = path.resolve(DATA_DIR);
  const isDropping = process.argv.includes("--drop-old");
  const database = DATABASE_URL === undefined ? await startEmbeddedPostgres({ dataDir, log: SILENT }) : undefined;
  try {
    connectDatabase(DATABASE_URL ?? database?.url ?? "");
    const file = ENCRYPTION_KEYS === undefined ? path.join(dataDir, KEY_FILE) : undefined;
    const keys = parseEncryptionKeys(ENCRYPTION_KEYS ?? (await ownKeys(file, isDropping)));
    const { rotated, unreadable } = await rotateSecrets(keys);
    say(`${rotated} provider ${rotated === 1 ? "key is" : "keys are"} encrypted anew with "${keys.currentId}".`);
    if (unreadable.length > 0) {
      say(`${unreadable.length} cannot be read with any key, and stay as they are: ${unreadable.join(", ")}`);
      return 1;
    }
    await forgetOld(keys, file, isDropping);
    return 0;
  } finally {
    await disconnectDatabase();
    await database?.stop();
  }
}

/** The keys of the file, with a new one before them unless they are only to be tidied. */
async function ownKeys(file: string | undefined, isDropping: boolean): Promise<string> {
  if (file === undefined) return "";
  const text = (await readFile(file, "utf8").catch(() => "")).trim();
  if (text === "") throw new Error("There are no encryption keys yet: start the server once.");
  if (isDropping) return text;
  const { byId } = parseEncryptionKeys(text);
  let number = byId.size + 1;
  while (byId.has(`k${number}`)) number += 1;
  const all = `k${number}:${randomBytes(32).toString("base64")},${text}`;
  await replaceFile(file, all);
  return all;
}

async function forgetOld({ currentId, byId }: EncryptionKeys, file: string | undefined, isDropping: boolean) {
  if (byId.size === 1) return;
  if (file === undefined) {
    const others = [...byId.keys()].filter((id) => id !== currentId).join(", ");
    say(`Nothing needs the others any more (${others}): remove them from ENCRYPTION_KEYS.`);
  } else if (isDropping) {
    await replaceFile(file, `${currentId}:${byId.get(currentId)?.toString("base64") ?? ""}`);
    say("The other keys are removed.");
  } else {
    say("Restart the server, then run this again with --drop-old to remove the old keys.");
  }
}

/** In one step, so that no crash leaves an installation without its keys. */
async function replaceFile(file: string, text: string): Promise<void> {
  const next = `${file}.next`;
  await writeFile(next, `${text}\n`, { mode: 0o600 });
  await rename(next, file);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
