import "server-only";
import { Agent, type Dispatcher } from "undici";
import { env } from "@/lib/env";
import { guardedAgent } from "@/lib/fetch/guarded-agent";
import { processState } from "@/lib/process-state";
import type { UpstreamRequest } from "./types";

/** Bytes that may wait unread before the provider is told to pause. */
const MAX_QUEUED_BYTES = 1024 * 1024;

export type UpstreamResponse = {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What has arrived since the last read, in order. Ends with the body; throws when the connection breaks. */
  body: AsyncIterableIterator<readonly Uint8Array[]>;
};

/**
 * One agent per process: keep-alive pools per origin without an upper bound, because a bound would queue streams behind
 * each other. Time-outs other than connecting are the watchdog's, which knows content from keep-alive bytes.
 */
function agent(): Agent {
  return processState("upstream-agent", () => {
    const { UPSTREAM_CONNECT_TIMEOUT_MS } = env();
    return new Agent({
      connect: { timeout: UPSTREAM_CONNECT_TIMEOUT_MS },
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 30_000,
      pipelining: 1,
    });
  });
}

/** A request on its way. */
export type UpstreamCall = {
  /** Resolves with the head of the answer. @throws the network error, or the reason of {@link cancel}. */
  response: Promise<UpstreamResponse>;
  /** Closes the connection at once; whoever waits for the answer or its bytes gets `reason`. After the end: nothing. */
  cancel(reason: Error): void;
};

/**
 * Sends a request. `isGuarded`: to an address that an account gave, so that nothing private may be behind it.
 *
 * Built on undici's dispatch and not on its `request`: no Readable per answer, and everything one network read brought
 * is handed over in one piece. Cancelled by a function and not by an AbortSignal: the signal, its listeners and its event
 * cost as much as sending the request.
 */
export function openUpstream({ url, headers, body }: UpstreamRequest, isGuarded = false): UpstreamCall {
  const queue = new ByteQueue();
  let controller: Dispatcher.DispatchController | undefined;
  let cancelled: Error | undefined;
  let isOver = false;
  let refuse: (reason: Error) => void = () => undefined;
  const response = new Promise<UpstreamResponse>((resolve, reject) => {
    refuse = reject;
    const { origin, path } = addressOf(url);
    const dispatcher = isGuarded ? guardedAgent() : agent();
    dispatcher.dispatch(
      { origin, path, method: "POST", headers, body },
      {
        onRequestStart: (started) => {
          controller = started;
          if (cancelled !== undefined) started.abort(cancelled);
        },
        onResponseStart: (_controller, status, responseHeaders) => {
          if (status < 200) return; // 1xx: the answer is still to come
          queue.onPause = (paused) => (paused ? controller?.pause() : controller?.resume());
          resolve({ status, headers: responseHeaders, body: queue });
        },
        onResponseData: (_controller, chunk) => queue.push(chunk),
        onResponseEnd: () => {
          isOver = true;
          queue.end();
        },
        onResponseError: (_controller, error) => {
          isOver = true;
          queue.fail(error);
          reject(error);
        },
      },
    );
  });
  const cancel = (reason: Error): void => {
    if (isOver || cancelled !== undefined) return;
    cancelled = reason;
    // The queue first: whoever waits for bytes learns the true reason, not the broken connection that follows.
    queue.fail(reason);
    refuse(reason);
    controller?.abort(reason);
  };
  return { response, cancel };
}

type Address = { origin: string; path: string };

/** Taken apart once: there are as many addresses as endpoints, and requests without end. */
const addresses = new Map<string, Address>();
const MAX_ADDRESSES = 5_000;

function addressOf(url: string): Address {
  const known = addresses.get(url);
  if (known !== undefined) return known;
  const { origin, pathname, search } = new URL(url);
  const address = { origin, path: pathname + search };
  if (addresses.size >= MAX_ADDRESSES) addresses.clear();
  addresses.set(url, address);
  return address;
}

type BytesRead = IteratorResult<readonly Uint8Array[]>;

const NO_MORE: BytesRead = { value: undefined, done: true };

/** Bytes between the socket and one reader. */
class ByteQueue implements AsyncIterableIterator<readonly Uint8Array[]> {
  onPause: ((paused: boolean) => void) | undefined;
  private chunks: Uint8Array[] = [];
  private queuedBytes = 0;
  private paused = false;
  private ended = false;
  private error: Error | undefined;
  private reader: { resolve: (read: BytesRead) => void; reject: (error: Error) => void } | undefined;
  private waking = false;

  push(chunk: Uint8Array): void {
    this.chunks.push(chunk);
    this.queuedBytes += chunk.length;
    if (this.queuedBytes > MAX_QUEUED_BYTES && !this.paused) {
      this.paused = true;
      this.onPause?.(true);
    }
    this.wakeReader();
  }

  end(): void {
    this.ended = true;
    this.wakeReader();
  }

  fail(error: Error): void {
    this.error ??= error;
    this.wakeReader();
  }

  next(): Promise<BytesRead> {
    const read = this.takeRead();
    if (read !== undefined) return Promise.resolve(read);
    if (this.error !== undefined) return Promise.reject(this.error);
    return new Promise((resolve, reject) => {
      this.reader = { resolve, reject };
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private takeRead(): BytesRead | undefined {
    if (this.chunks.length === 0) return this.ended && this.error === undefined ? NO_MORE : undefined;
    const value = this.chunks;
    this.chunks = [];
    this.queuedBytes = 0;
    if (this.paused) {
      this.paused = false;
      this.onPause?.(false);
    }
    return { value, done: false };
  }

  /** After this turn: one network read may hold many pieces, and the reader is to get them all at once. */
  private wakeReader(): void {
    if (this.reader === undefined || this.waking) return;
    this.waking = true;
    queueMicrotask(() => {
      this.waking = false;
      const { reader } = this;
      this.reader = undefined;
      const read = this.takeRead();
      if (read !== undefined) reader?.resolve(read);
      else if (this.error !== undefined) reader?.reject(this.error);
    });
  }
}
