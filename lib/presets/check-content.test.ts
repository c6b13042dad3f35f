import { expect, test } from "vitest";
import type { PresetConfig } from "@/lib/schemas/preset";
import { checkContent } from "./check-content";

test.each<{ field: string; prefix: "" | "config."; config: PresetConfig; systemPrompt?: string }>([
  { field: "model", prefix: "", config: { model: "@preset/other" } },
  { field: "config.model", prefix: "config.", config: { model: "openai/gpt-4o@preset/other" } },
  { field: "config.models[1]", prefix: "config.", config: { models: ["a/b", "@preset/other"] } },
  { field: "config", prefix: "config.", config: { stop: "x".repeat(262_144) } },
  { field: "body", prefix: "", config: {}, systemPrompt: "x".repeat(262_144) },
])("$field is refused", ({ field, prefix, config, systemPrompt = null }) => {
  expect(() => checkContent({ systemPrompt, config }, prefix)).toThrow(
    expect.objectContaining({ code: "invalid_request", metadata: { field } }),
  );
});

test("models, long prompts and nothing at all are fine", () => {
  const config = { model: "openai/gpt-4o", models: ["a/b:free"] };
  expect(() => checkContent({ systemPrompt: "x".repeat(200_000), config }, "")).not.toThrow();
  expect(() => checkContent({ systemPrompt: null, config: {} }, "")).not.toThrow();
});
