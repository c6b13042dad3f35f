import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import { type PresetConfig, presetConfigSchema, type UsablePreset } from "@/lib/schemas/preset";
import { mergePresets } from "./merge-presets";

const USER = { role: "user", content: "hi" } as const;
const SYSTEM = { role: "system", content: "Be brief." } as const;

const preset = (slug: string, config: PresetConfig, systemPrompt: string | null = null): [string, UsablePreset] => [
  slug,
  { id: `id of ${slug}`, slug, version: 1, systemPrompt, config },
];

const PRESETS = new Map([
  preset("writer", { model: "acme/writer", temperature: 0.2, provider: { only: ["azure"], zdr: true } }, "You write."),
  preset("list", { models: ["acme/one", "acme/two"], max_tokens: 100, top_p: 0.5 }, "You list."),
  preset("both", { model: "acme/first", models: ["acme/second"] }),
  preset("bare", { reasoning: { effort: "high" } }),
  preset("tools", { tools: [{ type: "function", function: { name: "f" } }], tool_choice: "required" }),
]);

function merged(fields: Partial<ChatRequest>): ChatRequest {
  return mergePresets({ messages: [USER], ...fields }, PRESETS);
}

/** What is tried, in order. */
function modelsOf(fields: Partial<ChatRequest>): string[] {
  const { model, models } = merged(fields);
  return [model, ...(models ?? [])].filter((text) => text !== null && text !== undefined);
}

test("a request without a preset is left as it is", () => {
  const request: ChatRequest = { messages: [USER], model: "acme/x", temperature: null };
  expect(mergePresets(request, PRESETS)).toBe(request);
});

describe("three forms, equal in effect", () => {
  const expected = {
    model: "acme/writer",
    temperature: 0.2,
    provider: { only: ["azure"], zdr: true },
    messages: [{ role: "system", content: "You write." }, USER],
  };

  test.each<{ form: string; fields: Partial<ChatRequest>; model: string }>([
    { form: "in place of a model", fields: { model: "@preset/writer" }, model: "acme/writer" },
    { form: "a field of its own", fields: { preset: "writer" }, model: "acme/writer" },
    { form: "a field beside a model", fields: { preset: "writer", model: "acme/x" }, model: "acme/x" },
    { form: "behind a model", fields: { model: "acme/x:nitro@preset/writer" }, model: "acme/x:nitro" },
    { form: "twice", fields: { model: "acme/x@preset/writer", preset: "writer" }, model: "acme/x" },
    { form: "in a list of models", fields: { models: ["@preset/writer"] }, model: "acme/writer" },
    { form: "behind a model of a list", fields: { models: ["acme/x@preset/writer"] }, model: "acme/x" },
  ])("$form", ({ fields, model }) => {
    const { model: first, models, ...rest } = merged(fields);
    const { model: _, ...others } = expected;
    expect(rest).toEqual(others);
    expect([first, ...(models ?? [])].filter((text) => text != null)).toEqual([model]);
  });
});

describe("the request wins, field by field at the top level", () => {
  test.each<{ name: string; fields: Partial<ChatRequest>; expected: Partial<ChatRequest> }>([
    {
      name: "a number",
      fields: { preset: "writer", temperature: 0 },
      expected: { temperature: 0, provider: { only: ["azure"], zdr: true } },
    },
    {
      name: "an object replaces the whole object",
      fields: { preset: "writer", provider: { sort: "price" } },
      expected: { provider: { sort: "price" }, temperature: 0.2 },
    },
    { name: "an empty object too", fields: { preset: "writer", provider: {} }, expected: { provider: {} } },
    { name: "null says nothing", fields: { preset: "writer", temperature: null }, expected: { temperature: 0.2 } },
    { name: "an empty list is a value", fields: { preset: "tools", tools: [] }, expected: { tools: [] } },
    {
      name: "the other name of the output limit",
      fields: { preset: "list", max_completion_tokens: 7 },
      expected: { max_completion_tokens: 7, top_p: 0.5 },
    },
    {
      name: "the other name of the reasoning effort",
      fields: { preset: "bare", reasoning_effort: "low" },
      expected: { reasoning_effort: "low" },
    },
    { name: "fields that we do not know", fields: { preset: "bare", brand_new: 1 }, expected: { brand_new: 1 } },
  ])("$name", ({ fields, expected }) => {
    expect(merged(fields)).toMatchObject(expected);
  });

  test("no second word for what the request has said, and no preset to hand on", () => {
    expect(merged({ preset: "list", max_completion_tokens: 7 })).not.toHaveProperty("max_tokens");
    expect(merged({ preset: "bare", reasoning_effort: "low" })).not.toHaveProperty("reasoning");
    expect(merged({ preset: "bare" })).not.toHaveProperty("preset");
  });
});

test("the preset's system prompt goes first, one of the request follows it", () => {
  expect(merged({ preset: "writer", messages: [SYSTEM, USER] }).messages).toEqual([
    { role: "system", content: "You write." },
    SYSTEM,
    USER,
  ]);
  expect(merged({ preset: "bare", messages: [SYSTEM, USER] }).messages).toEqual([SYSTEM, USER]);
});

describe("which models are tried", () => {
  test.each<{ name: string; fields: Partial<ChatRequest>; models: string[] }>([
    { name: "a preset's model", fields: { model: "@preset/writer" }, models: ["acme/writer"] },
    { name: "a preset's list", fields: { model: "@preset/list" }, models: ["acme/one", "acme/two"] },
    { name: "both", fields: { preset: "both" }, models: ["acme/first", "acme/second"] },
    { name: "neither", fields: { model: "@preset/bare" }, models: [] },
    {
      name: "the request's model before the preset's fallbacks",
      fields: { model: "acme/x", preset: "both" },
      models: ["acme/x", "acme/second"],
    },
    {
      name: "the request's fallbacks instead of the preset's",
      fields: { model: "@preset/both", models: ["acme/x"] },
      models: ["acme/first", "acme/x"],
    },
    {
      name: "a preset with a list as the first of a request's models",
      fields: { model: "@preset/list", models: ["acme/x"] },
      models: ["acme/one", "acme/two", "acme/x"],
    },
    {
      name: "presets in their places in a list",
      fields: { models: ["acme/x", "@preset/both", "acme/y@preset/writer", "@preset/bare"] },
      models: ["acme/x", "acme/first", "acme/second", "acme/y"],
    },
    {
      name: "a preset in a list adds no model of its own elsewhere",
      fields: { model: "acme/x", models: ["@preset/writer"] },
      models: ["acme/x", "acme/writer"],
    },
  ])("$name", ({ fields, models }) => {
    expect(modelsOf(fields)).toEqual(models);
  });
});

test("of several presets the one in `preset` counts most, then the model's, then those of the list", () => {
  const fields = { preset: "bare", model: "acme/x@preset/list", models: ["@preset/writer"] };
  expect(merged(fields)).toMatchObject({
    reasoning: { effort: "high" },
    max_tokens: 100,
    temperature: 0.2,
    messages: [{ role: "system", content: "You list." }, USER],
  });
});

test("whatever a request says is still there", () => {
  const fields = fc.record(
    {
      temperature: fc.float({ min: 0, max: 2, noNaN: true }),
      top_p: fc.float({ min: 0, max: 1, noNaN: true }),
      max_tokens: fc.integer({ min: 1, max: 100 }),
      seed: fc.integer(),
      stop: fc.string(),
      provider: fc.record({ zdr: fc.boolean() }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fields, fc.constantFrom(...PRESETS.keys()), (own, slug) => {
      const result = merged({ ...own, preset: slug });
      expect(result).toMatchObject(own);
      // And nothing comes from anywhere else but the preset.
      const known = new Set([...Object.keys(own), ...Object.keys(PRESETS.get(slug)?.config ?? {}), "messages"]);
      expect(Object.keys(result).filter((name) => !known.has(name))).toEqual([]);
      expect(presetConfigSchema.safeParse(result).success).toBe(true);
    }),
  );
});
