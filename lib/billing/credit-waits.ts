import type { NanoUsd } from "@/lib/money";

type Waiter = { wantedNanoUsd: NanoUsd; wake: (isReleased: boolean) => void };

export type CreditWait = {
  /** `true`: credit came free, it is worth asking again; `false`: the time is over. */
  released: Promise<boolean>;
  /** Whether something came free already. */
  isWoken(): boolean;
  /** Whoever waited needs nothing more: what it may have been woken for meanwhile is the next one's. */
  stop(): void;
};

/**
 * Who waits for credit that requests on their way hold. Those who came first are woken first, and as many as what came
 * free may be for: not all, each time, for what one of them takes.
 */
export class CreditWaits {
  private readonly queues = new Map<string, Waiter[]>();

  /** Begins to wait, at once: what comes free from here on is heard of. */
  begin(accountId: string, wantedNanoUsd: NanoUsd, waitMs: number): CreditWait {
    const queue = this.queues.get(accountId) ?? [];
    this.queues.set(accountId, queue);
    let outcome: boolean | undefined;
    let waiter: Waiter | undefined;
    const released = new Promise<boolean>((resolve) => {
      waiter = {
        wantedNanoUsd,
        wake: (isReleased) => {
          outcome = isReleased;
          clearTimeout(timer);
          resolve(isReleased);
        },
      };
      queue.push(waiter);
    });
    const leave = () => {
      const place = waiter === undefined ? -1 : queue.indexOf(waiter);
      if (place !== -1) queue.splice(place, 1);
      if (queue.length === 0 && this.queues.get(accountId) === queue) this.queues.delete(accountId);
      if (outcome === undefined) waiter?.wake(false);
    };
    const timer = setTimeout(leave, waitMs);
    return {
      released,
      isWoken: () => outcome === true,
      stop: () => {
        if (outcome === true) this.noteReleased(accountId, wantedNanoUsd);
        else leave();
      },
    };
  }

  /** Says that so much of an account's credit is held no longer. */
  noteReleased(accountId: string, freedNanoUsd: NanoUsd): void {
    const queue = this.queues.get(accountId);
    if (queue === undefined) return;
    for (let left = freedNanoUsd; left > 0n; ) {
      const waiter = queue.shift();
      if (waiter === undefined) break;
      left -= waiter.wantedNanoUsd;
      waiter.wake(true);
    }
    if (queue.length === 0) this.queues.delete(accountId);
  }
}
