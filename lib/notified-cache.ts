import "server-only";
import { databaseUnavailable } from "./errors";
import { processState } from "./process-state";

/** What is known to be missing is remembered briefly, so that guessing does not become a load on the database. */
const MISSING_TTL_MS = 5_000;
/** Even a fresh entry is read again now and then: a lost notification must not live for ever. */
const FRESH_TTL_MS = 60_000;

type Notifications = { areArriving: () => boolean };

const notifications = () => processState<Notifications>("notifications", () => ({ areArriving: () => false }));

/** Tells the caches of this process how to know whether changes reach it. While they do not, no entry is trusted. */
export function watchNotifications(areArriving: () => boolean): void {
  notifications().areArriving = areArriving;
}

type Entry<Value> = { value: Value | null; loadedMs: number };

/**
 * Rows that the hot path needs, kept in memory and forgotten when the database says that they changed. One per process
 * and kind, held by `processState`.
 */
export class NotifiedCache<Value> {
  private readonly entries = new Map<string, Entry<Value>>();
  private readonly loading = new Map<string, Promise<Entry<Value>>>();
  /** Counts what was forgotten, so that a query that was on its way meanwhile is not remembered. */
  private forgotten = 0;
  private readonly maxEntries: number;

  constructor(maxEntries: number) {
    this.maxEntries = maxEntries;
  }

  /**
   * The value of `key`, from memory when it was asked for before; `null` when there is none.
   *
   * @throws AppError `unavailable` when `read` is needed and fails.
   */
  async find(key: string, nowMs: number, read: (key: string) => Promise<Value | null>): Promise<Value | null> {
    const known = this.entries.get(key);
    if (known !== undefined && notifications().areArriving() && nowMs - known.loadedMs < lifetimeOf(known)) {
      return known.value;
    }
    return (await this.load(key, nowMs, read)).value;
  }

  /** Forgets one key. */
  forget(key: string): void {
    this.forgotten += 1;
    this.entries.delete(key);
    this.loading.delete(key);
  }

  /** Forgets what is known of some values, or of all. Whatever is being read will not be remembered. */
  forgetWhere(concerns: (value: Value) => boolean = () => true): void {
    this.forgotten += 1;
    this.loading.clear();
    for (const [key, { value }] of this.entries) if (value === null || concerns(value)) this.entries.delete(key);
  }

  /** One query per key, however many requests wait for it. */
  private load(key: string, nowMs: number, read: (key: string) => Promise<Value | null>): Promise<Entry<Value>> {
    const running = this.loading.get(key);
    if (running !== undefined) return running;
    const { forgotten } = this;
    const query = read(key)
      .then(
        (value): Entry<Value> => {
          const entry = { value, loadedMs: nowMs };
          // It may have been changed after it was read: this request came before that, the next one asks again.
          if (this.forgotten === forgotten) this.remember(key, entry);
          return entry;
        },
        (error: unknown) => {
          throw databaseUnavailable(error);
        },
      )
      .finally(() => {
        if (this.loading.get(key) === query) this.loading.delete(key);
      });
    this.loading.set(key, query);
    return query;
  }

  private remember(key: string, entry: Entry<Value>): void {
    this.entries.delete(key);
    this.entries.set(key, entry);
    const [oldest] = this.entries.keys();
    if (this.entries.size > this.maxEntries && oldest !== undefined) this.entries.delete(oldest);
  }
}

function lifetimeOf(entry: Entry<unknown>): number {
  return entry.value === null ? MISSING_TTL_MS : FRESH_TTL_MS;
}
