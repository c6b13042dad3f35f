import { describe, expect, test } from "vitest";
import { type CreditWait, CreditWaits } from "./credit-waits";

const LONG_MS = 60_000;

/** Which of the waits are over, by place. */
async function wokenOf(waits: readonly CreditWait[]): Promise<number[]> {
  const woken: number[] = [];
  for (const [place, { released }] of waits.entries()) {
    if (await Promise.race([released, Promise.resolve(false)])) woken.push(place);
  }
  return woken;
}

function begin(book: CreditWaits, wanted: readonly bigint[], accountId = "ada"): CreditWait[] {
  return wanted.map((amount) => book.begin(accountId, amount, LONG_MS));
}

describe("credit that comes free", () => {
  test.each([
    { freed: 10n, woken: [0] },
    { freed: 11n, woken: [0, 1] },
    { freed: 1n, woken: [0] },
    { freed: 0n, woken: [] },
    { freed: 1_000n, woken: [0, 1, 2] },
  ])("wakes those who came first, as far as $freed may reach: $woken", async ({ freed, woken }) => {
    const book = new CreditWaits();
    const waits = begin(book, [10n, 10n, 10n]);
    book.noteReleased("ada", freed);
    expect(await wokenOf(waits)).toEqual(woken);
    for (const wait of waits) wait.stop();
  });

  test("is of one account", async () => {
    const book = new CreditWaits();
    const waits = begin(book, [10n]);
    book.noteReleased("bob", 100n);
    expect(await wokenOf(waits)).toEqual([]);
    for (const wait of waits) wait.stop();
  });

  test("is the next one's when whoever was woken needs it no more", async () => {
    const book = new CreditWaits();
    const waits = begin(book, [10n, 10n, 10n]);
    book.noteReleased("ada", 5n);
    waits[0]?.stop();
    expect(await wokenOf(waits)).toEqual([0, 1]);
    for (const wait of waits.slice(1)) wait.stop();
  });

  test("is not for those who have left", async () => {
    const book = new CreditWaits();
    const waits = begin(book, [10n, 10n]);
    waits[0]?.stop();
    book.noteReleased("ada", 5n);
    expect(await wokenOf(waits)).toEqual([1]);
    expect(await waits[0]?.released).toBe(false);
    waits[1]?.stop();
  });
});

test("a wait is over when its time is", async () => {
  const book = new CreditWaits();
  const { released } = book.begin("ada", 10n, 5);
  expect(await released).toBe(false);
  // And nobody is woken for it.
  const waits = begin(book, [10n]);
  book.noteReleased("ada", 5n);
  expect(await wokenOf(waits)).toEqual([0]);
  for (const wait of waits) wait.stop();
});
