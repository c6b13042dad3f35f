import { parseUnitPrice, type UnitPrice } from "@/lib/money";
import type { ProviderPreferences } from "@/lib/schemas/provider-preferences";
import type { RoutePreferences } from "./types";

const PER_MILLION = 1_000_000n;

/** Puts a request's `provider` object into the one form that planning reads. */
export function normalizePreferences(
  preferences: ProviderPreferences | null | undefined,
  variants: readonly string[],
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
    sort: sortOf(preferences, variants),
    maxPrice: {
      prompt: capOf(cap?.prompt ?? cap?.input, PER_MILLION),
      completion: capOf(cap?.completion ?? cap?.output, PER_MILLION),
      request: capOf(cap?.request, 1n),
    },
  };
}

/** An explicit sort wins over what a variant implies. */
function sortOf(
  preferences: ProviderPreferences | null | undefined,
  variants: readonly string[],
): RoutePreferences["sort"] {
  const sort = preferences?.sort;
  const word = typeof sort === "string" ? sort : sort?.by;
  if (word === "price" || word === "throughput" || word === "latency") return word;
  if (variants.includes("nitro")) return "throughput";
  return variants.includes("floor") ? "price" : undefined;
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
