import { z } from "zod";

/** What a generation can be filtered by besides its names: how it ended, and what was special about it. */
export const activityStatusSchema = z.enum([
  "finished",
  "failed",
  "aborted",
  "interrupted",
  "insured",
  "estimated",
  "byok",
  "sandbox",
]);
export type ActivityStatus = z.infer<typeof activityStatusSchema>;

/** What the charts are divided by. */
export const activityGroupSchema = z.enum(["model", "provider", "key"]);
export type ActivityGroup = z.infer<typeof activityGroupSchema>;

export const activityRangeSchema = z.enum(["today", "7d", "30d", "90d", "12mo"]);
/** The periods that have a name; the last day of each is today. */
export type ActivityRange = z.infer<typeof activityRangeSchema>;

/** In place of a key's hash: made in the chatroom, without a key. */
export const CHATROOM = "chatroom";

/** The longest period, in days. */
export const MAX_RANGE_DAYS = 366;

const daySchema = z.iso.date("must be a day such as 2026-11-21");
// No NUL, which PostgreSQL takes in no text.
const textSchema = z.string().regex(/^\P{Cc}{1,512}$/u, "must have 1 to 512 characters, and no control characters");
const keySchema = z.string().regex(/^([0-9a-f]{64}|chatroom)$/, "must be the hash of a key, or chatroom");

/** Part of an account's activity. Days are UTC, both included. */
export const activityFilterSchema = z.object({
  from: daySchema,
  to: daySchema,
  model: textSchema.optional(),
  provider: textSchema.optional(),
  /** A hash, or {@link CHATROOM}. */
  key: keySchema.optional(),
  app: textSchema.optional(),
  status: activityStatusSchema.optional(),
});
export type ActivityFilter = z.infer<typeof activityFilterSchema>;

/** All that stands in an address of the activity; everything may be left out. */
export const activityAddressSchema = activityFilterSchema.partial().extend({
  range: activityRangeSchema.optional(),
  by: activityGroupSchema.optional(),
  /** Cursors: the rows that come after, or before, a row. */
  after: textSchema.optional(),
  before: textSchema.optional(),
  /** The one whose detail is open. */
  generation: textSchema.optional(),
});
export type ActivityAddress = z.infer<typeof activityAddressSchema>;

/** The query of an export: an address that must be understood, and the kind of file. */
export const activityExportSchema = activityAddressSchema
  .pick({ range: true, from: true, to: true, model: true, provider: true, key: true, app: true, status: true })
  .extend({ format: z.enum(["csv", "json"], 'must be "csv" or "json"').default("csv") })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), {
    path: ["to"],
    message: "from and to must be given together",
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ["to"],
    message: "must not be before from",
  });

/** What an account's activity can be filtered by. */
export const activityFacetsSchema = z.object({
  models: z.array(z.string()),
  providers: z.array(z.object({ slug: z.string(), name: z.string() })),
  keys: z.array(z.object({ hash: z.string(), name: z.string(), label: z.string() })),
  apps: z.array(z.string()),
  /** Something was made in the chatroom, without a key. */
  hasChatroom: z.boolean(),
});
export type ActivityFacets = z.infer<typeof activityFacetsSchema>;
