import { expect, test } from "vitest";
import { makeEndlessPdf, makePdf } from "@/lib/testing/make-documents";
import { type DocumentTask, readInWorker } from "./worker-pool";

const task = (bytes: Buffer): DocumentTask => ({
  kind: "pdf",
  bytes: new Uint8Array(bytes),
  maxPages: 10,
  maxChars: 1_000_000,
});

test("a document that never ends is given up, and others are read meanwhile and afterwards", {
  timeout: 90_000,
}, async () => {
  const endless = readInWorker(task(makeEndlessPdf()), { accountId: "a", timeoutMs: 3_000 });
  const other = readInWorker(task(makePdf(["other"])), { accountId: "b", timeoutMs: 60_000 });
  const behind = readInWorker(task(makePdf(["behind"])), { accountId: "a", timeoutMs: 60_000 });
  let isEndlessOver = false;
  void endless.then(() => {
    isEndlessOver = true;
  });
  expect(await other).toEqual({ texts: ["other"], pages: 1 });
  expect(await behind).toEqual({ texts: ["behind"], pages: 1 });
  expect(isEndlessOver, "an account has one document read at a time").toBe(true);
  expect(["too-slow", "too-large"]).toContain(Object.values(await endless)[0]);
});

test("this thread goes on while a document is read", async () => {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 10);
  await readInWorker(task(makeEndlessPdf()), { accountId: "a", timeoutMs: 3_000 });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(20);
});
