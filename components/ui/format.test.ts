import { expect, test } from "vitest";
import { formatAgo } from "./format-ago";
import { formatBytes } from "./format-bytes";
import { formatCompact } from "./format-compact";
import { formatDuration } from "./format-duration";
import { formatUsd } from "./format-usd";

test.each([
  ["0", "$0"],
  ["0.000000001", "$0.000000001"],
  ["0.00012345", "$0.000123"],
  ["0.0123", "$0.0123"],
  ["0.5", "$0.50"],
  ["1.239", "$1.24"],
  ["1234.5", "$1,234.50"],
  ["-2", "−$2.00"],
])("%s USD reads %s", (amount, expected) => expect(formatUsd(amount)).toBe(expected));

test.each([
  [0, "0 ms"],
  [999.4, "999 ms"],
  [1_000, "1.0 s"],
  [999.6, "1.0 s"],
  [59_940, "59.9 s"],
  [59_990, "1 min 0 s"],
  [65_000, "1 min 5 s"],
])("%i ms read %s", (ms, expected) => expect(formatDuration(ms)).toBe(expected));

test.each([
  [999, "999"],
  [128_000, "128K"],
  [1_048_576, "1M"],
])("%i in short is %s", (count, expected) => expect(formatCompact(count)).toBe(expected));

const NOW_MS = Date.parse("2026-11-21T12:00:00Z");
test.each([
  [NOW_MS - 2_000, "now"],
  [NOW_MS - 42_000, "42 sec. ago"],
  [NOW_MS - 3 * 60_000, "3 min. ago"],
  [NOW_MS + 2 * 3_600_000, "in 2 hr."],
  [NOW_MS - 86_400_000, "yesterday"],
  [NOW_MS - 40 * 86_400_000, "40 days ago"],
])("%i from now is %s", (momentMs, expected) => expect(formatAgo(momentMs, NOW_MS)).toBe(expected));

test.each([
  [0, "0 KB"],
  [1, "1 KB"],
  [1_048_575, "1024 KB"],
  [1_048_576, "1.0 MB"],
  [3_565_158, "3.4 MB"],
  [2_147_483_648, "2.0 GB"],
])("%i bytes read %s", (bytes, expected) => expect(formatBytes(bytes)).toBe(expected));
