import "server-only";
import type { NanoUsd } from "@/lib/money";
import { askForLeases, extendLease, type LeaseGrant, releaseLease } from "./store";

/** A lease that nobody used for this long goes back. */
const IDLE_MS = 5_000;
/** How long to wait for other processes to give back, and how often, before a request is refused. */
const RECLAIM_WAIT_MS = 40;
const RECLAIM_ROUNDS = 3;

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
  extending: boolean;
};

export type Reservation =
  /** `amountNanoUsd` is held: all that was wanted, or less, but never less than the minimum. */
  { kind: "held"; amountNanoUsd: NanoUsd } | { kind: "refused"; because: "account" | "key"; availableNanoUsd: NanoUsd };

/**
 * Credit that this process may spend without asking the database. Requests hold part of it while they run; what they
 * did not cost is free for the next. All processes together never set aside more than an account or a key has.
 */
export class LeaseBook {
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
   * the lease suffices.
   */
  reserve(accountId: string, keyHash: string, wanted: NanoUsd, minimum: NanoUsd): Reservation | Promise<Reservation> {
    const lease = this.leaseOf(accountId, keyHash);
    lease.lastUsedMs = this.now();
    // What costs nothing needs no credit, but a debt must be paid first.
    const balance = this.balances.get(accountId);
    if (wanted === 0n && balance !== undefined) {
      return balance < 0n
        ? { kind: "refused", because: "account", availableNanoUsd: balance }
        : { kind: "held", amountNanoUsd: 0n };
    }
    // Not past a query that is on its way: what it counted on as free would be gone when its answer comes.
    if (wanted > 0n && !lease.extending && lease.grantedNanoUsd - lease.heldNanoUsd >= wanted) {
      lease.heldNanoUsd += wanted;
      return { kind: "held", amountNanoUsd: wanted };
    }
    return new Promise((resolve, reject) => {
      lease.waiters.push({ wanted, minimum, resolve, reject });
      if (!lease.extending) void this.serveWaiters(lease);
    });
  }

  /** Ends a hold: `spent` has been charged in the database (and taken from the lease there), the rest is free again. */
  settle(accountId: string, keyHash: string, held: NanoUsd, spent: NanoUsd): void {
    const lease = this.leaseOf(accountId, keyHash);
    lease.heldNanoUsd -= held;
    lease.grantedNanoUsd = lease.grantedNanoUsd > spent ? lease.grantedNanoUsd - spent : 0n;
  }

  /** Notes a balance that a settlement reported. */
  noteBalance(accountId: string, balanceNanoUsd: NanoUsd): void {
    this.balances.set(accountId, balanceNanoUsd);
  }

  /** Gives back what is set aside for the account and not held. */
  async reclaim(accountId: string): Promise<void> {
    for (const lease of this.leases.values()) if (lease.accountId === accountId) await this.giveBack(lease);
  }

  /** Gives back leases that have not been used for a while, and forgets them. */
  async releaseIdle(): Promise<void> {
    for (const [id, lease] of this.leases) {
      if (lease.heldNanoUsd !== 0n || lease.extending || this.now() - lease.lastUsedMs < IDLE_MS) continue;
      await this.giveBack(lease);
      if (lease.heldNanoUsd === 0n && !lease.extending) {
        this.leases.delete(id);
        this.balances.delete(lease.accountId);
      }
    }
  }

  private async giveBack(lease: Lease): Promise<void> {
    const free = lease.grantedNanoUsd - lease.heldNanoUsd;
    if (free <= 0n) return;
    // First here, then there: what is being given back must not be held meanwhile.
    lease.grantedNanoUsd -= free;
    await releaseLease(this.instanceId, lease.accountId, lease.keyHash, free);
  }

  /** One query serves everybody who waits; those who come meanwhile are served by the next. */
  private async serveWaiters(lease: Lease): Promise<void> {
    lease.extending = true;
    try {
      while (lease.waiters.length > 0) {
        const waiters = lease.waiters.splice(0);
        try {
          const wanted = waiters.reduce((sum, waiter) => sum + waiter.wanted, 0n);
          const grant = await this.extend(lease, wanted);
          this.balances.set(lease.accountId, grant.balanceNanoUsd);
          for (const waiter of waiters) waiter.resolve(this.serve(lease, waiter, grant));
        } catch (error) {
          for (const waiter of waiters) waiter.reject(error);
        }
      }
    } finally {
      lease.extending = false;
    }
  }

  private serve(lease: Lease, { wanted, minimum }: Waiter, grant: LeaseGrant): Reservation {
    if (wanted === 0n && grant.balanceNanoUsd >= 0n) return { kind: "held", amountNanoUsd: 0n };
    const free = lease.grantedNanoUsd - lease.heldNanoUsd;
    const amountNanoUsd = free < wanted ? free : wanted;
    if (amountNanoUsd > 0n && amountNanoUsd >= minimum) {
      lease.heldNanoUsd += amountNanoUsd;
      return { kind: "held", amountNanoUsd };
    }
    const key = grant.keyAvailableNanoUsd;
    const keyIsShort = key !== null && key < grant.accountAvailableNanoUsd;
    return { kind: "refused", because: keyIsShort ? "key" : "account", availableNanoUsd: free };
  }

  /** Asks for what is missing; when it is set aside elsewhere, asks for that back and tries again. */
  private async extend(lease: Lease, wanted: NanoUsd): Promise<LeaseGrant> {
    for (let round = 0; ; round += 1) {
      const missing = wanted - (lease.grantedNanoUsd - lease.heldNanoUsd);
      const grant = await extendLease(this.instanceId, lease.accountId, lease.keyHash, missing > 0n ? missing : 0n);
      lease.grantedNanoUsd += grant.grantedNanoUsd;
      const short = grant.grantedNanoUsd < missing;
      if (!short || grant.leasedElsewhereNanoUsd === 0n || round === RECLAIM_ROUNDS) return grant;
      await askForLeases(lease.accountId);
      await new Promise((resolve) => setTimeout(resolve, RECLAIM_WAIT_MS));
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
        extending: false,
      };
      this.leases.set(id, lease);
    }
    return lease;
  }
}
