import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ContextTracking } from "./context-tracking";

/** A class of its own, so that the tests do not change everybody's. */
class Storage<T> extends AsyncLocalStorage<T> {
  override run<R>(store: T, callback: () => R): R {
    return super.run(store, callback);
  }
  override enterWith(store: T): void {
    super.enterWith(store);
  }
  readonly disabled = vi.fn();
  override disable(): void {
    this.disabled();
    super.disable();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("ContextTracking", () => {
  test("a storage is switched off some time after the last work, and works again with the next", async () => {
    const contexts = new ContextTracking(Storage);
    const storage = new Storage<string>();
    const seen = () => contexts.during(async () => storage.run("page", async () => storage.getStore()));
    expect(await seen()).toBe("page");
    await vi.advanceTimersByTimeAsync(4_000);
    expect(storage.disabled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(storage.disabled).toHaveBeenCalledTimes(1);
    expect(await seen()).toBe("page");
    await vi.advanceTimersByTimeAsync(6_000);
    expect(storage.disabled).toHaveBeenCalledTimes(2);
  });

  test("not while other work goes on, however long it takes", async () => {
    const contexts = new ContextTracking(Storage);
    const storage = new Storage<string>();
    let finish: (() => void) | undefined;
    const long = contexts.during(() =>
      storage.run("long", async () => {
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        return storage.getStore();
      }),
    );
    await contexts.during(async () => storage.run("short", async () => undefined));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(storage.disabled).not.toHaveBeenCalled();
    finish?.();
    expect(await long).toBe("long");
  });
});
