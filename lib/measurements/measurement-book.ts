import type { EndpointHealth, EndpointMeasurements } from "@/lib/schemas/endpoint-health";
import { EndpointRecord, type News } from "./endpoint-record";
import type { OpenedMark } from "./outage-window";
import { SLOT_MS, type Slot } from "./slot-log";

/** What happened at one endpoint since it was last told. */
export type EndpointNews = News & { endpointId: string };

/** What was seen of one endpoint in one slot. */
export type SlotRow = { endpointId: string; startedAt: Date; slot: Slot };

/** What this process knows of all endpoints. As large as the catalog at most: ids are those of its endpoints. */
export class MeasurementBook {
  private readonly records = new Map<string, EndpointRecord>();
  private readonly changed = new Set<string>();
  private failures = 0;

  /** An attempt began to answer. What it returns is for {@link noteBroken}. */
  noteOpened(endpointId: string, nowMs: number): OpenedMark {
    return this.change(endpointId).noteOpened(nowMs);
  }

  /** An attempt failed by the provider's fault before it began to answer. */
  noteFailed(endpointId: string, isLimit: boolean, nowMs: number): void {
    this.failures += 1;
    this.change(endpointId).noteFailed(isLimit, nowMs);
  }

  /** An answer broke off by the provider's fault. */
  noteBroken(endpointId: string, mark: OpenedMark, nowMs: number): void {
    this.failures += 1;
    this.change(endpointId).noteBroken(mark, nowMs);
  }

  /** How fast a finished answer was. */
  noteSpeed(endpointId: string, firstContentMs: number, tokensPerSecond: number | undefined, nowMs: number): void {
    this.change(endpointId).noteSpeed(firstContentMs, tokensPerSecond, nowMs);
  }

  /** `undefined`: nothing is known. */
  healthOf(endpointId: string, nowMs: number): EndpointHealth | undefined {
    return this.records.get(endpointId)?.health(nowMs);
  }

  /** `undefined`: nothing is known. */
  measurementsOf(endpointId: string, nowMs: number): EndpointMeasurements | undefined {
    return this.records.get(endpointId)?.measurements(nowMs);
  }

  /** By hour of the last day, the oldest first; empty: nothing is known. */
  uptimeByHour(endpointId: string, nowMs: number): readonly (number | null)[] {
    return this.records.get(endpointId)?.uptimeByHour(nowMs) ?? [];
  }

  /** Whether there are failures that others have not heard of. */
  get hasBadNews(): boolean {
    return this.failures > 0;
  }

  /** What happened since the last time this was asked. */
  takeNews(): EndpointNews[] {
    this.failures = 0;
    const ids = [...this.changed];
    this.changed.clear();
    return ids.flatMap((endpointId) => {
      const news = this.records.get(endpointId)?.takeNews();
      return news === undefined ? [] : [{ endpointId, ...news }];
    });
  }

  /** Adds what another process saw just now. */
  hear(news: EndpointNews, nowMs: number): void {
    this.recordOf(news.endpointId).hear(news, nowMs);
  }

  /** What this process saw since the last time. The rows hold their slots whole: writing one twice does no harm. */
  takeUnwritten(nowMs: number): SlotRow[] {
    return [...this.records].flatMap(([endpointId, record]) =>
      record
        .takeUnwritten(nowMs)
        .map(([number, slot]) => ({ endpointId, startedAt: new Date(number * SLOT_MS), slot })),
    );
  }

  /** Takes back what could not be written. */
  putBack(rows: readonly SlotRow[]): void {
    for (const { endpointId, startedAt, slot } of rows) {
      this.recordOf(endpointId).putBack(Math.floor(startedAt.getTime() / SLOT_MS), slot);
    }
  }

  /** Adds what was stored, at a start. */
  seed(rows: readonly SlotRow[], nowMs: number): void {
    for (const { endpointId, startedAt, slot } of rows) {
      this.recordOf(endpointId).seed(Math.floor(startedAt.getTime() / SLOT_MS), slot, nowMs);
    }
  }

  private change(endpointId: string): EndpointRecord {
    this.changed.add(endpointId);
    return this.recordOf(endpointId);
  }

  private recordOf(endpointId: string): EndpointRecord {
    let record = this.records.get(endpointId);
    if (record === undefined) {
      record = new EndpointRecord();
      this.records.set(endpointId, record);
    }
    return record;
  }
}
