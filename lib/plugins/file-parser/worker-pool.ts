import "server-only";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { processState } from "@/lib/process-state";
import { type DocumentReading, documentReadingSchema } from "./document-reading";

export type DocumentTask = {
  kind: "pdf" | "pdf-pages" | "docx" | "html";
  bytes: Uint8Array;
  maxPages: number;
  maxChars: number;
};

export type PoolLimits = {
  /** For one document, from when a worker begins with it. */
  timeoutMs: number;
  /** Whose it is: one of them at a time, so that nobody keeps all workers busy. */
  accountId: string;
};

/** Each holds a core while it works; the requests that stream need one too. */
const MAX_WORKERS = 2;
const MAX_WAITING = 200;
/** Loading what reads documents takes some 100 ms: a worker waits so long for the next one. */
const IDLE_MS = 30_000;
/** Heap of a worker. What it holds beside the heap shows only in the size of the process. */
const MAX_HEAP_MB = 384;
const MAX_GROWTH_BYTES = 1_024 * 1_024 * 1_024;
const WATCH_EVERY_MS = 250;

type Job = {
  task: DocumentTask;
  limits: PoolLimits;
  resolve: (reading: DocumentReading) => void;
};
type Pool = { idle: Map<Worker, NodeJS.Timeout>; running: Set<Job>; waiting: Job[] };

const pool = () => processState<Pool>("file-workers", () => ({ idle: new Map(), running: new Set(), waiting: [] }));

/**
 * Reads a document in a thread of its own, so that a hostile one cannot hold up other requests: when it takes too long
 * or too much memory its thread is ended. Never throws; what could not be read is told in the reading.
 */
export function readInWorker(task: DocumentTask, limits: PoolLimits): Promise<DocumentReading> {
  const { waiting } = pool();
  if (waiting.length >= MAX_WAITING) return Promise.resolve({ refused: "busy" });
  return new Promise((resolve) => {
    waiting.push({ task, limits, resolve });
    startNext();
  });
}

function startNext(): void {
  const { running, waiting } = pool();
  if (running.size >= MAX_WORKERS) return;
  const busy = new Set([...running].map(({ limits }) => limits.accountId));
  const next = waiting.findIndex(({ limits }) => !busy.has(limits.accountId));
  const [job] = next === -1 ? [] : waiting.splice(next, 1);
  if (job === undefined) return;
  running.add(job);
  run(job);
}

function run(job: Job): void {
  const worker = takeWorker();
  const startBytes = process.memoryUsage.rss();
  const deadlineMs = performance.now() + job.limits.timeoutMs;
  const watch = setInterval(() => {
    if (performance.now() > deadlineMs) end({ refused: "too-slow" }, false);
    else if (process.memoryUsage.rss() - startBytes > MAX_GROWTH_BYTES) end({ refused: "too-large" }, false);
  }, WATCH_EVERY_MS);
  let isOver = false;
  const end = (reading: DocumentReading, isSound: boolean) => {
    if (isOver) return;
    isOver = true;
    clearInterval(watch);
    worker.removeAllListeners();
    if (isSound) keepWorker(worker);
    else discard(worker);
    pool().running.delete(job);
    job.resolve(reading);
    startNext();
  };
  worker.on("message", (message: unknown) => {
    const reading = documentReadingSchema.safeParse(message);
    end(reading.success ? reading.data : { refused: "corrupt" }, reading.success);
  });
  // Out of memory, mostly: whatever it was, the document was the cause.
  worker.on("error", () => end({ refused: "too-large" }, false));
  worker.on("exit", () => end({ refused: "too-large" }, false));
  worker.postMessage(job.task);
}

function takeWorker(): Worker {
  const { idle } = pool();
  const [kept] = idle;
  if (kept === undefined) return newWorker();
  const [worker, timer] = kept;
  clearTimeout(timer);
  idle.delete(worker);
  worker.removeAllListeners();
  return worker;
}

function keepWorker(worker: Worker): void {
  const { idle } = pool();
  const timer = setTimeout(() => {
    idle.delete(worker);
    discard(worker);
  }, IDLE_MS).unref();
  worker.on("error", () => idle.delete(worker));
  worker.on("exit", () => idle.delete(worker));
  idle.set(worker, timer);
}

function newWorker(): Worker {
  // By its path in the project and not by an import: it runs as it is, wherever the rest was bundled.
  const path = join(/* turbopackIgnore: true */ process.cwd(), "lib/plugins/file-parser/file-worker.mjs");
  const worker = new Worker(path, {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    // Neither the server's arguments nor its secrets, and nothing of what libraries print.
    execArgv: [],
    env: {},
    stdout: true,
    stderr: true,
  });
  worker.unref();
  return worker;
}

function discard(worker: Worker): void {
  worker.removeAllListeners();
  worker.on("error", () => undefined);
  void worker.terminate();
}
