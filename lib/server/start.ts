import "server-only";
import cluster from "node:cluster";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { env, loadEnvFile } from "@/lib/env";
import { log } from "@/lib/log";
import { type Installation, prepareInstallation } from "./prepare-installation";
import { printWelcome } from "./print-welcome";
import { recover } from "./recover";
import { startSandboxIfWanted } from "./sandbox-switch";
import { type HttpServer, type NodeHandler, serveHttp } from "./serve-http";
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
  env();
} catch (error) {
  // Without a configuration there is no log either, and what is wrong is written for people.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

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
  // The primary is gone, however it went: finish what is on its way and go too. Node would end us on the spot, unless it
  // believes that we left of our own accord. Source: lib/internal/cluster/child.js, Node 20.20.
  if (cluster.worker !== undefined) cluster.worker.exitedAfterDisconnect = true;
  process.on("disconnect", () => void stop());
  const server = await serve();
  process.send?.({ kind: "listening", port: server.port });
}

/** Listens as soon as the API can answer; pages wait for Next, which takes longer to load than everything else. */
async function serve(): Promise<HttpServer> {
  const { PORT, HOST } = env();
  const runtime = await startRuntime();
  stops.unshift(() => runtime.stop());
  const listening: Promise<HttpServer> = serveHttp({
    port: PORT,
    host: HOST,
    pages: async (message, response) => (await pages)(message, response),
  });
  const pages = listening.then(({ port }) => startPages(port));
  // Whether it is the port or Next that failed: no rejection may go unheard, or the process ends before it has stopped
  // its database.
  pages.catch(() => undefined);
  const server = await listening.catch((error: unknown) => {
    throw portTaken(error)
      ? new Error(`PORT ${PORT} is taken: stop what listens there, or set PORT to another`)
      : error;
  });
  stops.unshift(() => server.stop());
  pages.catch(async (error: unknown) => {
    log().fatal({ err: error }, "the pages could not start");
    await stop(1);
  });
  return server;
}

function portTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

/**
 * @param port the one that we listen on. Next calls itself there, with the visitor's headers, to follow redirects of
 * server actions; without it, it would call whatever listens on its default port.
 */
async function startPages(port: number): Promise<NodeHandler> {
  const { default: next } = await import("next");
  const { HOST } = env();
  const hostname = HOST === "0.0.0.0" ? "127.0.0.1" : HOST === "::" ? "[::1]" : HOST;
  const app = next({ dev: false, dir: process.cwd(), customServer: true, hostname, port });
  await app.prepare();
  stops.push(() => app.close());
  return app.getRequestHandler();
}

/**
 * Resolves with the port when all workers listen. One that dies after that is replaced.
 *
 * @throws Error when one dies before: what stopped it would stop its successors too.
 */
async function forkWorkers(count: number): Promise<number> {
  let started = false;
  const forkOne = () =>
    new Promise<number>((resolve, reject) => {
      const worker = cluster.fork();
      worker.on("message", (message: { kind: string; port: number }) => resolve(message.port));
      worker.on("exit", (code) => {
        if (stopping) return;
        if (!started) {
          reject(new Error("a worker could not start"));
          return;
        }
        log().error({ code, workerPid: worker.process.pid }, "a worker died; starting another");
        // Its credit and what it had on its way should not wait for the others' next round.
        recover().catch((error: unknown) =>
          log().warn({ err: error }, "what the worker left waits for the next round"),
        );
        setTimeout(() => (stopping ? undefined : void forkOne()), REFORK_MS);
      });
    });
  stops.unshift(stopWorkers);
  const [port] = await Promise.all(Array.from({ length: count }, forkOne));
  started = true;
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
