import "server-only";
import { getCatalog, setCatalogExtras } from "@/lib/catalog/catalog";
import { env, rawEnv } from "@/lib/env";
import { log } from "@/lib/log";
import { buildLiveAccess, buildSandboxAccess, explainUnconfigured } from "@/lib/providers/build-access";
import { type LocalFindings, localServersOf, probeLocalServers } from "@/lib/providers/probe-local-servers";
import { accessState, type ProviderAccess } from "@/lib/providers/provider-access";

/** Often enough that a model pulled a moment ago is soon there, and seldom enough that nobody notices. */
const PROBE_EVERY_MS = 30_000;
/** A server that takes longer to answer is found a moment after the start. */
const FIRST_PROBE_MS = 1_000;

type Found = { local: LocalFindings };

const NOTHING: LocalFindings = { providers: [], access: new Map() };

/** Keeps this process's knowledge of who can be called: by keys, by the sandbox, and by local servers that come and go. */
export type AccessKeeper = {
  /** After the catalog was loaded anew. */
  refill(): void;
  stop(): void;
};

/** Fills the access table, and looks for local servers now and from time to time. */
export async function keepAccessTable(): Promise<AccessKeeper> {
  const found: Found = { local: NOTHING };
  const details = new Map();
  const servers = localServersOf(providerFacts(), rawEnv());

  const probe = async () => {
    const local = await probeLocalServers(servers, details);
    // Their answers are the same nearly always; then nothing that was made of them has to be made again.
    if (JSON.stringify(local.providers) === JSON.stringify(found.local.providers)) return;
    found.local = local;
    fill(found);
  };
  fill(found);
  warnOfUnconfigured();
  const first = probe();
  await Promise.race([first, new Promise((resolve) => setTimeout(resolve, FIRST_PROBE_MS).unref())]);
  const timer = setInterval(() => {
    probe().catch((error: unknown) => log().warn({ err: error }, "looking for local servers failed"));
  }, PROBE_EVERY_MS).unref();
  return { refill: () => fill(found), stop: () => clearInterval(timer) };
}

/** Who can be called: providers with a key, local servers, and the sandbox in place of the others when it is on. */
function fill({ local }: Found): void {
  const facts = providerFacts();
  const live = buildLiveAccess(facts, rawEnv());
  const { SIGNALBOX_SANDBOX_URL, SANDBOX } = env();
  const sandboxIsOn = SANDBOX === "on" || (SANDBOX === "auto" && live.size === 0);
  const table = new Map<string, ProviderAccess>(
    sandboxIsOn && SIGNALBOX_SANDBOX_URL !== undefined ? buildSandboxAccess(facts, SIGNALBOX_SANDBOX_URL) : [],
  );
  for (const [slug, access] of [...live, ...local.access]) table.set(slug, access);
  const aggregators = facts.filter(({ kind, slug }) => kind === "aggregator" && live.has(slug)).map(({ slug }) => slug);
  setCatalogExtras({ aggregators, local: local.providers });
  accessState().table = table;
}

function warnOfUnconfigured(): void {
  for (const fact of providerFacts()) {
    const problem = explainUnconfigured(fact, rawEnv());
    if (problem !== undefined) log().warn(`${problem.reason}; ${problem.fix}`);
  }
}

function providerFacts() {
  return [...getCatalog().providers.values()].map(({ fact }) => fact);
}
