import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { CONTROL_PATH } from "@/lib/sandbox/control-faults";
import { type FaultMap, faultMapSchema } from "@/lib/schemas/provider-faults";

const TIMEOUT_MS = 5_000;

export type BoardCall =
  | { kind: "read" }
  /** Only the providers that are named; an empty entry heals one. */
  | { kind: "change"; faults: FaultMap }
  | { kind: "replace"; faults: FaultMap };

const METHODS = { read: "GET", change: "PATCH", replace: "PUT" } as const;

/**
 * Reads or turns the faults of the sandbox, which runs in the first process while this may be a worker: what is changed
 * holds for all of them from the next request on. Gives the board as it is then.
 *
 * @throws AppError `not_found` when no sandbox runs, `unavailable` when it does not answer.
 */
export async function callFaultBoard(call: BoardCall): Promise<FaultMap> {
  const { SIGNALBOX_SANDBOX_URL: url, SIGNALBOX_SANDBOX_TOKEN: token } = env();
  if (url === undefined || token === undefined) throw new AppError("not_found", "The sandbox is off.");
  const response = await fetch(url + CONTROL_PATH, {
    method: METHODS[call.kind],
    headers: { authorization: `Bearer ${token}` },
    body: call.kind === "read" ? null : JSON.stringify(call.faults),
    cache: "no-store",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    throw new AppError("unavailable", "The sandbox does not answer.", { cause: error });
  });
  if (!response.ok) throw new AppError("unavailable", `The sandbox answered with status ${response.status}.`);
  return faultMapSchema.parse(await response.json());
}
