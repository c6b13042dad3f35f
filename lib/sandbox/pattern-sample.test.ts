import { expect, test } from "vitest";
import { samplePattern } from "@/lib/sandbox/pattern-sample";

test.each([
  "^[A-Z]{3}-\\d{4}$",
  "^\\d{4}-\\d{2}-\\d{2}$",
  "^(?:red|green|blue)$",
  "^(?<year>\\d{4})/(0[1-9]|1[0-2])$",
  "^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$",
  "^\\+?[1-9]\\d{1,14}$",
  "^#[0-9a-fA-F]{6}$",
  "^[\\w.-]+$",
  "^https?://[^\\s/]+/.*$",
  "^\\$\\{[a-z]+\\}$",
  "^a{0}b?c*d+e{2,3}f{0,2}$",
  "^[^a-zA-Z]{2}$",
  "^[\\]\\-x]$",
  "^\\u0041\\x42$",
  "^.{5,}$",
  "^(?:[a-f]|[0-9])+?$",
  "^\\S+\\s\\S+$",
  "^(ab(cd|ef)){2}$",
  "abc",
  "",
])("the sample for /%s/ matches it", (pattern) => {
  expect(samplePattern(pattern)).toMatch(new RegExp(pattern));
});

test("unicode classes are met too", () => {
  expect(samplePattern("^\\p{Lu}\\p{L}+ \\p{Nd}$")).toMatch(/^\p{Lu}\p{L}+ \p{Nd}$/u);
});

test("a repetition that would not end is bounded", () => {
  expect(samplePattern("a{1000000}").length).toBeLessThan(1000);
});
