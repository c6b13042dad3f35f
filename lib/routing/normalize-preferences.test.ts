import { expect, test } from "vitest";
import { type AccountSettings, DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import type { ProviderPreferences } from "@/lib/schemas/provider-preferences";
import { normalizePreferences } from "./normalize-preferences";

function normalized(provider: ProviderPreferences, settings: Partial<AccountSettings>) {
  return normalizePreferences(provider, undefined, { ...DEFAULT_ACCOUNT_SETTINGS, ...settings });
}

test.each<{ name: string; provider?: ProviderPreferences; sort?: string; defaultSort?: string }>([
  { name: "the account's default sort is kept for requests that say nothing", defaultSort: "latency" },
  { name: "its own sort wins", provider: { sort: "price" }, sort: "price", defaultSort: "latency" },
  {
    name: "its own sort in an object wins",
    provider: { sort: { by: "throughput" } },
    sort: "throughput",
    defaultSort: "latency",
  },
  {
    name: "a sort object without `by` says nothing",
    provider: { sort: { partition: "none" } },
    defaultSort: "latency",
  },
  { name: "an order stands for itself", provider: { order: ["azure"] } },
  { name: "an empty order says nothing", provider: { order: [] }, defaultSort: "latency" },
])("$name", ({ provider = {}, sort, defaultSort }) => {
  expect(normalized(provider, { defaultSort: "latency" })).toMatchObject({ sort, defaultSort });
});

test("a lock without a list locks nothing", () => {
  expect(normalized({}, { lockAllowedProviders: true }).lockAllowed).toBe(false);
  expect(normalized({}, { lockAllowedProviders: true, allowedProviders: ["Azure"] })).toMatchObject({
    lockAllowed: true,
    accountOnly: ["azure"],
  });
});
