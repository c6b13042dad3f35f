import "server-only";
import path from "node:path";
import { SettlementJournal } from "@/lib/billing/settlement-journal";
import { SettlementQueue } from "@/lib/billing/settlement-queue";
import { buryDeadInstances } from "@/lib/db/bury-dead-instances";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

/** Belongs to no process: settlements of dead ones have no lease any more. */
const NO_INSTANCE = 0;

/** Where settlements wait while the database is away. */
export function journalDirectory(): string {
  return path.resolve(env().DATA_DIR, "journal");
}

/**
 * Puts in order what dead processes left: writes the settlements that waited in their local files, then closes what was
 * on its way. In that order: an answer whose settlement waited must not be taken for an interrupted one.
 */
export async function recover(ownInstanceId?: number): Promise<void> {
  const directory = journalDirectory();
  const settlements = new SettlementQueue({
    instanceId: NO_INSTANCE,
    journal: new SettlementJournal(directory, NO_INSTANCE),
    onBalance: () => undefined,
  });
  let replayed = 0;
  const interrupted = await buryDeadInstances({
    ...(ownInstanceId === undefined ? {} : { ownId: ownInstanceId }),
    nowMs: Date.now(),
    alsoIds: await SettlementJournal.listOwners(directory),
    beforeBurial: async (instanceId) => {
      replayed += await new SettlementJournal(directory, instanceId).replay((some) => settlements.write(some));
    },
  });
  if (replayed + interrupted > 0) log().warn({ replayed, interrupted }, "put in order what a dead process left");
}
