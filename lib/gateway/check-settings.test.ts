import { expect, test } from "vitest";
import { z } from "zod";
import { buildCatalog } from "@/lib/catalog/build-catalog";
import type { UpdateSettingsRequest } from "@/lib/schemas/account-settings";
import { makeModel } from "@/lib/testing/make-model";
import { checkSettings } from "./check-settings";

const MODEL = makeModel({ id: "acme/model", endpoints: [{ provider: "deepinfra", tag: "deepinfra/turbo" }] });
const { catalog } = buildCatalog({
  providers: MODEL.endpoints.map(({ provider }) => provider.fact),
  models: [MODEL.fact],
  endpoints: MODEL.endpoints.map(({ fact }) => fact),
  overrides: [],
  aliases: {},
  routerPools: {},
  rankings: {},
});
const PLUGINS = new Map([["web", { id: "web", config: z.looseObject({ max_results: z.int().optional() }) }]]);
const check = (request: UpdateSettingsRequest) => () => checkSettings(request, catalog, PLUGINS);

test.each<{ name: string; request: UpdateSettingsRequest }>([
  { name: "nothing", request: {} },
  { name: "defaults", request: { privacy: null, preferences: null, plugins: null } },
  { name: "a model", request: { preferences: { default_model: "acme/model" } } },
  { name: "a model with a dynamic variant", request: { preferences: { default_model: "acme/model:nitro" } } },
  { name: "a model by its bare name", request: { preferences: { default_model: "model" } } },
  { name: "no model", request: { preferences: { default_model: null } } },
  {
    name: "a provider's slug, its display name and an endpoint's tag",
    request: { preferences: { allowed_providers: ["deepinfra", "Deepinfra", "DeepInfra/Turbo"] } },
  },
  { name: "a plugin", request: { plugins: [{ id: "web" }] } },
])("$name is fine", ({ request }) => {
  expect(check(request)).not.toThrow();
});

test.each<{ field: string; request: UpdateSettingsRequest; problem: string }>([
  {
    field: "preferences.default_model",
    request: { preferences: { default_model: "acme/other" } },
    problem: "acme/other is not a valid model ID",
  },
  {
    field: "preferences.allowed_providers[1]",
    request: { preferences: { allowed_providers: ["deepinfra", "nobody"] } },
    problem: 'no provider is called "nobody"',
  },
  {
    field: "preferences.ignored_providers[0]",
    request: { preferences: { ignored_providers: ["deepinfra/slow"] } },
    problem: 'no provider is called "deepinfra/slow"',
  },
  {
    field: "plugins[1].id",
    request: { plugins: [{ id: "web" }, { id: "weather" }] },
    problem: 'unknown plugin "weather"; known plugins: web',
  },
  {
    field: "plugins[0].max_results",
    request: { plugins: [{ id: "web", max_results: "many" }] },
    problem: "must be a number",
  },
])("$field is named when it names nothing", ({ field, request, problem }) => {
  expect(check(request)).toThrow(
    expect.objectContaining({
      code: "invalid_request",
      metadata: { field },
      message: expect.stringContaining(problem),
    }),
  );
});
