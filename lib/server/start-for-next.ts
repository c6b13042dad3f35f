import "server-only";
import { env } from "@/lib/env";
import { prepareInstallation } from "./prepare-installation";
import { startSandboxIfWanted } from "./sandbox-switch";
import { startRuntime } from "./start-runtime";

/** Prepares and starts everything when Next is the server itself; under our own server that has happened already. */
export async function startForNext(): Promise<void> {
  if (env().SIGNALBOX_PREPARED === undefined) {
    await prepareInstallation();
    await startSandboxIfWanted();
  }
  await startRuntime();
}
