import { z } from "zod";

const totalsSchema = z.object({
  requests: z.number().int(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  reasoningTokens: z.number().int(),
  cachedTokens: z.number().int(),
  /** Exact decimal. */
  costUsd: z.string(),
});
export type ActivityTotals = z.infer<typeof totalsSchema>;

/** Sums of an account's activity over a period, for charts. */
export const activityOverviewSchema = z.object({
  /** How much time one point stands for. A week starts on Monday. */
  bucket: z.enum(["hour", "day", "week"]),
  /** Every point of the period, whether there is something or not: a UTC day, or `2026-11-21T14`. */
  points: z.array(z.string()),
  /** Each with a value per point: the largest, and what is left as one. Spend is USD, for drawing alone. */
  groups: z.array(
    z.object({
      /** Model id, provider slug or key hash; empty for none. */
      id: z.string(),
      name: z.string(),
      /** All that are not large enough to be shown by themselves. Comes last. */
      isRest: z.boolean(),
      spendUsd: z.array(z.number()),
      tokens: z.array(z.number()),
      requests: z.array(z.number()),
    }),
  ),
  totals: totalsSchema,
  /** Of the period of the same length before. */
  previous: totalsSchema,
});
export type ActivityOverview = z.infer<typeof activityOverviewSchema>;
