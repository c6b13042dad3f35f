import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type ActivityAddress,
  activityGroupSchema,
  activityRangeSchema,
  activityStatusSchema,
} from "@/lib/schemas/activity-filter";
import { addDays, countDays } from "./days";
import { readActivityAddress } from "./read-activity-address";
import { resolveActivityFilter } from "./resolve-activity-filter";
import { writeActivityAddress } from "./write-activity-address";

const NOW_MS = Date.parse("2026-11-21T23:59:59Z");
const KEY = "0a".repeat(32);

const text = fc.string({ minLength: 1, maxLength: 40 });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const period = fc.oneof(
  fc.record({ range: optional(fc.constantFrom(...activityRangeSchema.options)) }),
  fc
    .tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 365 }))
    .map(([start, days]) => ({ from: addDays("1990-01-01", start), to: addDays("1990-01-01", start + days) })),
);
const rest = fc.record({
  model: optional(text),
  provider: optional(text),
  key: optional(fc.constantFrom(KEY, "chatroom")),
  app: optional(text),
  status: optional(fc.constantFrom(...activityStatusSchema.options)),
  by: optional(fc.constantFrom(...activityGroupSchema.options)),
  after: optional(text),
  generation: optional(text),
});
const address: fc.Arbitrary<ActivityAddress> = fc
  .tuple(period, rest)
  .map(([first, second]) => JSON.parse(JSON.stringify({ ...first, ...second })));

test("an address that was written is read back to the same view", () => {
  fc.assert(
    fc.property(address, (wanted) => {
      const { searchParams } = new URL(writeActivityAddress(wanted), "http://localhost");
      expect(readActivityAddress(Object.fromEntries(searchParams))).toEqual(wanted);
    }),
  );
});

test.each([
  { name: "a status that does not exist", given: { status: "happy", model: "a/b" }, read: { model: "a/b" } },
  { name: "half a period", given: { from: "2026-11-01" }, read: {} },
  { name: "a period that ends before it starts", given: { from: "2026-11-02", to: "2026-11-01" }, read: {} },
  { name: "more than a year", given: { from: "2024-11-01", to: "2026-11-01" }, read: {} },
  { name: "no day of the calendar", given: { from: "2026-02-30", to: "2026-03-01" }, read: {} },
  {
    name: "days beside a named period",
    given: { from: "2026-11-01", to: "2026-11-02", range: "7d" },
    read: { range: "7d" },
  },
  { name: "what is given twice", given: { model: ["a/b", "c/d"] }, read: { model: "a/b" } },
  { name: "what nobody knows", given: { utm_source: "mail" }, read: {} },
  { name: "a key that is none", given: { key: "sk-or-v1-…" }, read: {} },
])("of $name only what can be understood is kept", ({ given, read }) => {
  expect(readActivityAddress(given)).toEqual(read);
});

test.each([
  [{}, "2026-10-23", "2026-11-21"],
  [{ range: "today" }, "2026-11-21", "2026-11-21"],
  [{ range: "7d" }, "2026-11-15", "2026-11-21"],
  [{ range: "12mo" }, "2025-11-22", "2026-11-21"],
  [{ from: "2026-01-01", to: "2026-01-31" }, "2026-01-01", "2026-01-31"],
] as const)("%j is from %s to %s", (given, from, to) => {
  expect(resolveActivityFilter(given, NOW_MS)).toEqual({ from, to });
});

test("a filter holds what narrows it, and nothing of the view", () => {
  const given = { range: "today", model: "a/b", by: "key", after: "x", generation: "gen-1" } as const;
  expect(resolveActivityFilter(given, NOW_MS)).toEqual({ from: "2026-11-21", to: "2026-11-21", model: "a/b" });
});

test("days are counted over the end of a month, a year, and summer time", () => {
  expect(countDays("2026-03-28", "2026-03-30")).toBe(3);
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2028-03-01", -1)).toBe("2028-02-29");
});
