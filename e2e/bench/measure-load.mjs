import { databaseCpuUs } from "./database-cpu.mjs";
import { trickyContents } from "./stub-answers.mjs";

/** Longer than any phase: the stream stays open after its first chunk. */
const NEVER_MS = 600_000;

/**
 * Runs `job` on every server in turn, `rounds` times, and keeps the best of each number: the lowest cost and latency,
 * the highest rate. In turn, because a machine's speed drifts, and only what ran side by side can be compared.
 */
export async function inRounds({ rounds, servers, generator, job, unitsOf, log }) {
  const best = new Map();
  for (let round = 1; round <= rounds; round += 1) {
    for (const server of servers) {
      const result = await measured(server, unitsOf, () => generator.run({ ...job, target: server.target }));
      best.set(server.name, better(best.get(server.name), result));
      log(`${job.kind} round ${round}: ${server.name}`, result);
    }
  }
  return best;
}

/** Lets every server compile what is hot. */
export async function warmUp({ servers, generator, seconds, chunks }) {
  for (const server of servers) {
    await generator.run({ kind: "whole", target: server.target, connections: 16, seconds });
    await generator.run({ kind: "stream", target: server.target, connections: 16, seconds, chunks });
  }
}

/** Fails unless every character of awkward contents comes through, at full speed and in many streams at once. */
export async function checkExactness({ stub, servers, generator }) {
  const contents = trickyContents(240);
  await stub.pace({ chunks: contents.length, pauseMs: 0, contents });
  for (const server of servers)
    await generator.run({ kind: "exact", target: server.target, connections: 20, contents });
}

/** Resident memory that one open stream adds: silent after its first chunk, or with a chunk every 100 ms. */
export async function measureOpenStreams({ stub, start, generator, streams, settleSeconds }) {
  const perStream = {};
  for (const [kind, pauseMs] of [
    ["idle", NEVER_MS],
    ["active", 100],
  ]) {
    const server = await start();
    try {
      await stub.pace({ chunks: 100, pauseMs: 0 });
      await generator.run({ kind: "stream", target: server.target, connections: 50, seconds: 2, chunks: 100 });
      await stub.pace({ chunks: 1_000_000, pauseMs });
      const before = await server.usage("collected");
      const { streams: opened } = await generator.run({ kind: "hold", target: server.target, connections: streams });
      await new Promise((resolve) => setTimeout(resolve, settleSeconds * 1_000));
      const after = await server.usage("collected");
      perStream[kind] = (after.rssBytes - before.rssBytes) / opened;
      await generator.run({ kind: "release" });
    } finally {
      await server.stop();
    }
  }
  return perStream;
}

async function measured(server, unitsOf, run) {
  const databaseBefore = server.dataDir === undefined ? undefined : databaseCpuUs(server.dataDir);
  const before = await server.usage();
  const result = await run();
  const after = await server.usage();
  const databaseAfter = server.dataDir === undefined ? undefined : databaseCpuUs(server.dataDir);
  const units = unitsOf(result);
  return {
    ...result,
    cpuUs: (after.cpuUs - before.cpuUs) / units,
    databaseCpuUs: databaseBefore === undefined ? undefined : (databaseAfter - databaseBefore) / units,
  };
}

const HIGHER_IS_BETTER = new Set(["perSecond", "requests", "streams", "chunks"]);

function better(known, found) {
  if (known === undefined) return found;
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, betterOf(name, known[name], value)]));
}

function betterOf(name, a, b) {
  if (typeof b === "object" && b !== null) return better(a, b);
  if (a === undefined || b === undefined) return a ?? b;
  return HIGHER_IS_BETTER.has(name) ? Math.max(a, b) : Math.min(a, b);
}
