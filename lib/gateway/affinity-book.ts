/** How long a conversation is remembered after its last answer. Providers keep their prompt caches an hour at most. */
const LIFE_MS = 60 * 60_000;
const MAX_PER_ACCOUNT = 2_000;
const MAX_ENTRIES = 50_000;
/** What nobody fetches is not kept. */
const MAX_NEWS = 10_000;

type Entry = { endpointId: string; notedMs: number };
/** What is to be told to other processes. */
export type AffinityNews = { accountId: string; key: string; endpointId: string };

/**
 * Which endpoint holds what of an account: the prompt cache of a conversation, or the key to reasoning that it signed.
 * Keys are hashes. Bounded per account and in all: the longest unused goes first, and nothing lives longer than an hour.
 */
export class AffinityBook {
  /** Accounts and their entries, the longest unused first. */
  private readonly accounts = new Map<string, Map<string, Entry>>();
  private entries = 0;
  private news: AffinityNews[] = [];

  /** Whether a look-up can find anything: making a key costs more than all the rest. */
  has(accountId: string): boolean {
    return this.accounts.has(accountId);
  }

  /** The endpoint's id. */
  find(accountId: string, key: string, nowMs: number): string | undefined {
    const entries = this.accounts.get(accountId);
    const entry = entries?.get(key);
    if (entries === undefined || entry === undefined) return undefined;
    if (nowMs - entry.notedMs > LIFE_MS) {
      this.drop(accountId, entries, key);
      return undefined;
    }
    return entry.endpointId;
  }

  /** @param tell whether other processes are to know. */
  note(accountId: string, key: string, endpointId: string, nowMs: number, tell: boolean): void {
    const entries = this.accounts.get(accountId) ?? new Map<string, Entry>();
    const known = entries.get(key);
    if (tell && (known?.endpointId !== endpointId || nowMs - known.notedMs > LIFE_MS / 4)) {
      if (this.news.length < MAX_NEWS) this.news.push({ accountId, key, endpointId });
    }
    // Both go to the end, as the last used.
    this.accounts.delete(accountId);
    this.accounts.set(accountId, entries);
    if (entries.delete(key)) this.entries -= 1;
    entries.set(key, { endpointId, notedMs: nowMs });
    this.entries += 1;
    if (entries.size > MAX_PER_ACCOUNT) this.dropOldest(accountId, entries);
    const [longestUnused] = this.accounts;
    if (this.entries > MAX_ENTRIES && longestUnused !== undefined) this.dropOldest(...longestUnused);
  }

  /** What was noted here since the last time this was asked. */
  takeNews(): AffinityNews[] {
    const { news } = this;
    this.news = [];
    return news;
  }

  private dropOldest(accountId: string, entries: Map<string, Entry>): void {
    const [oldest] = entries.keys();
    if (oldest !== undefined) this.drop(accountId, entries, oldest);
  }

  private drop(accountId: string, entries: Map<string, Entry>, key: string): void {
    if (entries.delete(key)) this.entries -= 1;
    if (entries.size === 0) this.accounts.delete(accountId);
  }
}
