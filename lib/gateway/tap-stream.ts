/** Hears what passes through a stream. */
export type StreamTap<T> = {
  /** The reader is ready for the next value. */
  asked?(): void;
  each(value: T): void;
  /** The stream came to its end. */
  ended(): void;
  /** The stream broke off. What this throws goes to the reader; if it throws nothing, the stream just ends. */
  broke(error: unknown): void;
  /** The reader wants no more. Called before the source is told, because that may have to wait for a pending value. */
  abandoned(): void;
};

const DONE = { value: undefined, done: true } as const;

/**
 * The same values, heard by `tap` on their way.
 *
 * Not an async generator: that makes three promises for each value, and a chunk passes several such layers.
 */
export function tapStream<T>(source: AsyncIterator<T>, tap: StreamTap<T>): AsyncIterableIterator<T> {
  // Two taps on one stream are one layer, not two.
  return source instanceof TappedStream ? source.with(tap) : new TappedStream(source, tap);
}

class TappedStream<T> implements AsyncIterableIterator<T> {
  private readonly source: AsyncIterator<T>;
  private readonly tap: StreamTap<T>;

  constructor(source: AsyncIterator<T>, tap: StreamTap<T>) {
    this.source = source;
    this.tap = tap;
  }

  with(outer: StreamTap<T>): TappedStream<T> {
    return new TappedStream(this.source, new TapPair(this.tap, outer));
  }

  next(): Promise<IteratorResult<T>> {
    this.tap.asked?.();
    return this.source.next().then(this.onResult, this.onError);
  }

  return(): Promise<IteratorResult<T>> {
    this.tap.abandoned();
    return this.source.return?.() ?? Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private readonly onResult = (result: IteratorResult<T>): IteratorResult<T> => {
    if (result.done === true) this.tap.ended();
    else this.tap.each(result.value);
    return result;
  };

  private readonly onError = (error: unknown): IteratorResult<T> => {
    this.tap.broke(error);
    return DONE;
  };
}

/** Two taps as one, in the order in which they hear: `inner` is nearer to the source. */
class TapPair<T> implements StreamTap<T> {
  private readonly inner: StreamTap<T>;
  private readonly outer: StreamTap<T>;

  constructor(inner: StreamTap<T>, outer: StreamTap<T>) {
    this.inner = inner;
    this.outer = outer;
  }

  asked(): void {
    this.outer.asked?.();
    this.inner.asked?.();
  }

  each(value: T): void {
    this.inner.each(value);
    this.outer.each(value);
  }

  ended(): void {
    this.inner.ended();
    this.outer.ended();
  }

  broke(error: unknown): void {
    try {
      this.inner.broke(error);
    } catch (passedOn) {
      this.outer.broke(passedOn);
      return;
    }
    this.outer.ended();
  }

  abandoned(): void {
    this.outer.abandoned();
    this.inner.abandoned();
  }
}

/** `first`, then what comes of `rest`. */
export function prepend<T>(first: readonly T[], rest: AsyncIterator<T>): AsyncIterator<T> {
  let given = 0;
  return {
    next: () => {
      const value = first[given];
      if (value === undefined) return rest.next();
      given += 1;
      return Promise.resolve({ value, done: false });
    },
    return: () => rest.return?.() ?? Promise.resolve(DONE),
  };
}

/** Gives `values`; then breaks off with `error`, if there is one. */
export function replay<T>(values: readonly T[], error?: unknown): AsyncIterableIterator<T> {
  let given = 0;
  return {
    next: () => {
      const value = values[given];
      given += 1;
      if (value !== undefined) return Promise.resolve({ value, done: false });
      return given === values.length + 1 && error !== undefined ? Promise.reject(error) : Promise.resolve(DONE);
    },
    return: () => {
      given = values.length + 1;
      return Promise.resolve(DONE);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
