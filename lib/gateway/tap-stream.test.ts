import { describe, expect, test } from "vitest";
import { prepend, type StreamTap, tapStream } from "./tap-stream";

/** Writes down all that it hears. */
function recorder(name: string, heard: string[], onBreak: (error: unknown) => void = () => undefined) {
  return {
    asked: () => heard.push(`${name} asked`),
    each: (value) => heard.push(`${name} ${value}`),
    ended: () => heard.push(`${name} ended`),
    broke: (error) => {
      heard.push(`${name} broke`);
      onBreak(error);
    },
    abandoned: () => heard.push(`${name} abandoned`),
  } satisfies StreamTap<number>;
}

const passOn = (error: unknown) => {
  throw error;
};

async function* counting(to: number, error?: Error): AsyncGenerator<number> {
  for (let value = 1; value <= to; value += 1) yield value;
  if (error !== undefined) throw error;
}

async function collect(stream: AsyncIterableIterator<number>): Promise<number[]> {
  const values: number[] = [];
  for await (const value of stream) values.push(value);
  return values;
}

test("a tap hears all values in order, and the end", async () => {
  const heard: string[] = [];
  expect(await collect(tapStream(counting(2), recorder("a", heard)))).toEqual([1, 2]);
  expect(heard).toEqual(["a asked", "a 1", "a asked", "a 2", "a asked", "a ended"]);
});

test("two taps both hear everything, the one nearer to the source first", async () => {
  const heard: string[] = [];
  const stream = tapStream(tapStream(counting(1), recorder("inner", heard)), recorder("outer", heard));
  expect(await collect(stream)).toEqual([1]);
  expect(heard.filter((entry) => !entry.endsWith("asked"))).toEqual([
    "inner 1",
    "outer 1",
    "inner ended",
    "outer ended",
  ]);
});

describe("a stream that breaks off", () => {
  const broken = new Error("broken");

  test("breaks off for the reader too when the tap passes the error on", async () => {
    const heard: string[] = [];
    await expect(collect(tapStream(counting(1, broken), recorder("a", heard, passOn)))).rejects.toBe(broken);
    expect(heard).toContain("a broke");
  });

  test("just ends when the tap keeps the error", async () => {
    expect(await collect(tapStream(counting(1, broken), recorder("a", [])))).toEqual([1]);
  });

  test("breaks off for the outer tap when the inner one passes the error on", async () => {
    const heard: string[] = [];
    const stream = tapStream(
      tapStream(counting(0, broken), recorder("inner", heard, passOn)),
      recorder("outer", heard),
    );
    expect(await collect(stream)).toEqual([]);
    expect(heard.slice(-2)).toEqual(["inner broke", "outer broke"]);
  });

  test("ends for the outer tap when the inner one keeps the error", async () => {
    const heard: string[] = [];
    await collect(tapStream(tapStream(counting(0, broken), recorder("inner", heard)), recorder("outer", heard)));
    expect(heard.slice(-2)).toEqual(["inner broke", "outer ended"]);
  });
});

test("a reader that gives up is heard of before the source is told", async () => {
  const heard: string[] = [];
  const source: AsyncIterator<number> = {
    next: () => Promise.resolve({ value: 1, done: false }),
    return: () => {
      heard.push("source told");
      return Promise.resolve({ value: undefined, done: true });
    },
  };
  for await (const value of tapStream(source, recorder("a", heard))) if (value === 1) break;
  expect(heard).toEqual(["a asked", "a 1", "a abandoned", "source told"]);
});

test("what was read before comes first", async () => {
  expect(await collect(tapStream(prepend([8, 9], counting(2)), recorder("a", [])))).toEqual([8, 9, 1, 2]);
});
