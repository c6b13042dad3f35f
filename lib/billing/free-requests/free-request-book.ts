import "server-only";
import {
  askForFreeRequests,
  type FreeRequestGrant,
  type FreeRequestLimits,
  returnFreeRequests,
  takeFreeRequests,
} from "./store";

/** So many are asked for at once, so that most requests need not ask. */
const BATCH = 5;
/** With this many left the next ones are asked for, while there is still time. */
const FETCH_AHEAD_AT = 1;
/** How long to wait for other processes to give back, before a request is refused. */
const RECLAIM_WAITS_MS = [25, 50];
/** An account that was refused is not asked for again until this is over: refusing must be cheap. */
const REFUSED_MS = 1_000;
/** What nobody used for this long goes back. */
const IDLE_MS = 5_000;

/** Why a request to a free model must wait. */
export type FreeRequestRefusal = {
  /** Which of the two limits is reached. */
  because: "minute" | "day";
  limit: number;
  /** When requests are admitted again, ms since 1970. */
  resetMs: number;
};

type Waiter = { resolve: (refusal: FreeRequestRefusal | null) => void; reject: (error: unknown) => void };

type Account = {
  id: string;
  /** Requests that this process may still make, of `grant`'s minute. */
  left: number;
  grant: FreeRequestGrant | undefined;
  /** When `left` is worth nothing any more. */
  expiresMs: number;
  refusal: FreeRequestRefusal | undefined;
  refusedUntilMs: number;
  waiters: Waiter[];
  /** A statement about it is on its way: never two at once. */
  busy: boolean;
  lastUsedMs: number;
};

/**
 * Requests to free models that this process may let in without asking the database. All processes together never let in
 * more than an account may make; what one does not need goes back when another asks, and after a while by itself. What a
 * crash leaves is gone for that minute and day, a handful at most.
 */
export class FreeRequestBook {
  private readonly accounts = new Map<string, Account>();
  private readonly limits: FreeRequestLimits;
  private readonly now: () => number;

  constructor(limits: FreeRequestLimits, now: () => number = Date.now) {
    this.limits = limits;
    this.now = now;
  }

  /** Counts one request. Answers at once, without a query, while there are some left; `null` when it may be made. */
  take(accountId: string): FreeRequestRefusal | null | Promise<FreeRequestRefusal | null> {
    const account = this.accountOf(accountId);
    const nowMs = this.now();
    account.lastUsedMs = nowMs;
    if (account.refusal !== undefined && nowMs < account.refusedUntilMs) return account.refusal;
    if (account.left > 0 && nowMs < account.expiresMs && account.waiters.length === 0) {
      account.left -= 1;
      if (account.left <= FETCH_AHEAD_AT) void this.serve(account, true);
      return null;
    }
    return new Promise((resolve, reject) => {
      account.waiters.push({ resolve, reject });
      void this.serve(account, false);
    });
  }

  /** One that was counted is not made after all. */
  giveBack(accountId: string): void {
    const account = this.accounts.get(accountId);
    if (account !== undefined && this.now() < account.expiresMs) account.left += 1;
  }

  /** Gives back what is left of an account: another process needs it. */
  async reclaim(accountId: string): Promise<void> {
    const account = this.accounts.get(accountId);
    if (account !== undefined && !account.busy) await this.release(account);
  }

  /** Gives back what was not used for a while, and forgets accounts that nobody asks for. */
  async releaseIdle(): Promise<void> {
    const nowMs = this.now();
    for (const account of this.accounts.values()) {
      const isIdle = nowMs - account.lastUsedMs >= IDLE_MS;
      if (account.busy || (!isIdle && nowMs < account.expiresMs)) continue;
      await this.release(account);
      if (isIdle && !account.busy && account.left === 0) this.accounts.delete(account.id);
    }
  }

  /** Gives back everything, because this process ends. */
  async releaseAll(): Promise<void> {
    for (const account of this.accounts.values()) await this.release(account);
  }

  private async release(account: Account): Promise<void> {
    const { left, grant } = account;
    if (left === 0 || grant === undefined) return;
    // First here, then there: what is being given back must not be used meanwhile.
    account.left = 0;
    await returnFreeRequests(account.id, left, grant);
  }

  /** One query serves everybody who waits; those who come meanwhile are served by the next. */
  private async serve(account: Account, isAhead: boolean): Promise<void> {
    if (account.busy) return;
    account.busy = true;
    try {
      if (isAhead) await this.fetch(account, 0).catch(() => undefined); // whoever needs it finds out
      while (account.waiters.length > 0) {
        const waiters = account.waiters.splice(0);
        try {
          await this.fetch(account, waiters.length);
          for (const waiter of waiters) waiter.resolve(this.serveOne(account));
        } catch (error) {
          for (const waiter of waiters) waiter.reject(error);
        }
      }
    } finally {
      account.busy = false;
    }
  }

  private serveOne(account: Account): FreeRequestRefusal | null {
    if (account.left === 0) return account.refusal ?? null;
    account.left -= 1;
    return null;
  }

  /** Sees to it that `needed` are left, as far as there are; the reason stands in the account where there are not. */
  private async fetch(account: Account, needed: number): Promise<void> {
    for (let round = 0; ; round += 1) {
      const missing = Math.max(BATCH, needed) - this.leftOf(account);
      const grant = missing > 0 ? await takeFreeRequests(account.id, missing, this.limits) : undefined;
      if (grant !== undefined) await this.add(account, grant);
      if (account.left >= needed) {
        account.refusal = undefined;
        return;
      }
      const waitMs = RECLAIM_WAITS_MS[round];
      if (waitMs === undefined) {
        if (grant !== undefined) this.refuse(account, grant);
        return;
      }
      await askForFreeRequests(account.id);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }

  private leftOf(account: Account): number {
    return this.now() < account.expiresMs ? account.left : 0;
  }

  private async add(account: Account, grant: FreeRequestGrant): Promise<void> {
    // What is left of a minute that is over is worth nothing in the next, but its day gets it back.
    const isSameMinute = account.grant?.minuteStart.getTime() === grant.minuteStart.getTime();
    if (!isSameMinute) await this.release(account);
    account.left += grant.granted;
    account.grant = grant;
    account.expiresMs = this.now() + Math.min(grant.minuteLeftMs, grant.dayLeftMs);
  }

  private refuse(account: Account, { dayLeft, dayLimit, dayLeftMs, minuteLeftMs }: FreeRequestGrant): void {
    const nowMs = this.now();
    const { perMinute } = this.limits;
    account.refusal =
      dayLeft === 0
        ? { because: "day", limit: dayLimit, resetMs: nowMs + dayLeftMs }
        : { because: "minute", limit: perMinute, resetMs: nowMs + minuteLeftMs };
    account.refusedUntilMs = Math.min(account.refusal.resetMs, nowMs + REFUSED_MS);
  }

  private accountOf(id: string): Account {
    let account = this.accounts.get(id);
    if (account === undefined) {
      account = {
        id,
        left: 0,
        grant: undefined,
        expiresMs: 0,
        refusal: undefined,
        refusedUntilMs: 0,
        waiters: [],
        busy: false,
        lastUsedMs: this.now(),
      };
      this.accounts.set(id, account);
    }
    return account;
  }
}
