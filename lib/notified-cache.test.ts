import { beforeEach, expect, test, vi } from "vitest";
import { AppError } from "./errors";
import { NotifiedCache, watchNotifications } from "./notified-cache";

let areArriving = true;

beforeEach(() => {
  areArriving = true;
  watchNotifications(() => areArriving);
});

const reader = (values: Record<string, string>) => vi.fn(async (key: string) => values[key] ?? null);

test("a value is read once and remembered for a minute, an absence for five seconds", async () => {
  const cache = new NotifiedCache<string>(10);
  const read = reader({ a: "A" });
  const timesRead = async (key: string, nowMs: number) => {
    await cache.find(key, nowMs, read);
    return read.mock.calls.filter(([asked]) => asked === key).length;
  };
  expect([await timesRead("a", 0), await timesRead("a", 59_999), await timesRead("a", 60_000)]).toEqual([1, 1, 2]);
  expect([await timesRead("b", 0), await timesRead("b", 4_999), await timesRead("b", 5_000)]).toEqual([1, 1, 2]);
});

test("many who wait for the same value share one query", async () => {
  const cache = new NotifiedCache<string>(10);
  const read = reader({ a: "A" });
  expect(await Promise.all(Array.from({ length: 5 }, () => cache.find("a", 0, read)))).toEqual(Array(5).fill("A"));
  expect(read).toHaveBeenCalledTimes(1);
});

test("nothing is trusted while notifications do not arrive", async () => {
  const cache = new NotifiedCache<string>(10);
  const read = reader({ a: "A" });
  await cache.find("a", 0, read);
  areArriving = false;
  await cache.find("a", 0, read);
  expect(read).toHaveBeenCalledTimes(2);
});

test.each<{ name: string; forget: (cache: NotifiedCache<string>) => void; reads: number }>([
  { name: "its own", forget: (cache) => cache.forget("a"), reads: 2 },
  { name: "another", forget: (cache) => cache.forget("b"), reads: 1 },
  { name: "those of which it is one", forget: (cache) => cache.forgetWhere((value) => value === "A"), reads: 2 },
  { name: "those of which it is none", forget: (cache) => cache.forgetWhere((value) => value === "B"), reads: 1 },
  { name: "all", forget: (cache) => cache.forgetWhere(), reads: 2 },
])("forgetting $name reads a known value $reads times", async ({ forget, reads }) => {
  const cache = new NotifiedCache<string>(10);
  const read = reader({ a: "A" });
  await cache.find("a", 0, read);
  forget(cache);
  await cache.find("a", 0, read);
  expect(read).toHaveBeenCalledTimes(reads);
});

test.each<{ name: string; forget: (cache: NotifiedCache<string>) => void }>([
  { name: "one", forget: (cache) => cache.forget("a") },
  { name: "some", forget: (cache) => cache.forgetWhere(() => false) },
])("what is being read while $name is forgotten is not remembered", async ({ forget }) => {
  const cache = new NotifiedCache<string>(10);
  let resolve: (value: string) => void = () => undefined;
  const reading = cache.find("a", 0, () => new Promise((settle) => (resolve = settle)));
  forget(cache);
  const read = reader({ a: "new" });
  expect(await cache.find("a", 0, read)).toBe("new");
  resolve("old");
  expect(await reading).toBe("old");
  expect(await cache.find("a", 0, read)).not.toBe("old");
});

test("the oldest go when there are too many", async () => {
  const cache = new NotifiedCache<string>(2);
  const read = reader({ a: "A", b: "B", c: "C" });
  for (const key of ["a", "b", "c", "b", "c"]) await cache.find(key, 0, read);
  expect(read).toHaveBeenCalledTimes(3);
  await cache.find("a", 0, read);
  expect(read).toHaveBeenCalledTimes(4);
});

test("a failed query is an outage and no absence, and is not remembered", async () => {
  const cache = new NotifiedCache<string>(10);
  const failing = () => Promise.reject(new Error("connection refused"));
  await expect(cache.find("a", 0, failing)).rejects.toSatisfy(
    (error) => error instanceof AppError && error.code === "unavailable",
  );
  expect(await cache.find("a", 0, reader({ a: "A" }))).toBe("A");
});
