import { expect, test } from "vitest";
import { type AccountSettings, DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import type { ProviderPreferences } from "@/lib/schemas/provider-preferences";
import { normalizePreferences } from "./normalize-preferences";

function normalized(provider: ProviderPreferences, variants: readonly string[], settings: Partial<AccountSettings>) {
  return normalizePreferences(provider, variants, { ...DEFAULT_ACCOUNT_SETTINGS, ...settings });
}

test.each<{ name: string; provider?: ProviderPreferences; variants?: string[]; sort: string | undefined }>([
  { name: "the account's default sort is used when a request says nothing", sort: "latency" },
  { name: "its own sort wins", provider: { sort: "price" }, sort: "price" },
  { name: "its own sort in an object wins", provider: { sort: { by: "throughput" } }, sort: "throughput" },
  { name: "a sort object without `by` says nothing", provider: { sort: { partition: "none" } }, sort: "latency" },
  { name: "a variant wins", variants: ["floor"], sort: "price" },
  { name: "an order stands for itself", provider: { order: ["azure"] }, sort: undefined },
  { name: "an empty order says nothing", provider: { order: [] }, sort: "latency" },
])("$name", ({ provider = {}, variants = [], sort }) => {
  expect(normalized(provider, variants, { defaultSort: "latency" }).sort).toBe(sort);
});

test("a lock without a list locks nothing", () => {
  expect(normalized({}, [], { lockAllowedProviders: true }).lockAllowed).toBe(false);
  expect(normalized({}, [], { lockAllowedProviders: true, allowedProviders: ["Azure"] })).toMatchObject({
    lockAllowed: true,
    accountOnly: ["azure"],
  });
});
