import { beforeEach, expect, test } from "vitest";
import { forgetProcessState } from "@/lib/process-state";
import { findParsed, keepParsed } from "./parsed-cache";

const KEY = { accountId: "a", engine: "text", hash: "h" };
const parsed = (chars: number) => ({ hash: "h", parts: [{ type: "text" as const, text: "x".repeat(chars) }] });

beforeEach(() => forgetProcessState("parsed-files"));

test("what was read is found again by the same account and engine, and by nobody else", () => {
  const file = parsed(3);
  keepParsed(KEY, file, 0);
  expect(findParsed(KEY, 1_000)).toBe(file);
  expect(findParsed({ ...KEY, accountId: "b" }, 1_000)).toBeUndefined();
  expect(findParsed({ ...KEY, engine: "ocr" }, 1_000)).toBeUndefined();
  expect(findParsed({ ...KEY, hash: "i" }, 1_000)).toBeUndefined();
});

test("it is forgotten after an hour", () => {
  keepParsed(KEY, parsed(3), 0);
  expect(findParsed(KEY, 60 * 60 * 1_000)).toBeUndefined();
});

test("when it is full, what was not asked for the longest goes first", () => {
  const size = 15 * 1024 * 1024;
  for (const hash of ["1", "2", "3", "4"]) keepParsed({ ...KEY, hash }, parsed(size), 0);
  findParsed({ ...KEY, hash: "1" }, 1);
  keepParsed({ ...KEY, hash: "5" }, parsed(size), 1);
  expect(["1", "2", "3", "4", "5"].filter((hash) => findParsed({ ...KEY, hash }, 2) !== undefined)).toEqual([
    "1",
    "3",
    "4",
    "5",
  ]);
});
