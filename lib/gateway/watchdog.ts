import { UpstreamError } from "@/lib/providers/types";
import type { ClientSignal } from "./client-signal";
import { noteRunningAttempt } from "./running-attempts";

/** A timer that fires so much too late says nothing about the provider. */
const LATE_MS = 50;

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

  /** Its parent is recognised by a brand, which every failure of a provider has. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "WatchdogTimeout";
  }
}

/** Why a watchdog ended an attempt: this server stops. Our doing, so that the caller pays nothing. */
export class ServerStopping extends UpstreamError {
  constructor() {
    super({ status: 503, providerCode: undefined, message: "this server is stopping; send the request again" });
    this.name = "ServerStopping";
  }

  /** Its parent is recognised by a brand, which every failure of a provider has. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "ServerStopping";
  }
}

/** Why a watchdog ended an attempt: the client took too long to read. Its doing, and not the provider's failure. */
export class ClientTooSlow extends Error {
  constructor() {
    super("the client did not read the answer in the time allowed");
    this.name = "ClientTooSlow";
  }
}

/** What is watched: an attempt under way. Cancelling one that is over does nothing. */
type Call = { cancel(reason: Error): void };

/**
 * Watches one attempt: cancels its call when the client is gone or a budget is used up, with the reason. One timer for
 * all, and none per chunk: when it fires it looks at when content last came and, if that is recent, sleeps for the rest.
 */
export class Watchdog {
  private readonly client: ClientSignal;
  private readonly budgets: WatchdogBudgets;
  private call: Call | undefined;
  private reason: Error | undefined;
  private lastContentMs: number | undefined;
  private pausedSinceMs: number | undefined;
  private timer: NodeJS.Timeout;
  private timerEndsMs: number;
  private isOver = false;
  private readonly startedMs = performance.now();
  private readonly noteOver: () => void;

  constructor(client: ClientSignal, budgets: WatchdogBudgets) {
    this.client = client;
    this.budgets = budgets;
    const firstMs = Math.min(budgets.firstContentMs, budgets.totalMs);
    this.timerEndsMs = this.startedMs + firstMs;
    this.timer = setTimeout(this.check, firstMs);
    this.noteOver = noteRunningAttempt(() => this.cancel(new ServerStopping()));
    if (client.aborted) this.onClientGone();
    else client.addEventListener("abort", this.onClientGone);
  }

  /** Names the call that is watched. Cancels it at once when the watch is over already. */
  guard(call: Call): void {
    this.call = call;
    if (this.reason !== undefined) call.cancel(this.reason);
  }

  /** Content arrived. Keep-alive bytes and empty pieces are no life and must not be noted. */
  noteContent(): void {
    const isFirst = this.lastContentMs === undefined;
    this.lastContentMs = performance.now();
    if (isFirst && this.lastContentMs + this.budgets.gapMs < this.timerEndsMs) this.sleep(this.budgets.gapMs);
  }

  /**
   * The client is reading what it got, and nothing more is asked of the provider until {@link resume}: that time is not
   * the provider's. Otherwise a client could stop reading until the provider seems to have hung, and pay nothing.
   */
  pause(): void {
    this.pausedSinceMs = performance.now();
  }

  resume(): void {
    if (this.pausedSinceMs !== undefined && this.lastContentMs !== undefined)
      this.lastContentMs += performance.now() - this.pausedSinceMs;
    this.pausedSinceMs = undefined;
  }

  /** Ends the watch of an answer that came to its end. */
  stop(): void {
    this.isOver = true;
    this.noteOver();
    clearTimeout(this.timer);
    this.client.removeEventListener("abort", this.onClientGone);
  }

  /** Ends the watch, and closes the connection. */
  cancel(reason = new Error("the attempt is over")): void {
    this.stop();
    this.reason ??= reason;
    this.call?.cancel(this.reason);
  }

  private readonly onClientGone = (): void => {
    const { reason } = this.client;
    this.cancel(reason instanceof Error ? reason : new Error("the client went away"));
  };

  /** @param ms until the budget for content is used up; that for the whole may be nearer. */
  private sleep(ms: number): void {
    const nowMs = performance.now();
    clearTimeout(this.timer);
    this.timerEndsMs = Math.min(nowMs + ms, this.startedMs + this.budgets.totalMs);
    this.timer = setTimeout(this.check, this.timerEndsMs - nowMs);
  }

  private readonly check = (): void => {
    if (this.isOver) return;
    const { firstContentMs, gapMs, totalMs } = this.budgets;
    // Timers may fire up to a millisecond early.
    const nowMs = performance.now() + 1;
    if (nowMs - this.timerEndsMs > LATE_MS) {
      // It was this process that stood still. What came meanwhile has not been read: that comes first.
      this.timerEndsMs = nowMs;
      setImmediate(this.check);
      return;
    }
    if (nowMs >= this.startedMs + totalMs) {
      const isClients = this.pausedSinceMs !== undefined;
      this.cancel(isClients ? new ClientTooSlow() : new WatchdogTimeout(`not finished within ${totalMs} ms`));
    } else if (this.lastContentMs === undefined) {
      this.cancel(new WatchdogTimeout(`no content within ${firstContentMs} ms`));
    } else {
      const restMs = this.pausedSinceMs === undefined ? this.lastContentMs + gapMs - nowMs : gapMs;
      if (restMs > 0) this.sleep(restMs);
      else this.cancel(new WatchdogTimeout(`no content for ${gapMs} ms`));
    }
  };
}
