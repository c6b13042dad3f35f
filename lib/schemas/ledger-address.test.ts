import { expect, test } from "vitest";
import { readLedgerAddress, writeLedgerAddress } from "./ledger-address";

test.each([
  [{}, "/settings/credits"],
  [{ kind: "grant" }, "/settings/credits?kind=grant"],
  [{ to: "2026-11-21", from: "2026-11-01", after: "x" }, "/settings/credits?from=2026-11-01&to=2026-11-21&after=x"],
  [{ kind: "usage", entry: "12" }, "/settings/credits?kind=usage&entry=12"],
] as const)("%j is written %s, and read back", (address, written) => {
  expect(writeLedgerAddress(address)).toBe(written);
  const { searchParams } = new URL(written, "http://localhost");
  expect(readLedgerAddress(Object.fromEntries(searchParams))).toEqual(address);
});

test.each([
  { name: "a kind that does not exist", given: { kind: "gift" } },
  { name: "no day of the calendar", given: { from: "2026-02-30" } },
  { name: "an entry that is no number", given: { entry: "1;drop" } },
  { name: "an entry beyond 64 bits", given: { entry: "9999999999999999999" } },
  { name: "what nobody knows", given: { utm_source: "mail" } },
])("$name is left out", ({ given }) => expect(readLedgerAddress(given)).toEqual({}));
