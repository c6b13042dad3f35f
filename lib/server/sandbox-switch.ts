import "server-only";
import { randomBytes } from "node:crypto";
import { env, setEnv } from "@/lib/env";
import { startSandbox } from "@/lib/sandbox/start-sandbox";

/**
 * Starts the sandbox providers unless they are switched off, and tells this process and its workers where they
 * are, and how to turn their faults.
 */
export async function startSandboxIfWanted(): Promise<{ close(): Promise<void> } | undefined> {
  // "auto" starts them too: whether they are used depends on the providers' keys, which the runtime looks at.
  if (env().SANDBOX === "off") return undefined;
  const controlToken = randomBytes(24).toString("base64url");
  const sandbox = await startSandbox({ controlToken });
  setEnv({ SIGNALBOX_SANDBOX_URL: sandbox.baseUrl, SIGNALBOX_SANDBOX_TOKEN: controlToken });
  return sandbox;
}
