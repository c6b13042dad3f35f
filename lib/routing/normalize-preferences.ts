import { parseUnitPrice, type UnitPrice } from "@/lib/money";
import type { AccountSettings } from "@/lib/schemas/account-settings";
import type { Percentiles } from "@/lib/schemas/endpoint-health";
import type { ProviderPreferences } from "@/lib/schemas/provider-preferences";
import type { RoutePreferences } from "./types";

const PER_MILLION = 1_000_000n;
const MS_PER_SECOND = 1_000;

/**
 * Puts a request's `provider` object and what the account has set into the one form that planning reads. `route` is the
 * older way to say in which partition endpoints are sorted; what `provider.sort` says itself wins.
 */
export function normalizePreferences(
  preferences: ProviderPreferences | null | undefined,
  route: "fallback" | "sort" | null | undefined,
  settings: AccountSettings,
): RoutePreferences {
  const cap = preferences?.max_price ?? undefined;
  const sort = preferences?.sort;
  const given = typeof sort === "string" ? { by: sort, partition: undefined } : sort;
  return {
    order: lowerCase(preferences?.order),
    only: lowerCase(preferences?.only),
    ignore: lowerCase(preferences?.ignore),
    allowFallbacks: preferences?.allow_fallbacks ?? true,
    requireParameters: preferences?.require_parameters ?? false,
    denyDataCollection: preferences?.data_collection === "deny",
    zeroDataRetention: preferences?.zdr ?? false,
    distillableOnly: preferences?.enforce_distillable_text ?? false,
    quantizations: preferences?.quantizations ?? [],
    sort: given?.by ?? undefined,
    defaultSort: (preferences?.order ?? []).length === 0 ? (settings.defaultSort ?? undefined) : undefined,
    partition: given?.partition ?? (route === "sort" ? "none" : "model"),
    minThroughput: cutoffsOf(preferences?.preferred_min_throughput, 1),
    maxLatencyMs: cutoffsOf(preferences?.preferred_max_latency, MS_PER_SECOND),
    maxPrice: {
      prompt: capOf(cap?.prompt ?? cap?.input, PER_MILLION),
      completion: capOf(cap?.completion ?? cap?.output, PER_MILLION),
      request: capOf(cap?.request, 1n),
      image: capOf(cap?.image, 1n),
      audio: capOf(cap?.audio, PER_MILLION),
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

const NO_CUTOFFS: Partial<Percentiles> = {};

/** A number alone is one for the median. */
function cutoffsOf(given: ProviderPreferences["preferred_max_latency"], factor: number): Partial<Percentiles> {
  if (given === null || given === undefined) return NO_CUTOFFS;
  if (typeof given === "number") return { p50: given * factor };
  const cutoffs: Partial<Percentiles> = {};
  if (given.p50 != null) cutoffs.p50 = given.p50 * factor;
  if (given.p75 != null) cutoffs.p75 = given.p75 * factor;
  if (given.p90 != null) cutoffs.p90 = given.p90 * factor;
  if (given.p99 != null) cutoffs.p99 = given.p99 * factor;
  return cutoffs;
}

/** A cap above any price there is is no cap. */
const MAX_CAP_USD = 1e12;

function capOf(value: number | string | null | undefined, per: bigint): UnitPrice | undefined {
  if (value === null || value === undefined || Number(value) > MAX_CAP_USD) return undefined;
  // A JSON number such as 0.1 is meant as the decimal that it is printed as.
  const written = String(value);
  const text = /^\d+(\.\d+)?$/.test(written) ? written : Number(written).toFixed(20);
  // Digits beyond those of any price cannot make a difference.
  return parseUnitPrice(text.replace(/(\.\d{24})\d+$/, "$1")) / per;
}

function lowerCase(list: readonly string[] | null | undefined): readonly string[] {
  return list?.map((entry) => entry.toLowerCase()) ?? [];
}
