import { expect, test } from "vitest";
import { DEFAULT_ACCOUNT_SETTINGS, type UpdateSettingsRequest } from "@/lib/schemas/account-settings";
import { settingsPatchOf } from "./settings-patch";

test.each<{ name: string; request: UpdateSettingsRequest; patch: ReturnType<typeof settingsPatchOf> }>([
  { name: "nothing", request: {}, patch: {} },
  { name: "empty groups", request: { privacy: {}, preferences: {} }, patch: {} },
  {
    name: "every field",
    request: {
      privacy: { allow_training_paid: false, allow_training_free: false, zdr: true, log_content: true },
      preferences: {
        default_model: "openai/gpt-4o",
        default_sort: "price",
        allowed_providers: ["openai", "Azure", "openai"],
        ignored_providers: ["deepinfra/turbo"],
        lock_allowed_providers: true,
      },
      plugins: [
        { id: "web", max_results: 3 },
        { id: "file-parser", enabled: false, prevent_overrides: true },
      ],
    },
    patch: {
      allowTrainingPaid: false,
      allowTrainingFree: false,
      zeroDataRetention: true,
      logContent: true,
      defaultModel: "openai/gpt-4o",
      defaultSort: "price",
      allowedProviders: ["openai", "Azure"],
      ignoredProviders: ["deepinfra/turbo"],
      lockAllowedProviders: true,
      plugins: [
        { id: "web", enabled: true, preventOverrides: false, config: { max_results: 3 } },
        { id: "file-parser", enabled: false, preventOverrides: true, config: {} },
      ],
    },
  },
  {
    name: "null for single fields",
    request: { privacy: { zdr: null }, preferences: { default_model: null, allowed_providers: null } },
    patch: { zeroDataRetention: false, defaultModel: null, allowedProviders: [] },
  },
  {
    name: "null for whole groups",
    request: { privacy: null, preferences: null, plugins: null },
    patch: DEFAULT_ACCOUNT_SETTINGS,
  },
])("a request that names $name", ({ request, patch }) => {
  expect(settingsPatchOf(request)).toEqual(patch);
});
