import type { EndpointHealth, EndpointMeasurements, Percentiles } from "@/lib/schemas/endpoint-health";
import { type OpenedMark, OutageWindow } from "./outage-window";
import { RollingHistogram, SPEED_WINDOW_MS } from "./rolling-histogram";
import { addSlot, type Counts, newSlot, SLOT_MS, type Slot, SlotLog } from "./slot-log";
import { classOf } from "./value-scale";

const HALF_HOUR_MS = 30 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** What happened since it was last told. */
export type News = {
  attempts: number;
  failures: number;
  /** Failures since the last success; as many as `attempts` when there was no success. */
  failuresInARow: number;
  /** Of the failures, refusals by a rate limit. */
  limited: number;
  latency: Counts;
  throughput: Counts;
};

/** Everything that one process knows of one endpoint's speed and reliability. */
export class EndpointRecord {
  private readonly outages = new OutageWindow();
  private readonly latency = new RollingHistogram("high");
  private readonly throughput = new RollingHistogram("low");
  /** Everybody's. */
  private readonly log = new SlotLog();
  /** What this process itself saw and has not written yet, by slot number. */
  private readonly own = new Map<number, { slot: Slot; written: boolean }>();
  private news: News | undefined;

  noteOpened(nowMs: number): OpenedMark {
    this.noteOutcome(0, 0, nowMs);
    return this.outages.noteOpened(nowMs);
  }

  noteFailed(isLimit: boolean, nowMs: number): void {
    this.noteOutcome(1, isLimit ? 1 : 0, nowMs);
    this.outages.noteFailed(nowMs);
  }

  noteBroken(mark: OpenedMark, nowMs: number): void {
    const news = this.currentNews();
    news.failures += 1;
    news.failuresInARow += 1;
    for (const slot of this.slotsAt(nowMs)) slot.failures += 1;
    this.outages.noteBroken(mark, nowMs);
  }

  noteSpeed(firstContentMs: number, tokensPerSecond: number | undefined, nowMs: number): void {
    this.latency.note(firstContentMs, nowMs);
    if (tokensPerSecond !== undefined) this.throughput.note(tokensPerSecond, nowMs);
    for (const holder of [this.currentNews(), ...this.slotsAt(nowMs)]) {
      countIn(holder.latency, classOf(firstContentMs));
      if (tokensPerSecond !== undefined) countIn(holder.throughput, classOf(tokensPerSecond));
    }
  }

  health(nowMs: number): EndpointHealth {
    return new MeasuredHealth(!this.outages.hasOutage(nowMs), this.latency, this.throughput, nowMs);
  }

  measurements(nowMs: number): EndpointMeasurements {
    return {
      uptimeLast5mPercent: this.log.uptimePercent(nowMs - SPEED_WINDOW_MS),
      uptimeLast30mPercent: this.log.uptimePercent(nowMs - HALF_HOUR_MS),
      uptimeLast1dPercent: this.log.uptimePercent(nowMs - DAY_MS),
      latencyMs: this.log.percentiles("latency", nowMs, "high") ?? null,
      throughputTokensPerSecond: this.log.percentiles("throughput", nowMs, "low") ?? null,
    };
  }

  /** Shares of requests that went well, 0 to 1, by hour of the last day, the oldest first; `null` where there were none. */
  uptimeByHour(nowMs: number): (number | null)[] {
    return this.log.uptimeByHour(nowMs);
  }

  /** What happened since the last time this was asked; `undefined` when nothing did. */
  takeNews(): News | undefined {
    const { news } = this;
    this.news = undefined;
    return news;
  }

  /** Adds what another process saw just now. */
  hear(news: News, nowMs: number): void {
    this.outages.merge(news, nowMs);
    addSlot(this.log.at(nowMs), {
      attempts: news.attempts - news.limited,
      failures: news.failures - news.limited,
      latency: news.latency,
      throughput: news.throughput,
    });
    for (const [index, count] of news.latency) this.latency.addClass(index, count, nowMs, nowMs);
    for (const [index, count] of news.throughput) this.throughput.addClass(index, count, nowMs, nowMs);
  }

  /** Slots that this process added to since the last time this was asked, by number. Those of the past are let go. */
  takeUnwritten(nowMs: number): [number, Slot][] {
    const current = Math.floor(nowMs / SLOT_MS);
    const taken: [number, Slot][] = [];
    for (const [number, entry] of this.own) {
      if (!entry.written) taken.push([number, entry.slot]);
      entry.written = true;
      if (number < current) this.own.delete(number);
    }
    return taken;
  }

  /** Takes back what could not be written. */
  putBack(number: number, slot: Slot): void {
    this.own.set(number, { slot, written: false });
  }

  /** Adds what was stored of a slot, at a start. */
  seed(number: number, slot: Slot, nowMs: number): void {
    const startMs = number * SLOT_MS;
    addSlot(this.log.at(startMs), slot);
    const endMs = Math.min(startMs + SLOT_MS - 1, nowMs);
    if (endMs < nowMs - SPEED_WINDOW_MS) return;
    for (const [index, count] of slot.latency) this.latency.addClass(index, count, endMs, nowMs);
    for (const [index, count] of slot.throughput) this.throughput.addClass(index, count, endMs, nowMs);
  }

  private noteOutcome(failed: 0 | 1, limited: 0 | 1, nowMs: number): void {
    const news = this.currentNews();
    news.attempts += 1;
    news.failures += failed;
    news.limited += limited;
    news.failuresInARow = failed === 0 ? 0 : news.failuresInARow + 1;
    if (limited === 1) return;
    for (const slot of this.slotsAt(nowMs)) {
      slot.attempts += 1;
      slot.failures += failed;
    }
  }

  private currentNews(): News {
    this.news ??= {
      attempts: 0,
      failures: 0,
      failuresInARow: 0,
      limited: 0,
      latency: new Map(),
      throughput: new Map(),
    };
    return this.news;
  }

  private slotsAt(nowMs: number): [Slot, Slot] {
    const number = Math.floor(nowMs / SLOT_MS);
    let entry = this.own.get(number);
    if (entry === undefined) {
      entry = { slot: newSlot(), written: false };
      this.own.set(number, entry);
    }
    entry.written = false;
    return [this.log.at(nowMs), entry.slot];
  }
}

function countIn(counts: Counts, index: number): void {
  counts.set(index, (counts.get(index) ?? 0) + 1);
}

/** Percentiles when they are asked for: only a request that sorts or prefers by speed does. */
class MeasuredHealth implements EndpointHealth {
  readonly stable: boolean;
  private readonly latencies: RollingHistogram;
  private readonly throughputs: RollingHistogram;
  private readonly nowMs: number;

  constructor(stable: boolean, latencies: RollingHistogram, throughputs: RollingHistogram, nowMs: number) {
    this.stable = stable;
    this.latencies = latencies;
    this.throughputs = throughputs;
    this.nowMs = nowMs;
  }

  get latencyMs(): Percentiles | undefined {
    return this.latencies.percentiles(this.nowMs);
  }

  get throughput(): Percentiles | undefined {
    return this.throughputs.percentiles(this.nowMs);
  }
}
