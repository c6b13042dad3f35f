import "server-only";
import { forgetProcessState, processState } from "@/lib/process-state";
import type { FreeRequestBook } from "./free-requests/free-request-book";
import type { LeaseBook } from "./lease-book";
import type { SettlementQueue } from "./settlement-queue";

export type Billing = {
  leases: LeaseBook;
  /** `null`: free models may be asked as often as anybody likes. */
  freeRequests: FreeRequestBook | null;
  settlements: SettlementQueue;
  instanceId: number;
  /** `false`: usage is metered, nothing is refused. */
  enforced: boolean;
  /** Whether the database cannot be asked at this moment. */
  isDatabaseAway: () => Promise<boolean>;
};

type Slot = { current: Billing | undefined };

const slot = () => processState<Slot>("billing", () => ({ current: undefined }));

/** Sets up the billing of this process. */
export function startBilling(billing: Billing): void {
  slot().current = billing;
}

/** The billing of this process. @throws Error before {@link startBilling}. */
export function getBilling(): Billing {
  const { current } = slot();
  if (current === undefined) throw new Error("billing is not started yet");
  return current;
}

/** Whether an unexpected error may be due to a database that is away. */
export async function isDatabaseAway(): Promise<boolean> {
  return (await slot().current?.isDatabaseAway()) ?? false;
}

export function stopBilling(): void {
  forgetProcessState("billing");
}
