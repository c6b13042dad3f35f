import { z } from "zod";
import { publicAutoRouterSchema } from "./auto-router";
import { routeRecordSchema } from "./route-record";

/** One try at an endpoint, as the public API tells it. */
export const publicAttemptSchema = z.object({
  model: z.string(),
  provider: z.string(),
  endpoint: z.string(),
  status: z.number(),
  latency_ms: z.number(),
  error: z.string().nullish(),
  dropped_parameters: z.array(z.string()).optional(),
  sandbox: z.boolean().optional(),
  is_byok: z.boolean().optional(),
  /** What the account calls its own key that it was tried with. */
  byok_key: z.string().optional(),
});
export type PublicAttempt = z.infer<typeof publicAttemptSchema>;

/** How a request was routed, as the public API tells it: wire names, else the same as the record. */
export const publicRouteSchema = z.object({
  requested: z.string().optional(),
  strategy: z.string().optional(),
  router: z.string().optional(),
  presets: z.array(z.object({ slug: z.string(), version: z.number() })).optional(),
  auto_router: publicAutoRouterSchema.optional(),
  web_search: routeRecordSchema.shape.webSearch,
  candidates: z.array(
    z.object({
      model: z.string(),
      provider: z.string(),
      endpoint: z.string(),
      probability: z.number().nullish(),
      score: z.number().nullish(),
      clamped_max_tokens: z.number().optional(),
      is_byok: z.boolean().optional(),
      byok_key: z.string().optional(),
    }),
  ),
  excluded: routeRecordSchema.shape.excluded,
  attempts: z.array(publicAttemptSchema),
  notices: z.array(z.string()),
});
export type PublicRoute = z.infer<typeof publicRouteSchema>;
