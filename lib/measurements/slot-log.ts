import type { Percentiles } from "@/lib/schemas/endpoint-health";
import { type BadEnd, percentilesOf } from "./value-scale";

/** Coarse measurements are kept by five minutes. */
export const SLOT_MS = 5 * 60_000;
const HOUR_MS = 60 * 60_000;
const DAY_HOURS = 24;
const DAY_SLOTS = (24 * 60 * 60_000) / SLOT_MS;
/** Speeds are asked for over half an hour only. */
const SPEED_SLOTS = (30 * 60_000) / SLOT_MS;

/** How many values were of each class. */
export type Counts = Map<number, number>;

/** What was seen of one endpoint in five minutes. Requests that a rate limit refused say nothing about its uptime. */
export type Slot = { attempts: number; failures: number; latency: Counts; throughput: Counts };

export function newSlot(): Slot {
  return { attempts: 0, failures: 0, latency: new Map(), throughput: new Map() };
}

/** Adds what `from` holds to `to`. */
export function addSlot(to: Slot, from: Slot): void {
  to.attempts += from.attempts;
  to.failures += from.failures;
  for (const name of ["latency", "throughput"] as const) {
    for (const [index, count] of from[name]) to[name].set(index, (to[name].get(index) ?? 0) + count);
  }
}

/** What was seen of one endpoint in the last day, by five minutes. */
export class SlotLog {
  private readonly slots = new Map<number, Slot>();

  /** The slot of a moment, made when there is none. */
  at(atMs: number): Slot {
    const number = Math.floor(atMs / SLOT_MS);
    let slot = this.slots.get(number);
    if (slot === undefined) {
      slot = newSlot();
      this.slots.set(number, slot);
      this.forget(number);
    }
    return slot;
  }

  /** Share of the attempts since `sinceMs` that went well, 0 to 100; `null` when there were none. */
  uptimePercent(sinceMs: number): number | null {
    let attempts = 0;
    let failures = 0;
    const first = Math.floor(sinceMs / SLOT_MS);
    for (const [number, slot] of this.slots) {
      if (number < first) continue;
      attempts += slot.attempts;
      failures += slot.failures;
    }
    if (attempts === 0) return null;
    return Number((Math.max(0, 1 - failures / attempts) * 100).toFixed(3));
  }

  /** The same by hour of the last day, the oldest first; the last one is the hour that is running. */
  uptimeByHour(nowMs: number): (number | null)[] {
    const hours = Array.from({ length: DAY_HOURS }, () => ({ attempts: 0, failures: 0 }));
    const thisHour = Math.floor(nowMs / HOUR_MS);
    for (const [number, slot] of this.slots) {
      const hour = hours[DAY_HOURS - 1 - (thisHour - Math.floor((number * SLOT_MS) / HOUR_MS))];
      if (hour === undefined) continue;
      hour.attempts += slot.attempts;
      hour.failures += slot.failures;
    }
    return hours.map(({ attempts, failures }) => (attempts === 0 ? null : Math.max(0, 1 - failures / attempts)));
  }

  /** Percentiles of the last half hour. */
  percentiles(name: "latency" | "throughput", nowMs: number, bad: BadEnd): Percentiles | undefined {
    const counts: Counts = new Map();
    let total = 0;
    const first = Math.floor(nowMs / SLOT_MS) - SPEED_SLOTS;
    for (const [number, slot] of this.slots) {
      if (number < first) continue;
      for (const [index, count] of slot[name]) {
        counts.set(index, (counts.get(index) ?? 0) + count);
        total += count;
      }
    }
    return percentilesOf((index) => counts.get(index) ?? 0, total, bad);
  }

  private forget(newest: number): void {
    for (const [number, slot] of this.slots) {
      if (number < newest - DAY_SLOTS) this.slots.delete(number);
      else if (number < newest - SPEED_SLOTS && slot.latency.size + slot.throughput.size > 0) {
        slot.latency.clear();
        slot.throughput.clear();
      }
    }
  }
}
