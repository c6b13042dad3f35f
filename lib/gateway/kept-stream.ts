/** Of one stream, in characters. A longer one goes on, but cannot be resumed any more. */
export const MAX_KEPT_CHARS = 4 * 1_048_576;

/**
 * A stream that is read to its end by us, whoever listens: readers may come and go, and each hears all of it.
 *
 * It stops its source when it is told to, when nobody has listened for a while, or when it outgrew what is kept and its
 * last reader leaves.
 */
export class KeptStream {
  readonly accountId: string;
  private readonly pieces: string[] = [];
  private chars = 0;
  private isOver = false;
  private readers = 0;
  private failure: unknown;
  private waiting: (() => void)[] = [];
  private graceTimer: NodeJS.Timeout | undefined;
  private readonly options: { graceMs: number; stopSource: () => void; onEnd: () => void };

  constructor(
    accountId: string,
    source: AsyncIterable<string>,
    options: { graceMs: number; stopSource: () => void; onEnd: () => void },
  ) {
    this.accountId = accountId;
    this.options = options;
    void this.pump(source);
  }

  /** Can a new reader still hear all of it? */
  get isWhole(): boolean {
    return this.chars <= MAX_KEPT_CHARS;
  }

  get keptChars(): number {
    return this.chars;
  }

  /** Everything from the beginning, and what comes. Ends early for a reader that calls `return`. */
  read(): AsyncGenerator<string, void, undefined> {
    this.readers += 1;
    clearTimeout(this.graceTimer);
    return this.readAll();
  }

  private async *readAll(): AsyncGenerator<string, void, undefined> {
    for (let at = 0; ; at++) {
      while (at >= this.pieces.length) {
        if (this.isOver) {
          if (this.failure !== undefined) throw this.failure;
          return;
        }
        await new Promise<void>((resolve) => this.waiting.push(resolve));
      }
      yield this.pieces[at] ?? "";
    }
  }

  /**
   * One reader's connection closed; its `read` ends with the stream. That may be noticed after the next reader has come: a
   * page that is loaded again asks by a new connection.
   */
  noteReaderGone(): void {
    this.readers -= 1;
    if (this.isOver || this.readers > 0) return;
    clearTimeout(this.graceTimer);
    if (this.isWhole) {
      this.graceTimer = setTimeout(this.options.stopSource, this.options.graceMs);
      this.graceTimer.unref();
    } else this.options.stopSource();
  }

  stop(): void {
    if (!this.isOver) this.options.stopSource();
  }

  private async pump(source: AsyncIterable<string>): Promise<void> {
    try {
      for await (const piece of source) {
        this.pieces.push(piece);
        this.chars += piece.length;
        this.wake();
      }
    } catch (error) {
      this.failure = error;
    }
    this.isOver = true;
    clearTimeout(this.graceTimer);
    this.wake();
    this.options.onEnd();
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
