import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ceilToNano, parseUnitPrice, parseUsd, unitPriceNumber, usdNumber, usdString } from "./money";

describe("parseUnitPrice", () => {
  test.each([
    { text: "0", expected: 0n },
    { text: "0.00000015", expected: 150_000_000_000_000_000n },
    { text: "2", expected: 2n * 10n ** 24n },
    { text: "0.00000008333333333333334", expected: 83_333_333_333_333_340n },
    { text: "-1", expected: -(10n ** 24n) },
  ])("reads $text exactly", ({ text, expected }) => expect(parseUnitPrice(text)).toBe(expected));

  test.each(["", "1e-7", "1,5", "0x1", "1.", ".5", "NaN"])("refuses %j", (text) => {
    expect(() => parseUnitPrice(text)).toThrow("not a decimal amount");
  });

  test("refuses digits that it cannot keep", () => {
    expect(() => parseUnitPrice("0.0000000000000000000000001")).toThrow("more than 24 decimals");
  });
});

describe("parseUsd", () => {
  test.each([
    { amount: "1.5", expected: 1_500_000_000n },
    { amount: 0.1, expected: 100_000_000n },
    { amount: 1e-7, expected: 100n },
    { amount: "0.000000001", expected: 1n },
  ])("reads $amount as nano-dollars", ({ amount, expected }) => expect(parseUsd(amount)).toBe(expected));

  test("refuses what is finer than a nano-dollar", () => {
    expect(() => parseUsd("0.0000000001")).toThrow("more than 9 decimals");
  });
});

describe("ceilToNano", () => {
  test.each([
    { name: "nothing is nothing", amount: 0n, expected: 0n },
    { name: "a whole nano-dollar stays", amount: 10n ** 15n, expected: 1n },
    { name: "a fraction counts as a whole one", amount: 10n ** 15n + 1n, expected: 2n },
    { name: "the smallest amount costs one", amount: 1n, expected: 1n },
  ])("$name", ({ amount, expected }) => expect(ceilToNano(amount)).toBe(expected));

  test("never undercharges, and never by more than a nano-dollar over", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (amount) => {
        const excess = ceilToNano(amount) * 10n ** 15n - amount;
        return excess >= 0n && excess < 10n ** 15n;
      }),
    );
  });
});

describe("usdString", () => {
  test.each([
    { amount: 0n, expected: "0" },
    { amount: 7_350n, expected: "0.00000735" },
    { amount: 1_500_000_000n, expected: "1.5" },
    { amount: -1n, expected: "-0.000000001" },
  ])("writes $amount as $expected", ({ amount, expected }) => expect(usdString(amount)).toBe(expected));

  test("is read back as the same amount", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
        (amount) => parseUsd(usdString(amount)) === amount,
      ),
    );
  });
});

test("JSON numbers are the decimals that people expect", () => {
  expect(JSON.stringify({ cost: usdNumber(7_350n), part: unitPriceNumber(parseUnitPrice("0.0000006") * 10n) })).toBe(
    '{"cost":0.00000735,"part":0.000006}',
  );
});
