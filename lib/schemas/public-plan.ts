import { z } from "zod";
import { publicAutoRouterSchema } from "./auto-router";
import { publicPricingSchema } from "./public-catalog";
import { routeRecordSchema } from "./route-record";

const placeSchema = z.object({
  model: z.string(),
  /** The provider's name. */
  provider: z.string(),
  /** The endpoint's tag, such as `deepinfra/turbo`. */
  endpoint: z.string(),
});

/** The answer of `POST /route`: what a request would do, without doing it. */
export const publicPlanSchema = z.object({
  /** The model string of the request. */
  requested: z.string(),
  /** By what the endpoints were put into order. */
  strategy: z.string(),
  router: z.string().optional(),
  auto_router: publicAutoRouterSchema.optional(),
  /** The presets that were worked in. */
  presets: z.array(z.object({ slug: z.string(), version: z.number() })).optional(),
  /** The first of the plan; `null` when no endpoint may serve the request. */
  selected: placeSchema.nullable(),
  /** In the order in which they would be tried. */
  plan: z.array(
    placeSchema.extend({
      /** Chance (0 to 1) of being tried first. */
      probability: z.number(),
      /** What it was ranked by: a price in USD, tokens per second, ms. */
      score: z.number().nullable(),
      /** No significant outage in the last 30 seconds. */
      stable: z.boolean(),
      prices: publicPricingSchema,
      /** USD for the longest answer that the request allows. */
      max_cost: z.number(),
      /** With a key of the account's own, which bears the provider's price; `max_cost` is our fee then. */
      is_byok: z.boolean().optional(),
      byok_key: z.string().optional(),
    }),
  ),
  excluded: routeRecordSchema.shape.excluded,
  notices: z.array(z.string()),
  /** USD: the prompt with a single token of output at the cheapest endpoint, and the longest answer at the dearest. */
  estimated_cost: z.object({ min: z.number().nullable(), max: z.number().nullable() }),
  /** Tokens of the prompt, roughly. */
  prompt_tokens: z.int(),
  /** What the same request would be refused with. */
  error: z.object({ code: z.int(), message: z.string(), rule: z.string() }).optional(),
});
export type PublicPlan = z.infer<typeof publicPlanSchema>;
