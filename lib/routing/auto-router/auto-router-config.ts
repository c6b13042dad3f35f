import {
  AUTO_ROUTER_PLUGINS,
  type AutoRouterSettings,
  autoRouterSettingsSchema,
  type CostTier,
} from "@/lib/schemas/auto-router";
import type { ChatRequest } from "@/lib/schemas/chat-request";

/** What a request wants of the router. */
export type AutoRouterConfig = {
  /** Patterns; empty: the whole pool. */
  allowed: readonly string[];
  excluded: readonly string[];
  /** 0 (quality alone) to 10 (price alone). */
  tradeoff: number;
  /** USD per million tokens (see `blendedPriceOf`) that a model may cost; `undefined`: any. */
  maxPrice: number | undefined;
  /** A conversation stays on its model. */
  pinned: boolean;
};

/** Source: OpenRouter's documentation of the Auto Router, read 2026-11-21: seven unless the request says otherwise. */
const DEFAULT_TRADEOFF = 7;
/** A tier says what may be spent; within it quality is what counts. */
const TRADEOFF_IN_TIER = 3;
/**
 * What a tier may cost. Chosen so that each lets in about what the original's tiers were seen to choose (2026-08): an
 * economy model, a strong open one, a large one, a frontier one, anything.
 */
const MAX_PRICE_OF_TIER = {
  low: 0.75,
  medium: 2.5,
  high: 6,
  xhigh: 15,
  max: undefined,
} as const satisfies Record<CostTier, number | undefined>;

/** Reads the router's entry among the plugins; without one, or with one that is switched off, the defaults. */
export function autoRouterConfigOf({ plugins }: ChatRequest): AutoRouterConfig {
  const { allowed_models, excluded_models, cost_quality_tradeoff, cost_tier, pin_model } = settingsIn(plugins);
  const tier = cost_tier ?? undefined;
  return {
    allowed: allowed_models ?? [],
    excluded: excluded_models ?? [],
    tradeoff: cost_quality_tradeoff ?? (tier === undefined ? DEFAULT_TRADEOFF : TRADEOFF_IN_TIER),
    maxPrice: tier === undefined ? undefined : MAX_PRICE_OF_TIER[tier],
    pinned: pin_model ?? true,
  };
}

function settingsIn(plugins: ChatRequest["plugins"]): AutoRouterSettings {
  const entries = Array.isArray(plugins)
    ? plugins
    : Object.entries(plugins ?? {}).map(([id, config]) => ({ ...config, id }));
  for (const { id, enabled, ...settings } of entries) {
    if (enabled === false || !AUTO_ROUTER_PLUGINS.some((name) => name === id)) continue;
    const parsed = autoRouterSettingsSchema.safeParse(settings);
    if (parsed.success) return parsed.data;
  }
  return {};
}
