import { describe, expect, test } from "vitest";
import { AffinityBook } from "./affinity-book";

const NOW = 1_700_000_000_000;
const HOUR = 60 * 60_000;

describe("what is noted", () => {
  test("is found by its own account only", () => {
    const book = new AffinityBook();
    expect(book.has("mine")).toBe(false);
    book.note("mine", "key", "model|endpoint", NOW, true);
    expect(book.has("mine")).toBe(true);
    expect(book.find("mine", "key", NOW)).toBe("model|endpoint");
    expect(book.find("theirs", "key", NOW)).toBeUndefined();
    expect(book.find("mine", "other", NOW)).toBeUndefined();
  });

  test("lives an hour after it was noted last", () => {
    const book = new AffinityBook();
    book.note("mine", "key", "model|endpoint", NOW, true);
    book.note("mine", "key", "model|endpoint", NOW + HOUR / 2, true);
    expect(book.find("mine", "key", NOW + 1.4 * HOUR)).toBe("model|endpoint");
    expect(book.find("mine", "key", NOW + 1.6 * HOUR)).toBeUndefined();
    expect(book.has("mine")).toBe(false);
  });

  test("is bounded for each account: the longest unused goes first", () => {
    const book = new AffinityBook();
    for (let number = 0; number < 2_000; number += 1) book.note("mine", `key ${number}`, "a|b", NOW, false);
    book.note("mine", "key 0", "a|b", NOW, false);
    book.note("mine", "one more", "a|b", NOW, false);
    expect(book.find("mine", "key 0", NOW)).toBe("a|b");
    expect(book.find("mine", "key 1", NOW)).toBeUndefined();
    expect(book.find("mine", "one more", NOW)).toBe("a|b");
  });

  test("is bounded over all accounts", () => {
    const book = new AffinityBook();
    for (let account = 0; account < 60; account += 1) {
      for (let number = 0; number < 1_000; number += 1)
        book.note(`account ${account}`, `key ${number}`, "a|b", NOW, false);
    }
    const kept = Array.from({ length: 60 }, (_, account) => account).filter((account) =>
      book.has(`account ${account}`),
    );
    expect(kept).toEqual(Array.from({ length: 50 }, (_, index) => index + 10));
  });
});

test("others are told what is new here, and nothing that they told", () => {
  const book = new AffinityBook();
  book.note("mine", "key", "a|b", NOW, true);
  book.note("mine", "key", "a|b", NOW + 1_000, true);
  book.note("mine", "heard", "a|b", NOW, false);
  expect(book.takeNews()).toEqual([{ accountId: "mine", key: "key", endpointId: "a|b" }]);
  book.note("mine", "key", "a|other", NOW + 2_000, true);
  expect(book.takeNews()).toEqual([{ accountId: "mine", key: "key", endpointId: "a|other" }]);
  expect(book.takeNews()).toEqual([]);
});
