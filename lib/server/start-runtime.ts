import "server-only";
import path from "node:path";
import { startBilling, stopBilling } from "@/lib/billing/billing-state";
import { FreeRequestBook } from "@/lib/billing/free-requests/free-request-book";
import { freeRequestLimitsOf } from "@/lib/billing/free-requests/free-request-limits";
import { LeaseBook } from "@/lib/billing/lease-book";
import { SettlementJournal } from "@/lib/billing/settlement-journal";
import { SettlementQueue } from "@/lib/billing/settlement-queue";
import { messageBus, startMessageBus } from "@/lib/bus/message-bus";
import { loadCatalog } from "@/lib/catalog/catalog";
import { connectDatabase, disconnectDatabase } from "@/lib/db/connection";
import { registerInstance } from "@/lib/db/instance";
import { isDatabaseReachable } from "@/lib/db/is-database-reachable";
import { env } from "@/lib/env";
import { forgetOwnKeys } from "@/lib/gateway/own-keys";
import { shareAffinity } from "@/lib/gateway/share-affinity";
import { forgetCachedKey, forgetCachedKeys } from "@/lib/identity/caller-cache";
import { forgetCachedSession } from "@/lib/identity/session-caller";
import { log } from "@/lib/log";
import { keepMeasurements } from "@/lib/measurements/keep-measurements";
import { watchNotifications } from "@/lib/notified-cache";
import { forgetCachedPreset } from "@/lib/presets/find-presets";
import { processState } from "@/lib/process-state";
import { type AccessKeeper, keepAccessTable } from "./keep-access-table";
import { CATALOG_DIRECTORY } from "./prepare-installation";
import { journalDirectory, recover } from "./recover";

const RELEASE_EVERY_MS = 2_000;
const RECOVER_EVERY_MS = 30_000;

export type Runtime = {
  /** Settles everything on its way, gives credit back, disconnects. */
  stop(): Promise<void>;
};

type Slot = { current: Promise<Runtime> | undefined };

/** Makes this process able to serve, once: later calls get the same runtime. After `prepareInstallation`. */
export function startRuntime(): Promise<Runtime> {
  const slot = processState<Slot>("runtime", () => ({ current: undefined }));
  slot.current ??= start();
  return slot.current;
}

async function start(): Promise<Runtime> {
  const { DATABASE_URL, BILLING, REDIS_URL } = env();
  if (DATABASE_URL === undefined) throw new Error("the installation is not prepared");
  connectDatabase(DATABASE_URL);
  const catalogDirectory = path.resolve(CATALOG_DIRECTORY);

  const reloadCatalog = () =>
    loadCatalog(catalogDirectory).then(
      () => access?.refill(),
      (error: unknown) => log().error({ err: error }, "the catalog could not be reloaded; the old one stays"),
    );
  let access: AccessKeeper | undefined;
  let leases: LeaseBook | undefined;
  const freeLimits = freeRequestLimitsOf(env());
  const freeRequests = freeLimits === null ? null : new FreeRequestBook(freeLimits);
  const giveBack = (work: Promise<void> | undefined) =>
    work?.catch((error: unknown) => log().warn({ err: error }, "what is not needed here was not given back"));
  const instance = await registerInstance({
    onNotification: (payload) => {
      const mark = payload.indexOf(":");
      const [kind, value] = mark === -1 ? [payload, ""] : [payload.slice(0, mark), payload.slice(mark + 1)];
      if (kind === "key") {
        forgetCachedKey(value);
        void giveBack(leases?.reclaimKey(value));
      }
      if (kind === "session") forgetCachedSession(value);
      if (kind === "account") {
        forgetCachedKeys(value);
        forgetCachedSession(undefined);
      }
      if (kind === "preset") forgetCachedPreset(value);
      if (kind === "credentials") forgetOwnKeys(value);
      if (kind === "catalog") void reloadCatalog();
      if (kind === "bus") messageBus()?.hear(payload);
      if (kind === "reclaim") void giveBack(leases?.reclaimAccount(value));
      if (kind === "free") void giveBack(freeRequests?.reclaim(value));
      if (kind === "reconnected") {
        forgetCachedKeys();
        forgetCachedSession(undefined);
        forgetCachedPreset();
        forgetOwnKeys();
        void reloadCatalog();
      }
    },
    onTakenForDead: () => {
      log().error("others took this process for dead; its credit is asked for anew");
      leases?.forgetFree();
    },
  });
  watchNotifications(instance.isListening);

  await loadCatalog(catalogDirectory);
  const accessTable = await keepAccessTable();
  access = accessTable;

  const bus = await startMessageBus(instance.id, REDIS_URL);
  const stopMeasuring = await keepMeasurements(instance.id, bus);
  const stopSharingAffinity = shareAffinity(bus);

  const book = new LeaseBook(instance.id);
  leases = book;
  const settlements = new SettlementQueue({
    instanceId: instance.id,
    journal: new SettlementJournal(journalDirectory(), instance.id),
    onBalance: (accountId, balanceNanoUsd) => book.noteBalance(accountId, balanceNanoUsd),
  });
  startBilling({
    leases: book,
    freeRequests,
    settlements,
    instanceId: instance.id,
    enforced: BILLING === "on",
    isDatabaseAway: async () => !instance.isListening() || !(await isDatabaseReachable()),
  });

  const timers = [
    every(RELEASE_EVERY_MS, async () => {
      // Until journaled settlements are written, the lease is what keeps their credit from being spent again.
      if (!settlements.isInOutage) await book.releaseIdle();
      await freeRequests?.releaseIdle();
    }),
    every(RECOVER_EVERY_MS, () => recover(instance.id)),
  ];
  return {
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      accessTable.stop();
      await settlements.drain();
      await giveBack(freeRequests?.releaseAll());
      stopSharingAffinity();
      await stopMeasuring();
      bus.close();
      await instance.close();
      stopBilling();
      await disconnectDatabase();
    },
  };
}

function every(intervalMs: number, work: () => Promise<unknown>): NodeJS.Timeout {
  return setInterval(() => {
    work().catch((error: unknown) => log().warn({ err: error }, "background work failed"));
  }, intervalMs).unref();
}
