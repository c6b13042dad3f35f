import { expect, test } from "vitest";
import { profileOf } from "@/lib/sandbox/profile-of";

const SLUGS = [
  "openai",
  "anthropic",
  "google-ai-studio",
  "deepinfra",
  "together",
  "fireworks",
  "groq",
  "cerebras",
  "x",
];

test.each(SLUGS)("%s is as fast as a provider can be, and always equally fast", (slug) => {
  const profile = profileOf(slug);
  expect(profile.firstTokenMs).toBeGreaterThanOrEqual(40);
  expect(profile.firstTokenMs).toBeLessThanOrEqual(400);
  expect(profile.tokensPerSecond).toBeGreaterThanOrEqual(60);
  expect(profile.tokensPerSecond).toBeLessThanOrEqual(300);
  expect(profileOf(slug)).toEqual(profile);
});

test("providers differ", () => {
  expect(new Set(SLUGS.map((slug) => JSON.stringify(profileOf(slug)))).size).toBe(SLUGS.length);
});

test("reasoning is named as the provider names it", () => {
  expect(profileOf("groq").reasoningField).toBe("reasoning");
  expect(profileOf("deepseek").reasoningField).toBe("reasoning_content");
});
