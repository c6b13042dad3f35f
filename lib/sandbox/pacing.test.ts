import { createServer } from "node:http";
import { expect, test } from "vitest";
import { createPatience, paceOf, wholeAnswerMs } from "@/lib/sandbox/pacing";
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

test("every kind of wait ends when the client goes", async () => {
  const ends: Promise<unknown>[] = [];
  let arrived: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const server = createServer((_request, response) => {
    const patience = createPatience(response);
    ends.push(patience.wait(60_000).then((isOpen) => ({ isOpen, after: patience.isOpen() })));
    arrived();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const hangUp = new AbortController();
  const port = typeof address === "object" ? address?.port : 0;
  const pending = fetch(`http://127.0.0.1:${port}`, { signal: hangUp.signal });
  await begun;
  hangUp.abort();
  await expect(pending).rejects.toThrow();
  await expect(Promise.all(ends)).resolves.toEqual([{ isOpen: false, after: false }]);
  await new Promise((resolve) => server.close(resolve));
});
