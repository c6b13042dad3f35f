import "server-only";
import type { NanoUsd } from "@/lib/money";
import { CreditWaits } from "./credit-waits";
import { askForLeases, dropLease, extendLease, type LeaseGrant, releaseLease } from "./store";

/** A lease that nobody used for this long goes back. */
const IDLE_MS = 5_000;
/** A lease reaches so many times as far as all requests that are on its way. */
const ROUNDS_AHEAD = 20n;
/** How long to wait for other processes to give back, again and again, before less than what is wanted is taken. */
const RECLAIM_WAITS_MS = [25, 50, 100, 200];

type Waiter = {
  wanted: NanoUsd;
  minimum: NanoUsd;
  resolve: (outcome: Reservation) => void;
  reject: (error: unknown) => void;
};

type Lease = {
  accountId: string;
  keyHash: string;
  /** Set aside in the database for this process. */
  grantedNanoUsd: NanoUsd;
  /** The part of it that requests on their way hold. */
  heldNanoUsd: NanoUsd;
  lastUsedMs: number;
  waiters: Waiter[];
  /** A statement that changes it is on its way: never two at once, or the database and we would disagree about it. */
  busy: boolean;
};

/** All that was wanted is held, or less, but never less than the minimum. */
type HeldReservation = { kind: "held"; amountNanoUsd: NanoUsd };

export type RefusedReservation = {
  kind: "refused";
  /** Which of the two has too little. */
  because: "account" | "key";
  /** What could have been held. */
  availableNanoUsd: NanoUsd;
  balanceNanoUsd: NanoUsd;
};

export type Reservation = HeldReservation | RefusedReservation;

/**
 * Credit that this process may spend without asking the database. Requests hold part of it while they run; what they
 * did not cost is free for the next. All processes together never set aside more than an account or a key has.
 *
 * When a statement's fate is unknown (the connection broke), we go on with the smaller of the two amounts that can be:
 * credit may lie idle until the lease goes back whole, but is never spent twice.
 */
export class LeaseBook {
  /** Who waits for what requests of this process hold. */
  readonly waits = new CreditWaits();
  private readonly leases = new Map<string, Lease>();
  private readonly balances = new Map<string, NanoUsd>();
  private readonly instanceId: number;
  private readonly now: () => number;

  constructor(instanceId: number, now: () => number = Date.now) {
    this.instanceId = instanceId;
    this.now = now;
  }

  /**
   * Holds `wanted`, or as much of it as there is if that is at least `minimum`. Answers at once, without a query, while
   * the lease suffices. A minimum of 0 is refused only to an account in debt.
   */
  reserve(accountId: string, keyHash: string, wanted: NanoUsd, minimum: NanoUsd): Reservation | Promise<Reservation> {
    const lease = this.leaseOf(accountId, keyHash);
    lease.lastUsedMs = this.now();
    if (wanted === 0n) {
      // What costs nothing needs no credit, but a debt must be paid first. One that we remember may have been.
      if ((this.balances.get(accountId) ?? -1n) >= 0n) return { kind: "held", amountNanoUsd: 0n };
    } else if (!lease.busy && lease.waiters.length === 0 && freeOf(lease) >= wanted) {
      // Not past a query that is on its way: what it counted on as free would be gone when its answer comes, and those
      // who wait for it would be refused (seen with 16 connections and a million dollars of credit).
      lease.heldNanoUsd += wanted;
      return { kind: "held", amountNanoUsd: wanted };
    }
    return new Promise((resolve, reject) => {
      lease.waiters.push({ wanted, minimum, resolve, reject });
      void this.serveWaiters(lease);
    });
  }

  /** Ends a hold: `spent` has been charged in the database (and taken from the lease there), the rest is free again. */
  settle(accountId: string, keyHash: string, held: NanoUsd, spent: NanoUsd): void {
    const lease = this.leaseOf(accountId, keyHash);
    lease.heldNanoUsd -= held;
    lease.grantedNanoUsd = lease.grantedNanoUsd > spent ? lease.grantedNanoUsd - spent : 0n;
    this.waits.noteReleased(accountId, held - spent);
  }

  /** What this process has set aside of the account's credit, or of what one key may spend, and what of it is held. */
  standingOf(accountId: string, keyHash: string | undefined): { granted: NanoUsd; held: NanoUsd } {
    let granted = 0n;
    let held = 0n;
    for (const lease of this.leases.values()) {
      if (lease.accountId !== accountId || (keyHash !== undefined && lease.keyHash !== keyHash)) continue;
      granted += lease.grantedNanoUsd;
      held += lease.heldNanoUsd;
    }
    return { granted, held };
  }

  /** Notes a balance that a settlement reported. */
  noteBalance(accountId: string, balanceNanoUsd: NanoUsd): void {
    this.balances.set(accountId, balanceNanoUsd);
  }

  /** Gives back what is set aside for the account and not held. */
  async reclaimAccount(accountId: string): Promise<void> {
    for (const lease of this.leases.values()) if (lease.accountId === accountId) await this.giveBack(lease);
  }

  /** Gives back what is set aside for the key and not held: its limit may have changed. */
  async reclaimKey(keyHash: string): Promise<void> {
    for (const lease of this.leases.values()) if (lease.keyHash === keyHash) await this.giveBack(lease);
  }

  /**
   * Gives back leases that have not been used for a while, and forgets them. Not while settlements wait in the journal:
   * until they are written, the lease is what keeps their credit from being spent again.
   */
  async releaseIdle(): Promise<void> {
    for (const [id, lease] of this.leases) {
      if (this.now() - lease.lastUsedMs < IDLE_MS || !isQuiet(lease)) continue;
      await this.alone(lease, async () => {
        lease.grantedNanoUsd = 0n;
        await dropLease(this.instanceId, lease.accountId, lease.keyHash);
      });
      // Somebody may have come meanwhile.
      if (lease.grantedNanoUsd > 0n || !isQuiet(lease)) continue;
      this.leases.delete(id);
      this.balances.delete(lease.accountId);
    }
  }

  /** The database took this process for dead and its leases away: only what requests already hold is still spent. */
  forgetFree(): void {
    for (const lease of this.leases.values()) lease.grantedNanoUsd = lease.heldNanoUsd;
  }

  private async giveBack(lease: Lease): Promise<void> {
    if (lease.busy || freeOf(lease) <= 0n) return;
    await this.alone(lease, async () => {
      // First here, then there: what is being given back must not be held meanwhile.
      const free = freeOf(lease);
      lease.grantedNanoUsd -= free;
      await releaseLease(this.instanceId, lease.accountId, lease.keyHash, free);
    });
  }

  private async alone(lease: Lease, work: () => Promise<void>): Promise<void> {
    lease.busy = true;
    try {
      await work();
    } finally {
      lease.busy = false;
      void this.serveWaiters(lease);
    }
  }

  /** One query serves everybody who waits; those who come meanwhile are served by the next. */
  private async serveWaiters(lease: Lease): Promise<void> {
    if (lease.busy) return;
    lease.busy = true;
    try {
      while (lease.waiters.length > 0) {
        const waiters = lease.waiters.splice(0);
        try {
          const grant = await this.extend(lease, sumOfWanted(waiters));
          this.balances.set(lease.accountId, grant.balanceNanoUsd);
          for (const waiter of waiters) waiter.resolve(serve(lease, waiter, grant));
        } catch (error) {
          for (const waiter of waiters) waiter.reject(error);
        }
      }
    } finally {
      lease.busy = false;
    }
  }

  /** Asks for what is missing; when it is set aside elsewhere, asks for that back and tries again. */
  private async extend(lease: Lease, wanted: NanoUsd): Promise<LeaseGrant> {
    for (let round = 0; ; round += 1) {
      const { accountId, keyHash } = lease;
      const missing = wanted - freeOf(lease) > 0n ? wanted - freeOf(lease) : 0n;
      const ahead = ROUNDS_AHEAD * (lease.heldNanoUsd + wanted);
      const grant = await extendLease(this.instanceId, accountId, keyHash, missing, ahead);
      lease.grantedNanoUsd += grant.grantedNanoUsd;
      const waitMs = RECLAIM_WAITS_MS[round];
      if (grant.grantedNanoUsd >= missing || grant.leasedElsewhereNanoUsd === 0n || waitMs === undefined) return grant;
      await askForLeases(lease.accountId);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }

  private leaseOf(accountId: string, keyHash: string): Lease {
    const id = `${accountId} ${keyHash}`;
    let lease = this.leases.get(id);
    if (lease === undefined) {
      lease = {
        accountId,
        keyHash,
        grantedNanoUsd: 0n,
        heldNanoUsd: 0n,
        lastUsedMs: this.now(),
        waiters: [],
        busy: false,
      };
      this.leases.set(id, lease);
    }
    return lease;
  }
}

function freeOf(lease: Lease): NanoUsd {
  return lease.grantedNanoUsd - lease.heldNanoUsd;
}

function isQuiet(lease: Lease): boolean {
  return lease.heldNanoUsd === 0n && !lease.busy && lease.waiters.length === 0;
}

function sumOfWanted(waiters: readonly Waiter[]): NanoUsd {
  return waiters.reduce((sum, waiter) => sum + waiter.wanted, 0n);
}

function serve(lease: Lease, { wanted, minimum }: Waiter, grant: LeaseGrant): Reservation {
  const { balanceNanoUsd, keyAvailableNanoUsd, accountAvailableNanoUsd } = grant;
  const free = freeOf(lease) > 0n ? freeOf(lease) : 0n;
  const amountNanoUsd = free < wanted ? free : wanted;
  if (balanceNanoUsd >= 0n && amountNanoUsd >= minimum) {
    lease.heldNanoUsd += amountNanoUsd;
    return { kind: "held", amountNanoUsd };
  }
  const keyIsShort =
    balanceNanoUsd > 0n && keyAvailableNanoUsd !== null && keyAvailableNanoUsd < accountAvailableNanoUsd;
  return { kind: "refused", because: keyIsShort ? "key" : "account", availableNanoUsd: free, balanceNanoUsd };
}
