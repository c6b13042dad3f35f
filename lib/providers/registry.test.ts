import { expect, test } from "vitest";
import { protocolSchema } from "@/lib/schemas/catalog";
import { findAdapter } from "./registry";

test.each(["openai-compatible", "anthropic", "gemini"] as const)("%s has an adapter that speaks it", (protocol) => {
  expect(findAdapter(protocol)?.protocol).toBe(protocol);
});

test("a protocol without an adapter is not spoken by another one", () => {
  for (const protocol of protocolSchema.options) expect(findAdapter(protocol)?.protocol ?? protocol).toBe(protocol);
  expect(findAdapter("bedrock")).toBeUndefined();
});
