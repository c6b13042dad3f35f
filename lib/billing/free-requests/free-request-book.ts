import "server-only";
import { newUuid } from "@/lib/id";
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
/** How long to wait for other processes to give back, again and again, before a request is refused. */
const RECLAIM_WAITS_MS = [25, 50, 100];
/** An account that was refused is not asked for again until this is over: refusing must be cheap. */
const REFUSED_MS = 1_000;
/** What nobody used for this long goes back. */
const IDLE_MS = 5_000;

/** A request that may be made, and of which minute and day it is. */
export type FreeRequestTicket = { kind: "admitted"; period: Period };

/** Why a request to a free model must wait. */
export type FreeRequestRefusal = {
  kind: "refused";
  /** Which of the two limits is reached. */
  because: "minute" | "day";
  limit: number;
  /** When requests are admitted again, ms since 1970. */
  resetMs: number;
};

type Period = Pick<FreeRequestGrant, "minuteStart" | "day">;
type Outcome = FreeRequestTicket | FreeRequestRefusal;
type Waiter = { resolve: (outcome: Outcome) => void; reject: (error: unknown) => void };

type Account = {
  id: string;
  /** Requests of `period` that this process may still make. */
  left: number;
  period: Period | undefined;
  /** When `left` is worth nothing any more. */
  expiresMs: number;
  refusal: FreeRequestRefusal | undefined;
  refusedUntilMs: number;
  waiters: Waiter[];
  /** A statement about it is on its way: never two at once. */
  busy: boolean;
  /** Another process asked for what is left while there was no time to give it. */
  isWanted: boolean;
  lastUsedMs: number;
};

/**
 * Requests to free models that this process may let in without asking the database. All processes together never let in
 * more than an account may make; what one does not need goes back when another asks, and after a while by itself. What a
 * crash leaves is gone for that minute and day, a handful at most.
 */
export class FreeRequestBook {
  private readonly id = newUuid();
  private readonly accounts = new Map<string, Account>();
  private readonly limits: FreeRequestLimits;
  private readonly now: () => number;

  constructor(limits: FreeRequestLimits, now: () => number = Date.now) {
    this.limits = limits;
    this.now = now;
  }

  /** Counts one request. Answers at once, without a query, while there are some left. */
  take(accountId: string): Outcome | Promise<Outcome> {
    const account = this.accountOf(accountId);
    account.lastUsedMs = this.now();
    if (account.refusal !== undefined && this.now() < account.refusedUntilMs) return account.refusal;
    if (account.waiters.length === 0) {
      const ticket = this.takeOne(account);
      if (ticket !== undefined) {
        if (account.left <= FETCH_AHEAD_AT) void this.serve(account, true);
        return ticket;
      }
    }
    return new Promise((resolve, reject) => {
      account.waiters.push({ resolve, reject });
      void this.serve(account, false);
    });
  }

  /** One that was counted is not made after all. */
  async giveBack(accountId: string, { period }: FreeRequestTicket): Promise<void> {
    const account = this.accounts.get(accountId);
    if (account?.period === undefined || !isSame(account.period, period)) {
      await returnFreeRequests(accountId, 1, period);
      return;
    }
    account.left += 1;
    account.refusal = undefined;
  }

  /** Gives back what is left of an account: another process needs it. @param wanted as its notification says. */
  async reclaim(wanted: string): Promise<void> {
    const [accountId = "", askerId] = wanted.split(" ");
    const account = this.accounts.get(accountId);
    if (account === undefined || askerId === this.id) return;
    if (account.busy) account.isWanted = true;
    else await this.release(account);
  }

  /** Gives back what was not used for a while, and forgets accounts that nobody asks for. */
  async releaseIdle(): Promise<void> {
    for (const account of this.accounts.values()) {
      const isIdle = this.now() - account.lastUsedMs >= IDLE_MS;
      if (account.busy || (!isIdle && this.now() < account.expiresMs)) continue;
      await this.release(account);
      // Somebody may have come meanwhile.
      if (isIdle && !account.busy && account.left === 0) this.accounts.delete(account.id);
    }
  }

  /** Gives back everything, because this process ends. */
  async releaseAll(): Promise<void> {
    for (const account of this.accounts.values()) await this.release(account);
  }

  private async release(account: Account): Promise<void> {
    const { left, period } = account;
    if (left === 0 || period === undefined) return;
    // First here, then there: what is being given back must not be used meanwhile.
    account.left = 0;
    await returnFreeRequests(account.id, left, period);
  }

  /** One query serves everybody who waits; those who come meanwhile are served by the next. */
  private async serve(account: Account, isAhead: boolean): Promise<void> {
    if (account.busy) return;
    account.busy = true;
    try {
      // Whoever needs it finds out what went wrong.
      if (isAhead) await this.fetch(account, 0).catch(() => undefined);
      while (account.waiters.length > 0) await this.serveWaiters(account, account.waiters.splice(0));
      while (account.isWanted) {
        account.isWanted = false;
        await this.release(account).catch(() => undefined); // it is lost then, for this minute and day
      }
    } finally {
      account.busy = false;
    }
    if (account.waiters.length > 0) void this.serve(account, false);
  }

  private async serveWaiters(account: Account, waiters: readonly Waiter[]): Promise<void> {
    try {
      const refusal = await this.fetch(account, waiters.length);
      for (const waiter of waiters) {
        const outcome = this.takeOne(account) ?? refusal;
        if (outcome !== undefined) waiter.resolve(outcome);
        // Somebody took one in between without asking: once more.
        else account.waiters.push(waiter);
      }
    } catch (error) {
      for (const waiter of waiters) waiter.reject(error);
    }
  }

  private takeOne(account: Account): FreeRequestTicket | undefined {
    const { period } = account;
    if (period === undefined || this.leftOf(account) === 0) return undefined;
    account.left -= 1;
    return { kind: "admitted", period };
  }

  private leftOf(account: Account): number {
    return this.now() < account.expiresMs ? account.left : 0;
  }

  /** Sees to it that `needed` are left; says why where there are not so many to be had. */
  private async fetch(account: Account, needed: number): Promise<FreeRequestRefusal | undefined> {
    for (let round = 0; ; round += 1) {
      const missing = Math.max(BATCH, needed) - this.leftOf(account);
      if (missing <= 0) return undefined;
      const askedMs = this.now();
      const grant = await takeFreeRequests(account.id, missing, this.limits);
      await this.add(account, grant, askedMs);
      if (this.leftOf(account) >= needed) return undefined;
      const waitMs = RECLAIM_WAITS_MS[round];
      if (waitMs === undefined) return this.refuse(account, grant);
      await askForFreeRequests(account.id, this.id);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }

  /** Counted from when it was asked for: never used after the database says that its time is over. */
  private async add(account: Account, grant: FreeRequestGrant, askedMs: number): Promise<void> {
    const before = { left: account.left, period: account.period };
    const isSamePeriod = before.period !== undefined && isSame(before.period, grant);
    account.left = (isSamePeriod ? before.left : 0) + grant.granted;
    account.period = { minuteStart: grant.minuteStart, day: grant.day };
    account.expiresMs = askedMs + Math.min(grant.minuteLeftMs, grant.dayLeftMs);
    // What is left of a minute that is over is worth nothing in the next, but its day gets it back.
    if (!isSamePeriod && before.period !== undefined && before.left > 0)
      await returnFreeRequests(account.id, before.left, before.period);
  }

  private refuse(account: Account, grant: FreeRequestGrant): FreeRequestRefusal {
    const nowMs = this.now();
    const { dayLeft, dayLimit, dayLeftMs, minuteLeftMs } = grant;
    const { perMinute } = this.limits;
    const refusal: FreeRequestRefusal =
      dayLeft === 0 || perMinute === null
        ? { kind: "refused", because: "day", limit: dayLimit, resetMs: nowMs + dayLeftMs }
        : { kind: "refused", because: "minute", limit: perMinute, resetMs: nowMs + minuteLeftMs };
    account.refusal = refusal;
    account.refusedUntilMs = Math.min(refusal.resetMs, nowMs + REFUSED_MS);
    return refusal;
  }

  private accountOf(id: string): Account {
    let account = this.accounts.get(id);
    if (account === undefined) {
      account = {
        id,
        left: 0,
        period: undefined,
        expiresMs: 0,
        refusal: undefined,
        refusedUntilMs: 0,
        waiters: [],
        busy: false,
        isWanted: false,
        lastUsedMs: this.now(),
      };
      this.accounts.set(id, account);
    }
    return account;
  }
}

function isSame(one: Period, other: Period): boolean {
  return one.day === other.day && one.minuteStart.getTime() === other.minuteStart.getTime();
}
