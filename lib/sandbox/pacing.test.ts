import { expect, test } from "vitest";
import { paceOf, wholeAnswerMs } from "@/lib/sandbox/pacing";
import { profileOf } from "@/lib/sandbox/profile-of";

test("a pace is the provider's profile within 30 % either way", () => {
  const { firstTokenMs, tokensPerSecond } = profileOf("deepinfra");
  const slow = paceOf("deepinfra", "believable", () => 1);
  const fast = paceOf("deepinfra", "believable", () => 0);
  expect(slow.firstTokenMs).toBeCloseTo(firstTokenMs * 1.3);
  expect(fast.firstTokenMs).toBeCloseTo(firstTokenMs * 0.7);
  expect(slow.tokenMs).toBeCloseTo((1000 / tokensPerSecond) * 1.3);
  expect(fast.tokenMs).toBeCloseTo((1000 / tokensPerSecond) * 0.7);
});

test("instant waits for nothing", () => {
  expect(paceOf("deepinfra", "instant", () => 1)).toEqual({ firstTokenMs: 0, tokenMs: 0 });
});

test("a whole answer takes the time of its tokens, but at most three seconds", () => {
  const pace = { firstTokenMs: 100, tokenMs: 5 };
  expect(wholeAnswerMs(pace, 80)).toBe(500);
  expect(wholeAnswerMs(pace, 80_000)).toBe(3000);
});
