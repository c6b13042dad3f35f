import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseUnitPrice, unitPriceString } from "@/lib/money";
import { explainCharge } from "./explain-charge";

const LINES = [
  ["prompt", 1_204, parseUnitPrice("0.00000015").toString()],
  ["completion", 87, parseUnitPrice("0.0000006").toString()],
  ["request", 1, parseUnitPrice("0.0000000001").toString()],
];
/** 0.0001806 + 0.0000522 + 0.0000000001 */
const ROUNDED = 232_801n;

describe("a charge", () => {
  test("is told line by line, and rounded once, up", () => {
    const charge = explainCharge({
      amountNanoUsd: -ROUNDED,
      state: "exact",
      computation: { endpoint: "openai/gpt-4o-mini|openai", rounding: "…", lines: LINES },
    });
    expect(charge).toEqual({
      state: "exact",
      endpoint: "openai/gpt-4o-mini|openai",
      lines: [
        { class: "prompt", quantity: 1_204, unitUsd: "0.00000015", perMillionUsd: "0.15", costUsd: "0.0001806" },
        { class: "completion", quantity: 87, unitUsd: "0.0000006", perMillionUsd: "0.6", costUsd: "0.0000522" },
        { class: "request", quantity: 1, unitUsd: "0.0000000001", perMillionUsd: null, costUsd: "0.0000000001" },
      ],
      fee: null,
      exactUsd: "0.0002328001",
      roundedUsd: "0.000232801",
      waivedUsd: "0",
      otherUsd: "0",
      chargedUsd: "0.000232801",
    });
  });

  test("for a key of the account's own holds what we bought ourselves whole, the fee waived or not", () => {
    const lines = [...LINES, ["web_result", 2, parseUnitPrice("0.004").toString()]];
    const computation = { lines, feePercent: 5 };
    expect(explainCharge({ amountNanoUsd: -8_011_641n, state: "exact", computation })).toMatchObject({
      fee: { usualUsd: "0.0002328001" },
      exactUsd: "0.008011640005",
      waivedUsd: "0",
      otherUsd: "0",
      chargedUsd: "0.008011641",
    });
    const waived = { amountNanoUsd: -8_000_000n, state: "exact", computation: { ...computation, waived: true } };
    expect(explainCharge(waived)).toMatchObject({ waivedUsd: "0.000011641", otherUsd: "0", chargedUsd: "0.008" });
  });

  test("for a key of the account's own is told as its part of the usual price", () => {
    const computation = { lines: LINES, feePercent: 5 };
    const fee = { percent: 5, usualUsd: "0.0002328001", waivedAs: null };
    const shown = { exactUsd: "0.000011640005", roundedUsd: "0.000011641", otherUsd: "0" };
    expect(explainCharge({ amountNanoUsd: -11_641n, state: "exact", computation })).toMatchObject({
      ...shown,
      fee,
      waivedUsd: "0",
      chargedUsd: "0.000011641",
    });
    expect(
      explainCharge({ amountNanoUsd: 0n, state: "exact", computation: { ...computation, waived: true } }),
    ).toMatchObject({ ...shown, fee: { ...fee, waivedAs: "first" }, waivedUsd: "0.000011641", chargedUsd: "0" });
    const promised = { ...computation, waived: true, promised: true };
    expect(explainCharge({ amountNanoUsd: 0n, state: "exact", computation: promised })).toMatchObject({
      fee: { ...fee, waivedAs: "promised" },
      waivedUsd: "0.000011641",
      otherUsd: "0",
    });
  });

  test("for what was bought is whole, whoever pays the provider", () => {
    const lines = [...LINES, ["ocr_page", 3, parseUnitPrice("0.002").toString()]];
    const charge = explainCharge({ amountNanoUsd: -6_011_641n, state: "exact", computation: { lines, feePercent: 5 } });
    expect(charge).toMatchObject({
      exactUsd: "0.006011640005",
      roundedUsd: "0.006011641",
      otherUsd: "0",
      fee: { usualUsd: "0.0002328001" },
    });
    expect(charge?.lines.at(-1)).toMatchObject({ class: "ocr_page", perMillionUsd: null, costUsd: "0.006" });
  });

  test.each([
    { state: "insured", amount: 0n, shown: { waivedUsd: "0.000232801", otherUsd: "0", chargedUsd: "0" } },
    { state: "aborted", amount: -ROUNDED, shown: { waivedUsd: "0", otherUsd: "0", chargedUsd: "0.000232801" } },
    { state: "estimated", amount: -230_000n, shown: { otherUsd: "-0.000002801", chargedUsd: "0.00023" } },
    { state: "exact", amount: -232_901n, shown: { otherUsd: "0.0000001", chargedUsd: "0.000232901" } },
  ])("$state of $amount nano-dollars adds up", ({ state, amount, shown }) => {
    const charge = explainCharge({ amountNanoUsd: amount, state, computation: { lines: LINES } });
    expect(charge).toMatchObject({ ...shown, endpoint: null });
  });

  test.each([null, undefined, {}, { lines: [["prompt", 1]] }, { lines: [["prompt", 1, "-1"]] }])(
    "that does not say what it was computed from (%j) is not explained",
    (computation) => expect(explainCharge({ amountNanoUsd: -1n, state: "exact", computation })).toBeNull(),
  );
});

test("whatever the lines, rounded is the sum of their costs and less than a nano-dollar more", () => {
  const line = fc.tuple(
    fc.constantFrom("prompt", "completion", "request"),
    fc.nat(2_000_000),
    fc.bigInt(0n, 10n ** 20n),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const computation = { lines: lines.map(([name, quantity, price]) => [name, quantity, price.toString()]) };
      const charge = explainCharge({ amountNanoUsd: 0n, state: "insured", computation });
      const sum = (charge?.lines ?? []).reduce((total, { costUsd }) => total + parseUnitPrice(costUsd), 0n);
      expect(charge?.exactUsd).toBe(unitPriceString(sum));
      const excess = parseUnitPrice(charge?.roundedUsd ?? "") - sum;
      expect(excess >= 0n && excess < 10n ** 15n).toBe(true);
    }),
  );
});
