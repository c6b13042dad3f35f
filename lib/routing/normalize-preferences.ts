import { parseUnitPrice, type UnitPrice } from "@/lib/money";
import type { AccountSettings } from "@/lib/schemas/account-settings";
import type { ProviderPreferences } from "@/lib/schemas/provider-preferences";
import type { RoutePreferences } from "./types";

const PER_MILLION = 1_000_000n;

/**
 * Puts a request's `provider` object, what its model's variants imply and what the account has set into the one form
 * that planning reads.
 */
export function normalizePreferences(
  preferences: ProviderPreferences | null | undefined,
  variants: readonly string[],
  settings: AccountSettings,
): RoutePreferences {
  const cap = preferences?.max_price ?? undefined;
  return {
    order: lowerCase(preferences?.order),
    only: lowerCase(preferences?.only),
    ignore: lowerCase(preferences?.ignore),
    allowFallbacks: preferences?.allow_fallbacks ?? true,
    requireParameters: preferences?.require_parameters ?? false,
    denyDataCollection: preferences?.data_collection === "deny",
    zeroDataRetention: preferences?.zdr ?? false,
    quantizations: preferences?.quantizations ?? [],
    sort: sortOf(preferences, variants, settings),
    maxPrice: {
      prompt: capOf(cap?.prompt ?? cap?.input, PER_MILLION),
      completion: capOf(cap?.completion ?? cap?.output, PER_MILLION),
      request: capOf(cap?.request, 1n),
    },
    accountOnly: lowerCase(settings.allowedProviders),
    accountIgnore: lowerCase(settings.ignoredProviders),
    // Without a list there is nothing to lock.
    lockAllowed: settings.lockAllowedProviders && settings.allowedProviders.length > 0,
    denyTrainingPaid: !settings.allowTrainingPaid,
    denyTrainingFree: !settings.allowTrainingFree,
    accountZeroDataRetention: settings.zeroDataRetention,
  };
}

/** An explicit sort wins over what a variant implies, and the account's default is for requests that say nothing. */
function sortOf(
  preferences: ProviderPreferences | null | undefined,
  variants: readonly string[],
  settings: AccountSettings,
): RoutePreferences["sort"] {
  const sort = preferences?.sort;
  const word = typeof sort === "string" ? sort : sort?.by;
  if (word === "price" || word === "throughput" || word === "latency") return word;
  if (variants.includes("nitro")) return "throughput";
  if (variants.includes("floor")) return "price";
  const isSilent = word == null && (preferences?.order ?? []).length === 0;
  return isSilent ? (settings.defaultSort ?? undefined) : undefined;
}

function capOf(value: number | string | null | undefined, per: bigint): UnitPrice | undefined {
  if (value === null || value === undefined) return undefined;
  // A JSON number such as 0.1 is meant as the decimal that it is printed as.
  const text = typeof value === "number" && String(value).includes("e") ? value.toFixed(12) : String(value);
  return parseUnitPrice(text) / per;
}

function lowerCase(list: readonly string[] | null | undefined): readonly string[] {
  return list?.map((entry) => entry.toLowerCase()) ?? [];
}
