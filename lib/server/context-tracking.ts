import { AsyncLocalStorage } from "node:async_hooks";

/** How long after the last page work that a page left behind may still look for its context. */
const QUIET_MS = 5_000;

/**
 * Switches the tracking of asynchronous contexts off while no page is being rendered.
 *
 * Next keeps each request's context in an AsyncLocalStorage, and from the first use of one Node 20 runs a hook for every
 * promise and every callback of the whole process: that costs a completion 7 % of its CPU (measured 2026-11-21,
 * lib/server/README.md). `disable` is public API and undone by the next `run`. Nothing of ours uses such a storage.
 */
export class ContextTracking {
  private readonly used = new Set<AsyncLocalStorage<unknown>>();
  private running = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param storage the class whose instances are looked after; all of them, whoever makes them. */
  constructor(storage: { prototype: AsyncLocalStorage<unknown> } = AsyncLocalStorage) {
    const { used } = this;
    const { prototype } = storage;
    const { run, enterWith } = prototype;
    prototype.run = function noted(this: AsyncLocalStorage<unknown>, ...given: Parameters<typeof run>) {
      used.add(this);
      return Reflect.apply(run, this, given);
    };
    prototype.enterWith = function noted(this: AsyncLocalStorage<unknown>, value: unknown) {
      used.add(this);
      enterWith.call(this, value);
    };
  }

  /** Does `work` with contexts; they are kept for a while after it. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.running += 1;
    clearTimeout(this.timer);
    try {
      return await work();
    } finally {
      this.running -= 1;
      if (this.running === 0) this.timer = setTimeout(this.stop, QUIET_MS).unref();
    }
  }

  private readonly stop = (): void => {
    for (const storage of this.used) storage.disable();
    this.used.clear();
  };
}
