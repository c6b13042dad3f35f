import { UpstreamError } from "@/lib/providers/types";

/** Time budgets of one attempt, ms. */
export type WatchdogBudgets = {
  /** From sending the request to the first content. */
  firstContentMs: number;
  /** Between two pieces of content. */
  gapMs: number;
  /** From sending the request to the end. */
  totalMs: number;
};

/** Why a watchdog ended an attempt: the provider was too slow. */
export class WatchdogTimeout extends UpstreamError {
  constructor(message: string) {
    super({ status: 408, providerCode: undefined, message });
    this.name = "WatchdogTimeout";
  }
}

/** Why a watchdog ended an attempt: the client took too long to read. Its doing, and not the provider's failure. */
export class ClientTooSlow extends Error {
  constructor() {
    super("the client did not read the answer in the time allowed");
    this.name = "ClientTooSlow";
  }
}

export type Watchdog = {
  /** Fires when the client is gone or a budget is used up; its reason tells which. */
  signal: AbortSignal;
  /** Content arrived. Keep-alive bytes and empty pieces are no life and must not be noted. */
  noteContent(): void;
  /**
   * The client is reading what it got, and nothing more is asked of the provider until {@link resume}: that time is not
   * the provider's. Otherwise a client could stop reading until the provider seems to have hung, and pay nothing.
   */
  pause(): void;
  resume(): void;
  /** Ends the watch of an answer that came to its end. */
  stop(): void;
  /** Ends the watch, and closes the connection. */
  cancel(): void;
};

/**
 * Watches one attempt. One timer per budget and not one per chunk: when it fires it looks at when content last came
 * and, if that is recent, sleeps for the rest.
 */
export function startWatchdog(client: AbortSignal, budgets: WatchdogBudgets): Watchdog {
  const controller = new AbortController();
  const onClientGone = () => controller.abort(client.reason);
  if (client.aborted) onClientGone();
  else client.addEventListener("abort", onClientGone, { once: true });

  let lastContentMs: number | undefined;
  let pausedSinceMs: number | undefined;
  const expire = (message: string) => controller.abort(new WatchdogTimeout(message));
  const check = () => {
    if (lastContentMs === undefined) {
      expire(`no content within ${budgets.firstContentMs} ms`);
      return;
    }
    if (pausedSinceMs !== undefined) {
      timer = setTimeout(check, budgets.gapMs);
      return;
    }
    const restMs = lastContentMs + budgets.gapMs - performance.now();
    if (restMs <= 0) expire(`no content for ${budgets.gapMs} ms`);
    else timer = setTimeout(check, restMs);
  };
  let timer = setTimeout(check, budgets.firstContentMs);
  const total = setTimeout(() => {
    if (pausedSinceMs === undefined) expire(`not finished within ${budgets.totalMs} ms`);
    else controller.abort(new ClientTooSlow());
  }, budgets.totalMs);

  const stop = () => {
    clearTimeout(timer);
    clearTimeout(total);
    client.removeEventListener("abort", onClientGone);
  };

  return {
    signal: controller.signal,
    noteContent: () => {
      if (lastContentMs === undefined) {
        clearTimeout(timer);
        timer = setTimeout(check, budgets.gapMs);
      }
      lastContentMs = performance.now();
    },
    pause: () => {
      pausedSinceMs = performance.now();
    },
    resume: () => {
      if (pausedSinceMs !== undefined && lastContentMs !== undefined)
        lastContentMs += performance.now() - pausedSinceMs;
      pausedSinceMs = undefined;
    },
    stop,
    cancel: () => {
      stop();
      controller.abort(new Error("the attempt is over"));
    },
  };
}
