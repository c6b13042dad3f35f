import "server-only";
import cluster from "node:cluster";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { getPrisma } from "@/lib/db/connection";
import { env, loadEnvFile } from "@/lib/env";
import { warmTokenizer } from "@/lib/gateway/count-tokens";
import { log } from "@/lib/log";
import { ContextTracking } from "./context-tracking";
import { describeService } from "./describe-service";
import { prepareInstallation } from "./prepare-installation";
import { printWelcome, type WelcomeFacts } from "./print-welcome";
import { recover } from "./recover";
import { startSandboxIfWanted } from "./sandbox-switch";
import { type HttpServer, type NodeHandler, serveHttp } from "./serve-http";
import { startRuntime } from "./start-runtime";

const REFORK_MS = 1_000;
const SAME_SIGNAL_MS = 1_000;
const WARM_UP_MS = 1_000;

// The bundle lies in dist/, one below the root, from which all paths are relative.
process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), ".."));
loadEnvFile();

/** What must be stopped, in this order, when the process is asked to. */
const stops: (() => Promise<unknown>)[] = [];
let stopping = false;

/** Set while this process serves itself. */
let serving: HttpServer | undefined;
let stopAskedMs = 0;

process.on("SIGTERM", onStopSignal);
process.on("SIGINT", onStopSignal);

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
  // Plain errors are ours and written for people; everything else needs its stack.
  if (error instanceof Error && error.constructor === Error && !("code" in error)) {
    process.stderr.write(`${error.message}\n`);
  } else {
    log().fatal({ err: error }, "the server could not start");
  }
  await stop(1);
}

async function runPrimary(): Promise<void> {
  const startedMs = performance.now();
  const workers = env().WEB_CONCURRENCY ?? availableParallelism();
  const installation = await prepareInstallation();
  if (installation.database !== undefined) stops.unshift(() => installation.database?.stop() ?? Promise.resolve());
  const sandbox = await startSandboxIfWanted();
  if (sandbox !== undefined) stops.unshift(() => sandbox.close());
  const service = workers === 1 ? await serveHere() : await forkWorkers(workers);
  const { starterKey, isNew } = installation;
  printWelcome({ ...service, starterKey, isNew, startMs: performance.now() - startedMs });
}

async function runWorker(): Promise<void> {
  // The primary is gone, however it went: finish what is on its way and go too. Node would end us on the spot, unless it
  // believes that we left of our own accord. Source: lib/internal/cluster/child.js, Node 20.20.
  if (cluster.worker !== undefined) cluster.worker.exitedAfterDisconnect = true;
  process.on("disconnect", () => void stop());
  process.send?.(await serveHere());
}

/** What a worker tells the primary once it listens. */
type Service = Pick<WelcomeFacts, "port" | "exampleModel" | "sandbox">;

async function serveHere(): Promise<Service> {
  const { port } = await serve();
  return { port, ...describeService() };
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
  const pages = listening.then(async ({ port }) => {
    await openPrisma();
    return startPages(port);
  });
  // Whether it is the port or Next that failed: no rejection may go unheard, or the process ends before it has stopped
  // its database.
  pages.catch(() => undefined);
  const server = await listening.catch((error: unknown) => {
    throw portTaken(error)
      ? new Error(`PORT ${PORT} is taken: stop what listens there, or set PORT to another`)
      : error;
  });
  stops.unshift(() => server.stop());
  serving = server;
  pages.then(
    () => setTimeout(warmUp, WARM_UP_MS).unref(),
    () => undefined,
  );
  pages.catch(async (error: unknown) => {
    log().fatal({ err: error }, "the pages could not start");
    await stop(1);
  });
  return server;
}

/**
 * Before Next is loaded, which keeps the event loop busy for seconds where the machine is: a connection that is opened
 * meanwhile is taken for one that hangs. Whether it can be opened at all is for requests to find out.
 */
async function openPrisma(): Promise<void> {
  await getPrisma().$queryRaw`SELECT 1`.catch(() => undefined);
}

/** What the first request that needs it should not wait for. */
function warmUp(): void {
  warmTokenizer().catch((error: unknown) => log().warn({ err: error }, "the tokenizer could not be loaded"));
}

function portTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

/**
 * @param port the one that we listen on. Next calls itself there, with the visitor's headers, to follow redirects of
 * server actions; without it, it would call whatever listens on its default port.
 */
async function startPages(port: number): Promise<NodeHandler> {
  const contexts = new ContextTracking();
  const { default: next } = await import("next");
  const { HOST } = env();
  const hostname = HOST === "0.0.0.0" ? "127.0.0.1" : HOST === "::" ? "[::1]" : HOST;
  const app = next({ dev: false, dir: process.cwd(), customServer: true, hostname, port });
  await contexts.during(() => app.prepare());
  stops.push(() => app.close());
  const render = app.getRequestHandler();
  return (message, response) => contexts.during(() => render(message, response));
}

/**
 * Resolves with the port when all workers listen. One that dies after that is replaced.
 *
 * @throws Error when one dies before: what stopped it would stop its successors too.
 */
async function forkWorkers(count: number): Promise<Service> {
  let started = false;
  const forkOne = () =>
    new Promise<Service>((resolve, reject) => {
      const worker = cluster.fork();
      worker.on("message", (service: Service) => resolve(service));
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
  const [service] = await Promise.all(Array.from({ length: count }, forkOne));
  started = true;
  if (service === undefined) throw new Error("WEB_CONCURRENCY must be at least 1");
  return service;
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

/**
 * The first signal lets answers finish, a later one cuts them. What comes within a second is the first one again: a
 * terminal signals all processes at once, and `npm run up` passes the signal on.
 */
function onStopSignal(): void {
  if (!stopping) {
    stopAskedMs = performance.now();
    const answers = serving?.countAnswers() ?? 0;
    if (answers > 0)
      process.stdout.write(
        `Finishing ${answers} ${answers === 1 ? "answer" : "answers"}; press Ctrl-C again to cut it short.\n`,
      );
    void stop();
  } else if (performance.now() - stopAskedMs > SAME_SIGNAL_MS) {
    serving?.cut();
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill("SIGTERM");
  }
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
