// How many finished generations per second the settlement queue gets into the embedded database, ledger entry, balances
// and the activity's sums included, when it has enough of them to write in groups; and how long one takes that is alone.
import { SettlementJournal } from "@/lib/billing/settlement-journal";
import { SettlementQueue } from "@/lib/billing/settlement-queue";
import { disconnectDatabase } from "@/lib/db/connection";
import { registerInstance } from "@/lib/db/instance";
import { env } from "@/lib/env";
import { hashOf, newGenerationId } from "@/lib/id";
import { findCachedKey } from "@/lib/identity/caller-cache";
import type { Settlement } from "@/lib/schemas/settlement";
import { prepareInstallation } from "@/lib/server/prepare-installation";
import { databaseCpuUs } from "./database-cpu.mjs";

const WARM_UP = 2_000;
const MEASURED = 20_000;
const AT_ONCE = 500;
const MEASURED_ALONE = 1_000;

const installation = await prepareInstallation();
const keyHash = hashOf(installation.starterKey ?? "");
const caller = await findCachedKey(keyHash, Date.now());
if (caller === null) throw new Error("the starter key is not there");
const { accountId } = caller;
const instance = await registerInstance({ onNotification: () => undefined, onTakenForDead: () => undefined });
const queue = new SettlementQueue({
  instanceId: instance.id,
  journal: new SettlementJournal(env().DATA_DIR, instance.id),
  onBalance: () => undefined,
});

await settleMany(WARM_UP);
const cpuAtStartUs = databaseCpuUs(env().DATA_DIR);
const startedMs = performance.now();
await settleMany(MEASURED);
const perSecond = (MEASURED / (performance.now() - startedMs)) * 1_000;
const cpuGroupedUs = databaseCpuUs(env().DATA_DIR);
const aloneMs: number[] = [];
for (let count = 0; count < MEASURED_ALONE; count += 1) {
  const sentMs = performance.now();
  await queue.settle(newSettlement());
  aloneMs.push(performance.now() - sentMs);
}
aloneMs.sort((a, b) => a - b);
const cpuAtEndUs = databaseCpuUs(env().DATA_DIR);
process.send?.({
  report: {
    perSecond,
    aloneMsP50: aloneMs[MEASURED_ALONE / 2] ?? 0,
    // On a busy machine the CPU says more than the clock.
    cpuUs: perUnit(cpuAtStartUs, cpuGroupedUs, MEASURED),
    cpuAloneUs: perUnit(cpuGroupedUs, cpuAtEndUs, MEASURED_ALONE),
  },
});

process.once("SIGTERM", () => void stop());

async function stop(): Promise<void> {
  await instance.close();
  await disconnectDatabase();
  await installation.database?.stop();
  process.exit();
}

function perUnit(beforeUs: number | undefined, afterUs: number | undefined, units: number): number | undefined {
  return beforeUs === undefined || afterUs === undefined ? undefined : (afterUs - beforeUs) / units;
}

async function settleMany(count: number): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await queue.settle(newSettlement());
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function newSettlement(): Settlement {
  const id = newGenerationId(Date.now());
  return {
    generation: {
      id,
      accountId,
      apiKeyHash: keyHash,
      createdAt: new Date().toISOString(),
      apiType: "completions",
      requestedModel: "openai/gpt-4o-mini",
      modelId: "openai/gpt-4o-mini",
      providerSlug: "openai",
      endpointTag: "openai",
      upstreamId: "chatcmpl-BenchAnswer0000000000000001",
      streamed: false,
      state: "finished",
      finishReason: "stop",
      nativeFinishReason: "stop",
      promptTokens: 97,
      completionTokens: 131,
      reasoningTokens: 0,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      imageTokens: 0,
      audioTokens: 0,
      estimated: false,
      insured: false,
      sandbox: false,
      isByok: false,
      costNanoUsd: "93150",
      upstreamCostNanoUsd: null,
      firstTokenMs: 312,
      gatewayMs: 1,
      generationMs: 840,
      httpReferer: null,
      appTitle: null,
      userAgent: "signalbox-bench",
      externalUser: null,
      sessionId: null,
      serviceTier: null,
      route: {
        requested: "openai/gpt-4o-mini",
        strategy: "load_balance",
        candidates: [
          { model: "openai/gpt-4o-mini", provider: "OpenAI", endpoint: "openai", probability: 1, score: 7.5e-7 },
        ],
        excluded: [],
        attempts: [
          { model: "openai/gpt-4o-mini", provider: "OpenAI", endpoint: "openai", status: 200, latencyMs: 311 },
        ],
        notices: [],
      },
    },
    entry: {
      accountId,
      kind: "usage",
      amountNanoUsd: "-93150",
      generationId: id,
      apiKeyHash: keyHash,
      state: "exact",
      computation: {
        endpoint: "openai/gpt-4o-mini|openai",
        rounding: "once, up to the next nano-dollar",
        lines: [
          ["prompt", 97, "150000000000000000"],
          ["completion", 131, "600000000000000000"],
        ],
      },
    },
  };
}
