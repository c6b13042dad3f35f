import fc from "fast-check";
import { expect, test } from "vitest";
import { ceilToNano } from "@/lib/money";
import { byokFee, usualCostOfFee } from "./byok-fee";

const NANO = 10n ** 15n;

test.each([
  { name: "nothing of nothing", usual: 0n, fee: 0n },
  { name: "a twentieth", usual: 20n * NANO, fee: 1n },
  { name: "rounded up, once", usual: 21n * NANO, fee: 2n },
  { name: "of the smallest amount there is", usual: 1n, fee: 1n },
  { name: "of 12.345678901 USD", usual: 12_345_678_901n * NANO, fee: 617_283_946n },
])("$name", ({ usual, fee }) => expect(byokFee(usual)).toBe(fee));

test("is never less than 5 %, nor a nano-dollar more", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (usual) => {
      const fee = byokFee(usual);
      expect(fee * NANO * 100n >= usual * 5n).toBe(true);
      expect((fee - 1n) * NANO * 100n < usual * 5n).toBe(true);
      expect(usualCostOfFee(fee) >= ceilToNano(usual) || fee === 0n).toBe(true);
    }),
  );
});
