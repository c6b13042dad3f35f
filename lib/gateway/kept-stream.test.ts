import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { KeptStream, MAX_KEPT_CHARS } from "./kept-stream";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A stream whose pieces are handed over one by one. */
function startStream(graceMs = 1_000) {
  const queue: (string | undefined)[] = [];
  let wake = () => {};
  const push = async (piece: string | undefined) => {
    queue.push(piece);
    wake();
    await vi.advanceTimersByTimeAsync(0);
  };
  async function* source(): AsyncGenerator<string> {
    for (;;) {
      while (queue.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const piece = queue.shift();
      if (piece === undefined) return;
      if (piece === "fail") throw new Error("broke off");
      yield piece;
    }
  }
  const stopSource = vi.fn(() => void push(undefined));
  const onEnd = vi.fn();
  return { kept: new KeptStream("account", source(), { graceMs, stopSource, onEnd }), push, stopSource, onEnd };
}

async function textOf(kept: KeptStream): Promise<string> {
  let text = "";
  for await (const piece of kept.read()) text += piece;
  return text;
}

test("every reader hears all of it, whenever it comes", async () => {
  const { kept, push, onEnd } = startStream();
  const first = textOf(kept);
  await push("a");
  await push("b");
  const second = textOf(kept);
  await push("c");
  await push(undefined);
  expect(await Promise.all([first, second, textOf(kept)])).toEqual(["abc", "abc", "abc"]);
  expect(onEnd).toHaveBeenCalledOnce();
});

test("goes on while nobody listens, and is stopped after a while", async () => {
  const { kept, push, stopSource } = startStream(1_000);
  kept.read();
  await push("a");
  kept.noteReaderGone();
  await vi.advanceTimersByTimeAsync(999);
  expect(stopSource).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(stopSource).toHaveBeenCalledOnce();
});

test("a reader that comes back in time keeps it going", async () => {
  const { kept, push, stopSource } = startStream(1_000);
  kept.read();
  kept.noteReaderGone();
  const reading = textOf(kept);
  await vi.advanceTimersByTimeAsync(0);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(stopSource).not.toHaveBeenCalled();
  await push("a");
  await push(undefined);
  expect(await reading).toBe("a");
});

test("a reader whose leaving is noticed late takes nothing from the one that came after it", async () => {
  const { kept, push, stopSource } = startStream(1_000);
  kept.read();
  const reading = textOf(kept);
  await push("a");
  kept.noteReaderGone();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(stopSource).not.toHaveBeenCalled();
  kept.noteReaderGone();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(stopSource).toHaveBeenCalledOnce();
  expect(await reading).toBe("a");
});

test("one that outgrew its bound cannot be resumed, and ends with its reader", async () => {
  const { kept, push, stopSource } = startStream();
  await push("x".repeat(MAX_KEPT_CHARS + 1));
  expect(kept.isWhole).toBe(false);
  kept.noteReaderGone();
  expect(stopSource).toHaveBeenCalledOnce();
});

test("told to stop, it stops at once; after its end there is nothing to stop", async () => {
  const { kept, push, stopSource } = startStream();
  kept.stop();
  expect(stopSource).toHaveBeenCalledOnce();
  await push(undefined);
  kept.stop();
  expect(stopSource).toHaveBeenCalledOnce();
});

test("a failure of the source reaches the readers after what had come", async () => {
  const { kept, push } = startStream();
  await push("a");
  await push("fail");
  const heard: string[] = [];
  const reading = (async () => {
    for await (const piece of kept.read()) heard.push(piece);
  })();
  await expect(reading).rejects.toThrow("broke off");
  expect(heard).toEqual(["a"]);
});
