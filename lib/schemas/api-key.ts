import { z } from "zod";

export const limitResetSchema = z.enum(["daily", "weekly", "monthly"], {
  error: 'must be "daily", "weekly", "monthly" or null',
});
/** When a key's limit starts anew: at midnight UTC of each day, of Mondays, of the first of the month. */
export type LimitReset = z.infer<typeof limitResetSchema>;

export const apiKeyKindSchema = z.enum(["inference", "provisioning"]);
export type ApiKeyKind = z.infer<typeof apiKeyKindSchema>;

/** A key as the public API shows it. Amounts are USD. The key itself is not part of it: only its hash is known. */
export const apiKeySchema = z.object({
  hash: z.string(),
  name: z.string(),
  label: z.string(),
  disabled: z.boolean(),
  limit: z.number().nullable(),
  limit_remaining: z.number().nullable(),
  limit_reset: limitResetSchema.nullable(),
  include_byok_in_limit: z.boolean(),
  usage: z.number(),
  usage_daily: z.number(),
  usage_weekly: z.number(),
  usage_monthly: z.number(),
  byok_usage: z.number(),
  byok_usage_daily: z.number(),
  byok_usage_weekly: z.number(),
  byok_usage_monthly: z.number(),
  created_at: z.string(),
  updated_at: z.string().nullable(),
  /** Ours: when a generation of the key was last charged. */
  last_used_at: z.string().nullable(),
  expires_at: z.string().nullable(),
  creator_user_id: z.string().nullable(),
  /** Keys of partners' users, which this server does not have. */
  external_user: z.null(),
  workspace_id: z.string(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** Highest limit of a key in USD: far below what 64 bits of nano-dollars hold. */
const MAX_LIMIT_USD = 1_000_000_000;

const nameSchema = z
  .string("must be a string")
  .trim()
  .min(1, "must not be empty")
  .max(256, "must have at most 256 characters")
  // PostgreSQL takes no NUL in a text, and no name needs the other ones.
  .regex(/^\P{Cc}*$/u, "must not hold control characters");

const limitSchema = z
  .number("must be a number of USD, or null for no limit")
  .nonnegative("must not be negative")
  .max(MAX_LIMIT_USD, `must be at most ${MAX_LIMIT_USD}`);

const expirySchema = z.iso.datetime({
  offset: true,
  error: "must be an ISO 8601 time with an offset, such as 2030-12-31T23:59:59Z, or null",
});

const booleanSchema = z.boolean("must be true or false");

/** What both a new key and a change may say. Absent says nothing; fields that are not known are ignored. */
const settingsSchema = z.object({
  limit: limitSchema.nullish(),
  limit_reset: limitResetSchema.nullish(),
  include_byok_in_limit: booleanSchema.optional(),
  expires_at: expirySchema.nullish(),
});

/** `label` is what some older clients call `name`. */
const acceptLabel = (body: unknown): unknown => {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  return "label" in body && !("name" in body) ? { ...body, name: body.label } : body;
};

export const createApiKeyRequestSchema = z.preprocess(
  acceptLabel,
  settingsSchema.extend({
    name: nameSchema,
    creator_user_id: z.string("must be the id of a user").min(1, "must not be empty").nullish(),
    workspace_id: z.uuid("must be a UUID").optional(),
  }),
);
export type CreateApiKeyRequest = z.infer<typeof createApiKeyRequestSchema>;

export const updateApiKeyRequestSchema = z.preprocess(
  acceptLabel,
  settingsSchema.extend({ name: nameSchema.optional(), disabled: booleanSchema.optional() }),
);
export type UpdateApiKeyRequest = z.infer<typeof updateApiKeyRequestSchema>;

/** The query of `GET /keys`. */
export const listApiKeysQuerySchema = z.object({
  offset: z.coerce
    .number("must be a whole number from 0")
    .int("must be a whole number from 0")
    .min(0, "must be a whole number from 0")
    .max(2_147_483_647, "is too large")
    .default(0),
  include_disabled: z
    .enum(["true", "false"], { error: 'must be "true" or "false"' })
    .default("false")
    .transform((word) => word === "true"),
  workspace_id: z.uuid("must be a UUID").optional(),
});
