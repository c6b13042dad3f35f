import { describe, expect, test } from "vitest";
import { buildCatalog } from "@/lib/catalog/build-catalog";
import { type AccountSettings, DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { UsablePreset } from "@/lib/schemas/preset";
import { makeModel } from "@/lib/testing/make-model";
import { resolveRequest } from "./resolve-request";

const MODELS = ["acme/one", "acme/two", "openrouter/auto"].map((id) =>
  makeModel({ id, endpoints: [{ provider: "acme" }] }),
);
const { catalog } = buildCatalog({
  providers: MODELS.slice(0, 1).flatMap(({ endpoints }) => endpoints.map(({ provider }) => provider.fact)),
  models: MODELS.map(({ fact }) => fact),
  endpoints: MODELS.flatMap(({ endpoints }) => endpoints.map(({ fact }) => fact)),
  overrides: [],
  aliases: {},
  routerPools: { "openrouter/auto": ["acme/two"] },
  rankings: {},
});

const PRESET: UsablePreset = {
  id: "preset-1",
  slug: "writer",
  version: 3,
  systemPrompt: "You write.",
  config: { model: "acme/one:floor", tools: [{ type: "function", function: { name: "f" } }] },
};

function resolve(fields: Partial<ChatRequest>, settings: Partial<AccountSettings> = {}, presets = [PRESET]) {
  return resolveRequest({ messages: [{ role: "user", content: "hi" }], ...fields }, catalog, {
    settings: { ...DEFAULT_ACCOUNT_SETTINGS, ...settings },
    presets: new Map(presets.map((preset) => [preset.slug, preset])),
  });
}

describe("a request that names no model", () => {
  test.each<{ name: string; defaultModel: string | null; requested: string; models: string[]; notices: string[] }>([
    {
      name: "goes to the router",
      defaultModel: null,
      requested: "openrouter/auto",
      models: ["acme/two"],
      notices: [],
    },
    {
      name: "goes to the account's default model",
      defaultModel: "acme/one:nitro",
      requested: "acme/one:nitro",
      models: ["acme/one"],
      notices: [],
    },
    {
      name: "goes to the router when the default model has left the catalog",
      defaultModel: "acme/gone",
      requested: "acme/gone",
      models: ["acme/two"],
      notices: ["acme/gone is not a valid model ID and was skipped"],
    },
  ])("$name", ({ defaultModel, requested, models, notices }) => {
    const resolved = resolve({}, { defaultModel }, []);
    expect(resolved).toMatchObject({ requestedModel: requested, notices });
    expect(resolved.models.map(({ id }) => id)).toEqual(models);
  });

  test("goes to its preset's", () => {
    const resolved = resolve({ preset: "writer" }, { defaultModel: "acme/two" });
    expect(resolved.models.map(({ id }) => id)).toEqual(["acme/one"]);
    expect(resolved.requestedModel).toBe("acme/one:floor");
    expect([...resolved.variantSorts]).toEqual([["acme/one", "price"]]);
  });
});

test("what was asked for is kept, presets and all", () => {
  expect(resolve({ model: "acme/two@preset/writer" }, {})).toMatchObject({
    requestedModel: "acme/two@preset/writer",
    models: [{ id: "acme/two" }],
    presets: [{ id: "preset-1", version: 3 }],
  });
});

test("fields go together when a preset has the other half, and not without it", () => {
  expect(resolve({ model: "@preset/writer", tool_choice: "required" }).request.tools).toEqual(PRESET.config.tools);
  expect(() => resolve({ model: "acme/one", tool_choice: "required" }, {}, [])).toThrow(
    expect.objectContaining({ metadata: { field: "tool_choice" } }),
  );
});

test("the account's settings reach the preferences", () => {
  expect(
    resolve({ model: "acme/one" }, { zeroDataRetention: true, ignoredProviders: ["Acme"] }).preferences,
  ).toMatchObject({
    accountZeroDataRetention: true,
    accountIgnore: ["acme"],
  });
});
