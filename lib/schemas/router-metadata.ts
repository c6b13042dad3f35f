import { z } from "zod";
import { publicAutoRouterSchema } from "./auto-router";

const placeSchema = z.object({ provider: z.string(), model: z.string() });

/**
 * How a request was routed, for clients that ask for it with `X-OpenRouter-Metadata: enabled`. The words of the public
 * API (its OpenAPI document, 2026-08-22); `excluded` and `auto_router` are ours.
 */
export const routerMetadataSchema = z.object({
  requested: z.string(),
  strategy: z.enum(["direct", "auto", "free", "latest", "alias", "fallback", "bodybuilder"]),
  region: z.string().nullable(),
  summary: z.string(),
  /** Which try it was that answered, from 1; the number of tries when none did. */
  attempt: z.int(),
  is_byok: z.boolean(),
  endpoints: z.object({
    /** All that were considered. */
    total: z.int(),
    /** Those that might serve, in the order of the plan. */
    available: z.array(placeSchema.extend({ selected: z.boolean() })),
  }),
  attempts: z.array(placeSchema.extend({ status: z.int() })),
  excluded: z.array(
    placeSchema.extend({ endpoint: z.string(), rule: z.string(), reason: z.string(), fix: z.string().nullish() }),
  ),
  auto_router: publicAutoRouterSchema.optional(),
});
export type RouterMetadata = z.infer<typeof routerMetadataSchema>;
