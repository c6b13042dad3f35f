import "server-only";
import { env, setEnv } from "@/lib/env";
import { startSandbox } from "@/lib/sandbox/start-sandbox";

/** Starts the sandbox providers unless they are switched off, and tells this process and its workers where they are. */
export async function startSandboxIfWanted(): Promise<{ close(): Promise<void> } | undefined> {
  // "auto" starts them too: whether they are used depends on the providers' keys, which the runtime looks at.
  if (env().SANDBOX === "off") return undefined;
  const sandbox = await startSandbox({});
  setEnv({ SIGNALBOX_SANDBOX_URL: sandbox.baseUrl });
  return sandbox;
}
