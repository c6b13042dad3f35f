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
  /** For one document, from when a worker begins to read it. */
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
/** A worker that has not begun by then never will. */
const START_MS = 60_000;

type Job = {
  task: DocumentTask;
  limits: PoolLimits;
  resolve: (reading: DocumentReading) => void;
};
/** A thread with whoever listens to it now. Its own listeners stay: removing them all stops its messages for good. */
type FileWorker = { thread: Worker; hear: (event: { message: unknown } | "ended") => void };
type Pool = { idle: Map<FileWorker, NodeJS.Timeout>; running: Set<Job>; waiting: Job[] };

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
  let deadlineMs = performance.now() + START_MS;
  const end = (reading: DocumentReading, isSound: boolean) => {
    clearInterval(watch);
    if (isSound) keepWorker(worker);
    else discard(worker);
    pool().running.delete(job);
    job.resolve(reading);
    startNext();
  };
  const watch = setInterval(() => {
    if (performance.now() > deadlineMs) end({ refused: "too-slow" }, false);
    else if (process.memoryUsage.rss() - startBytes > MAX_GROWTH_BYTES) end({ refused: "too-large" }, false);
  }, WATCH_EVERY_MS);
  worker.hear = (event) => {
    // Out of memory, mostly: whatever it was, the document was the cause.
    if (event === "ended") return end({ refused: "too-large" }, false);
    if (event.message === "begun") {
      deadlineMs = performance.now() + job.limits.timeoutMs;
      return;
    }
    const reading = documentReadingSchema.safeParse(event.message);
    end(reading.success ? reading.data : { refused: "corrupt" }, reading.success);
  };
  worker.thread.postMessage(job.task);
}

function takeWorker(): FileWorker {
  const { idle } = pool();
  const [kept] = idle;
  if (kept === undefined) return newWorker();
  const [worker, timer] = kept;
  clearTimeout(timer);
  idle.delete(worker);
  return worker;
}

function keepWorker(worker: FileWorker): void {
  const { idle } = pool();
  const forget = () => {
    idle.delete(worker);
    discard(worker);
  };
  worker.hear = forget;
  idle.set(worker, setTimeout(forget, IDLE_MS).unref());
}

function newWorker(): FileWorker {
  // By its path in the project and not by an import: it runs as it is, wherever the rest was bundled.
  const path = join(/* turbopackIgnore: true */ process.cwd(), "lib/plugins/file-parser/file-worker.mjs");
  const thread = new Worker(path, {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    // Neither the server's arguments nor its secrets, and nothing of what libraries print.
    execArgv: [],
    env: {},
    stdout: true,
    stderr: true,
  });
  thread.unref();
  const worker: FileWorker = { thread, hear: () => undefined };
  thread.on("message", (message: unknown) => worker.hear({ message }));
  thread.on("error", () => worker.hear("ended"));
  thread.on("exit", () => worker.hear("ended"));
  return worker;
}

function discard(worker: FileWorker): void {
  worker.hear = () => undefined;
  void worker.thread.terminate();
}
