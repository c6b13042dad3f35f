import { expect, test } from "vitest";
import { changeOf } from "./change-of";
import { pointNamesOf } from "./point-names";

const usd = (value: number) => `$${value}`;

test.each([
  [108, 100, "+8 % against the 30 days before ($100)"],
  [88, 100, "−12 % against the 30 days before ($100)"],
  [0, 100, "−100 % against the 30 days before ($100)"],
  [100.2, 100, "±0 % against the 30 days before ($100)"],
  [5_000, 100, "50 times as much as the 30 days before ($100)"],
  [5, 0, "Nothing in the 30 days before"],
  [0, 0, "As in the 30 days before"],
])("%d after %d: %s", (now, before, text) => expect(changeOf(now, before, "30 days", usd)).toBe(text));

test.each([
  ["2026-11-21T09", "hour", "09:00 to 09:59 UTC", "09"],
  ["2026-11-01", "day", "1 Nov 2026", "1"],
  ["2026-11-16", "week", "Week of 16 Nov 2026", "16 Nov"],
] as const)("%s is called %s", (point, bucket, label, tick) => {
  expect(pointNamesOf(point, bucket)).toEqual({ label, tick });
});
