import "server-only";
import { hostname } from "node:os";
import path from "node:path";
import { startBilling, stopBilling } from "@/lib/billing/billing-state";
import { LeaseBook } from "@/lib/billing/lease-book";
import { SettlementJournal } from "@/lib/billing/settlement-journal";
import { SettlementQueue } from "@/lib/billing/settlement-queue";
import { getCatalog, loadCatalog } from "@/lib/catalog/catalog";
import { connectDatabase, disconnectDatabase } from "@/lib/db/connection";
import { buryDeadInstances, registerInstance } from "@/lib/db/instance";
import { env, rawEnv } from "@/lib/env";
import { forgetCachedKey, watchCallerCache } from "@/lib/identity/caller-cache";
import { forgetCachedSession } from "@/lib/identity/session-caller";
import { log } from "@/lib/log";
import { processState } from "@/lib/process-state";
import { accessState, buildLiveAccess, buildSandboxAccess } from "@/lib/providers/provider-access";
import { CATALOG_DIRECTORY } from "./prepare-installation";

const RELEASE_EVERY_MS = 2_000;
const BURY_EVERY_MS = 30_000;

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
  const { DATABASE_URL, DATA_DIR, BILLING } = env();
  if (DATABASE_URL === undefined) throw new Error("the installation is not prepared");
  connectDatabase(DATABASE_URL);
  const catalogDirectory = path.resolve(CATALOG_DIRECTORY);

  const reloadCatalog = () =>
    loadCatalog(catalogDirectory).then(
      () => fillAccessTable(),
      (error: unknown) => log().error({ err: error }, "the catalog could not be reloaded; the old one stays"),
    );
  let leases: LeaseBook | undefined;
  const instance = await registerInstance((payload) => {
    const mark = payload.indexOf(":");
    const [kind, value] = mark === -1 ? [payload, ""] : [payload.slice(0, mark), payload.slice(mark + 1)];
    if (kind === "key") forgetCachedKey(value);
    if (kind === "session") forgetCachedSession(value);
    if (kind === "catalog") void reloadCatalog();
    if (kind === "reclaim")
      leases?.reclaim(value).catch((error: unknown) => log().warn({ err: error }, "a lease was not given back"));
    if (kind === "reconnected") {
      forgetCachedKey(undefined);
      forgetCachedSession(undefined);
      void reloadCatalog();
    }
  });
  watchCallerCache(instance.isListening);

  await loadCatalog(catalogDirectory);
  fillAccessTable();

  const book = new LeaseBook(instance.id);
  leases = book;
  const settlements = new SettlementQueue({
    instanceId: instance.id,
    journal: new SettlementJournal(path.resolve(DATA_DIR, "journal"), `${hostname()}-${process.pid}`),
    onBalance: (accountId, balanceNanoUsd) => book.noteBalance(accountId, balanceNanoUsd),
  });
  startBilling({ leases: book, settlements, instanceId: instance.id, enforced: BILLING === "on" });

  const timers = [every(RELEASE_EVERY_MS, () => book.releaseIdle()), every(BURY_EVERY_MS, buryDeadInstances)];
  return {
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await settlements.drain();
      await instance.close();
      stopBilling();
      await disconnectDatabase();
    },
  };
}

/** Who can be called: providers with a key, and the sandbox in place of the others when it is on. */
function fillAccessTable(): void {
  const facts = [...getCatalog().providers.values()].map(({ fact }) => fact);
  const live = buildLiveAccess(facts, rawEnv());
  const { SIGNALBOX_SANDBOX_URL, SANDBOX } = env();
  const sandboxIsOn = SANDBOX === "on" || (SANDBOX === "auto" && live.size === 0);
  const table =
    sandboxIsOn && SIGNALBOX_SANDBOX_URL !== undefined ? buildSandboxAccess(facts, SIGNALBOX_SANDBOX_URL) : new Map();
  for (const [slug, access] of live) table.set(slug, access);
  accessState().table = table;
}

function every(intervalMs: number, work: () => Promise<unknown>): NodeJS.Timeout {
  return setInterval(() => {
    work().catch((error: unknown) => log().warn({ err: error }, "background work failed"));
  }, intervalMs).unref();
}
