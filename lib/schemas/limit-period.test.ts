import { expect, test } from "vitest";
import { nextResetOf } from "./limit-period";

// 21 November 2026 is a Saturday.
test.each([
  ["daily", "2026-11-21T00:00:00Z", "2026-11-22"],
  ["daily", "2026-12-31T23:59:59Z", "2027-01-01"],
  ["weekly", "2026-11-21T12:00:00Z", "2026-11-23"],
  ["weekly", "2026-11-22T23:59:59Z", "2026-11-23"],
  ["weekly", "2026-11-23T00:00:00Z", "2026-11-30"],
  ["monthly", "2026-11-21T12:00:00Z", "2026-12-01"],
  ["monthly", "2026-12-01T00:00:00Z", "2027-01-01"],
] as const)("a %s limit after %s starts anew on %s", (reset, now, day) => {
  expect(nextResetOf(reset, Date.parse(now)).toISOString()).toBe(`${day}T00:00:00.000Z`);
});
