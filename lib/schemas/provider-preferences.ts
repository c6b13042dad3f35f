import { z } from "zod";
import { quantizationSchema } from "./catalog";

const providerListSchema = z.array(z.string().min(1).max(128)).max(200).nullish();

/** A price cap arrives as a number or as a decimal string, depending on the client. */
const priceCapSchema = z
  .union([z.number().nonnegative(), z.string().regex(/^(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i)], {
    error: "must be a number, or a decimal string, of USD",
  })
  .nullish();

/** What endpoints are put in order by. `exacto`: how reliably they call tools. */
export const SORT_WORDS = ["price", "throughput", "latency", "exacto"] as const;
export type SortWord = (typeof SORT_WORDS)[number];
const sortWordSchema = z.enum(SORT_WORDS);

const percentilesSchema = z.union(
  [
    z.number().positive(),
    z.strictObject({
      p50: z.number().positive().nullish(),
      p75: z.number().positive().nullish(),
      p90: z.number().positive().nullish(),
      p99: z.number().positive().nullish(),
    }),
  ],
  { error: "must be a positive number, or an object of p50, p75, p90, p99" },
);

/** The `provider` object of a request: which endpoints may serve it and in which order they are tried. */
export const providerPreferencesSchema = z.strictObject({
  order: providerListSchema,
  only: providerListSchema,
  ignore: providerListSchema,
  allow_fallbacks: z.boolean().nullish(),
  require_parameters: z.boolean().nullish(),
  data_collection: z.enum(["allow", "deny"]).nullish(),
  zdr: z.boolean().nullish(),
  enforce_distillable_text: z.boolean().nullish(),
  quantizations: z.array(quantizationSchema).nullish(),
  sort: z
    .union(
      [
        sortWordSchema,
        z.strictObject({ by: sortWordSchema.nullish(), partition: z.enum(["model", "none"]).nullish() }),
      ],
      { error: 'must be "price", "throughput", "latency" or "exacto", or an object {by, partition}' },
    )
    .nullish(),
  preferred_min_throughput: percentilesSchema.nullish(),
  preferred_max_latency: percentilesSchema.nullish(),
  /** USD per million tokens; `request` and `image` per piece. `input`/`output` are other names of prompt/completion. */
  max_price: z
    .strictObject({
      prompt: priceCapSchema,
      completion: priceCapSchema,
      input: priceCapSchema,
      output: priceCapSchema,
      request: priceCapSchema,
      image: priceCapSchema,
      audio: priceCapSchema,
    })
    .nullish(),
  /** Ours: refuse with 402 rather than lower `max_tokens` to what is affordable. */
  strict_budget: z.boolean().nullish(),
});
export type ProviderPreferences = z.infer<typeof providerPreferencesSchema>;
