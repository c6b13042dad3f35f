import "server-only";
import cluster from "node:cluster";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import next from "next";
import { env, loadEnvFile } from "@/lib/env";
import { log } from "@/lib/log";
import { type Installation, prepareInstallation } from "./prepare-installation";
import { printWelcome } from "./print-welcome";
import { startSandboxIfWanted } from "./sandbox-switch";
import { type HttpServer, serveHttp } from "./serve-http";
import { startRuntime } from "./start-runtime";

const REFORK_MS = 1_000;

// The bundle lies in dist/, one below the root, from which all paths are relative.
process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), ".."));
loadEnvFile();

/** What must be stopped, in this order, when the process is asked to. */
const stops: (() => Promise<unknown>)[] = [];
let stopping = false;

process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());

try {
  await (cluster.isPrimary ? runPrimary() : runWorker());
} catch (error) {
  // Configuration errors are written for people; everything else needs its stack.
  if (error instanceof Error && !("code" in error)) process.stderr.write(`${error.message}\n`);
  log().fatal({ err: error }, "the server could not start");
  await stop(1);
}

async function runPrimary(): Promise<void> {
  const startedMs = performance.now();
  const workers = env().WEB_CONCURRENCY ?? availableParallelism();
  const installation = await prepareInstallation();
  if (installation.database !== undefined) stops.unshift(() => installation.database?.stop() ?? Promise.resolve());
  const sandbox = await startSandboxIfWanted();
  if (sandbox !== undefined) stops.unshift(() => sandbox.close());
  const port = workers === 1 ? (await serve()).port : await forkWorkers(workers);
  welcome(installation, port, startedMs);
}

async function runWorker(): Promise<void> {
  // The primary is gone, however it went: finish what is on its way and go too.
  process.on("disconnect", () => void stop());
  const server = await serve();
  process.send?.({ kind: "listening", port: server.port });
}

async function serve(): Promise<HttpServer> {
  const { PORT, HOST } = env();
  const runtime = await startRuntime();
  stops.unshift(() => runtime.stop());
  const app = next({ dev: false, dir: process.cwd(), customServer: true });
  await app.prepare();
  stops.unshift(() => app.close());
  const handle = app.getRequestHandler();
  const server = await serveHttp({ port: PORT, host: HOST, pages: (message, response) => handle(message, response) });
  stops.unshift(() => server.stop());
  return server;
}

/** Resolves with the port when all workers listen. One that dies is replaced. */
async function forkWorkers(count: number): Promise<number> {
  const forkOne = () =>
    new Promise<number>((resolve) => {
      const worker = cluster.fork();
      worker.on("message", (message: { kind: string; port: number }) => resolve(message.port));
      worker.on("exit", (code) => {
        if (stopping) return;
        log().error({ code, workerPid: worker.process.pid }, "a worker died; starting another");
        setTimeout(() => void forkOne(), REFORK_MS);
      });
    });
  stops.unshift(stopWorkers);
  const [port] = await Promise.all(Array.from({ length: count }, forkOne));
  return port ?? env().PORT;
}

async function stopWorkers(): Promise<void> {
  const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  await Promise.all(
    workers.map(
      (worker) =>
        new Promise((resolve) => {
          worker.once("exit", resolve);
          worker.process.kill("SIGTERM");
        }),
    ),
  );
}

function welcome(installation: Installation, port: number, startedMs: number): void {
  printWelcome({ port, starterKey: installation.starterKey, startMs: performance.now() - startedMs });
}

async function stop(code = 0): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const one of stops) {
    await one().catch((error: unknown) => {
      log().error({ err: error }, "something did not stop cleanly");
    });
  }
  process.exit(code);
}
