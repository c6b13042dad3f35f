// npm run bench: how fast Signalbox is beside a plain proxy and the Portkey gateway, on this machine, in this run.
//   --quick          under a minute: one short round of the first rows, to see that it all works
//   --rounds=N       rounds of every measurement (3); the best counts
//   --seconds=N      length of one measurement (4)
//   --only=a,b       whole, stream, burst, memory, settlement, planning
//   --server=PATH    another bundle than dist/server.mjs
//   --cpu-prof=DIR   write a CPU profile of our server there
//   --verbose        every single measurement
// Misses of a target do not fail the run, only errors do.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkExactness, inRounds, measureOpenStreams, warmUp } from "./measure-load.mjs";
import { printReport } from "./print-report.mjs";
import { runInside } from "./run-inside.mjs";
import { startGenerator, startPlainProxy, startPortkey, startSignalbox, startStub } from "./start-servers.mjs";

const PARTS = ["whole", "stream", "burst", "memory", "settlement", "planning"];
const QUICK_PARTS = ["whole", "stream", "burst", "planning"];
const CHUNKS = 100;
const STREAMS = 200;
const PAUSE_MS = 5;

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    seconds: { type: "string" },
    only: { type: "string" },
    server: { type: "string" },
    "cpu-prof": { type: "string" },
    verbose: { type: "boolean", default: false },
  },
});
const rounds = Number(options.rounds ?? (options.quick ? 1 : 3));
const seconds = Number(options.seconds ?? (options.quick ? 1 : 4));
const parts = new Set(options.only?.split(",") ?? (options.quick ? QUICK_PARTS : PARTS));
for (const part of parts) if (!PARTS.includes(part)) throw new Error(`no such part: ${part}`);
const script = options.server ?? fileURLToPath(new URL("../../dist/server.mjs", import.meta.url));
if (!existsSync(script)) throw new Error(`${script} is not there: run npm run build first`);
const profile = options["cpu-prof"];
const nodeArgs = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];

const log = (what, result) => {
  process.stderr.write(options.verbose ? `${what} ${JSON.stringify(result)}\n` : ".");
};

const stops = [];
const started = async (starting) => {
  const server = await starting;
  stops.unshift(() => server.stop());
  return server;
};

const found = {};
try {
  const stub = await started(startStub());
  const generator = await started(startGenerator());
  const load = { rounds, generator, log };

  if (["whole", "stream", "burst"].some((part) => parts.has(part))) {
    const direct = { ...stub, name: "direct" };
    const plain = await started(startPlainProxy(stub.port));
    const portkey = await started(startPortkey(stub.port));
    const ours = await started(startSignalbox(stub.port, { script, nodeArgs }));
    const all = [direct, plain, ours, portkey];
    await stub.pace({ chunks: CHUNKS, pauseMs: 0 });
    await warmUp({ servers: all, generator, seconds: Math.min(5, 2 * seconds), chunks: CHUNKS });

    if (parts.has("whole")) {
      const unitsOf = ({ requests }) => requests;
      found.whole = await inRounds({
        ...load,
        servers: all,
        job: { kind: "whole", connections: 16, seconds },
        unitsOf,
      });
      found.single = await inRounds({
        ...load,
        servers: all,
        job: { kind: "whole", connections: 1, seconds },
        unitsOf,
      });
    }
    const unitsOf = ({ chunks }) => chunks;
    if (parts.has("burst")) {
      found.burst = await inRounds({
        ...load,
        servers: all,
        job: { kind: "stream", connections: 16, seconds, chunks: CHUNKS },
        unitsOf,
      });
    }
    if (parts.has("stream")) {
      await checkExactness({ stub, servers: [plain, ours], generator });
      found.exact = true;
      await stub.pace({ chunks: CHUNKS, pauseMs: PAUSE_MS });
      found.stream = await inRounds({
        ...load,
        servers: options.quick ? [direct, plain, ours] : all,
        job: { kind: "stream", connections: STREAMS, seconds: Math.max(2, seconds), chunks: CHUNKS },
        unitsOf,
      });
    }
    for (const server of [plain, portkey, ours]) await server.stop();
  }

  if (parts.has("memory")) {
    const measure = (start) => measureOpenStreams({ stub, start, generator, streams: 1_000, settleSeconds: 3 });
    found.memory = {
      ours: await measure(() => startSignalbox(stub.port, { script })),
      plain: await measure(() => startPlainProxy(stub.port)),
      portkey: await measure(() => startPortkey(stub.port)),
    };
  }
  if (parts.has("settlement")) found.settlement = await runInside("settlement-load.ts");
  if (parts.has("planning")) found.planning = await runInside("planning-load.ts");
} finally {
  for (const stop of stops) await stop();
}
process.stderr.write("\n");
printReport(found, { rounds, seconds });
