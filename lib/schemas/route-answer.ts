import { z } from "zod";
import { routeRecordSchema } from "./route-record";

const endpointSchema = z.looseObject({
  model: z.string(),
  provider: z.string(),
  /** The endpoint's tag, such as `deepinfra/turbo`. */
  endpoint: z.string(),
});

/** An amount of USD, as a number or an exact decimal. */
const usdSchema = z.union([z.number(), z.string()]);

/** The answer of `POST /api/v1/route`: what would happen to a request, without doing it. */
export const routeAnswerSchema = z.looseObject({
  data: z.looseObject({
    requested: z.string(),
    strategy: z.string(),
    selected: endpointSchema,
    /** In the order in which they would be tried. */
    plan: z.array(
      endpointSchema.extend({
        /** Chance (0 to 1) of being tried first. */
        probability: z.number().nullish(),
        /** What it was ranked by: a price in USD, tokens per second, ms. */
        score: z.number().nullish(),
        /** What it could cost at most, in USD. */
        max_cost: usdSchema.nullish(),
      }),
    ),
    excluded: routeRecordSchema.shape.excluded,
    /** In USD. */
    estimated_cost: z.looseObject({ min: usdSchema, max: usdSchema }).nullish(),
    /** Why the auto router chose as it did. */
    auto_router: z
      .looseObject({
        /** 0 to 1. */
        difficulty: z.number(),
        task_type: z.string(),
        scores: z.array(z.looseObject({ model: z.string(), score: z.number() })),
      })
      .nullish(),
  }),
});
export type RouteAnswer = z.infer<typeof routeAnswerSchema>;
