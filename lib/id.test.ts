import { expect, test } from "vitest";
import { hashOf, labelOf, newApiKey, newGenerationId, randomText } from "./id";

test("random text has the length asked for, of letters and digits, over many refills of its pool", () => {
  const texts = Array.from({ length: 2_000 }, () => randomText(20));
  expect(texts.every((text) => /^[A-Za-z0-9]{20}$/.test(text))).toBe(true);
  expect(new Set(texts).size).toBe(texts.length);
});

test("a generation's id starts with its second", () => {
  expect(newGenerationId(1_779_358_422_999)).toMatch(/^gen-1779358422-[A-Za-z0-9]{20}$/);
});

test("a key has 256 random bits, and its label tells neither", () => {
  const key = newApiKey();
  expect(key).toMatch(/^sk-or-v1-[0-9a-f]{64}$/);
  expect(labelOf(key)).toMatch(/^sk-or-v1-[0-9a-f]{3}\.\.\.[0-9a-f]{3}$/);
  expect(hashOf(key)).toMatch(/^[0-9a-f]{64}$/);
});
