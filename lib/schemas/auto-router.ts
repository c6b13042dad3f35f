import { z } from "zod";

export const COST_TIERS = ["low", "medium", "high", "xhigh", "max"] as const;
export type CostTier = (typeof COST_TIERS)[number];

const modelPatternsSchema = z.array(z.string().min(1).max(1_024)).max(1_024).nullish();

/** Names under which `plugins` holds the router's settings; the second is that of a later version of the original. */
export const AUTO_ROUTER_PLUGINS = ["auto-router", "auto-beta-router"] as const;

/** What its entry in `plugins` may hold besides `id` and `enabled`. */
export const autoRouterSettingsSchema = z.strictObject({
  /** Ids with `*` for any characters, such as `anthropic/*`. */
  allowed_models: modelPatternsSchema,
  excluded_models: modelPatternsSchema,
  /** 0: the best model whatever it costs; 10: the cheapest. */
  cost_quality_tradeoff: z.int().min(0).max(10).nullish(),
  cost_tier: z.enum(COST_TIERS).nullish(),
  /** Whether a conversation stays on the model that it began with; it does unless this says otherwise. */
  pin_model: z.boolean().nullish(),
});
export type AutoRouterSettings = z.infer<typeof autoRouterSettingsSchema>;

const shareSchema = z.number().min(0).max(1);

/** The models that the router chooses from, as the operator keeps them in `prisma/catalog/auto-router.json`. */
export const autoRouterPoolSchema = z.strictObject({
  models: z.array(
    z.strictObject({
      model: z.string().min(1),
      /** How good it is over all, 0 to 1; only differences count. */
      quality: shareSchema,
      /** By task type, where it is better or worse than over all. */
      strengths: z.record(z.string(), shareSchema).optional(),
    }),
  ),
});
export type AutoRouterPool = z.infer<typeof autoRouterPoolSchema>;

/** How the router decided, as the public API tells it. */
export const publicAutoRouterSchema = z.object({
  /** 0 to 1. */
  difficulty: z.number(),
  task_type: z.string(),
  /** Best first. */
  scores: z.array(z.object({ model: z.string(), score: z.number() })),
});
export type PublicAutoRouter = z.infer<typeof publicAutoRouterSchema>;
