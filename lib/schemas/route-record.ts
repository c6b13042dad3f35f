import { z } from "zod";

/** How one request was routed, as it is stored and shown. */
export const routeRecordSchema = z.object({
  requested: z.string().optional(),
  strategy: z.string().optional(),
  router: z.string().optional(),
  /** In the order in which they would be tried. */
  candidates: z.array(
    z.object({
      model: z.string(),
      provider: z.string(),
      endpoint: z.string(),
      probability: z.number(),
      score: z.number().nullable(),
      clampedMaxTokens: z.number().optional(),
    }),
  ),
  excluded: z.array(
    z.object({
      model: z.string(),
      provider: z.string(),
      endpoint: z.string(),
      rule: z.string(),
      reason: z.string(),
      fix: z.string(),
    }),
  ),
  attempts: z.array(
    z.object({
      model: z.string(),
      provider: z.string(),
      endpoint: z.string(),
      /** HTTP status of the provider, or what the failure stands for. */
      status: z.number(),
      latencyMs: z.number(),
      error: z.string().optional(),
      droppedParameters: z.array(z.string()).optional(),
      sandbox: z.boolean().optional(),
    }),
  ),
  notices: z.array(z.string()),
});
export type RouteRecord = z.infer<typeof routeRecordSchema>;
export type AttemptRecord = RouteRecord["attempts"][number];
