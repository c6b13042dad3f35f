import { z } from "zod";
import type { Protocol } from "./catalog";

/** A key of an account's own at a provider, as `/byok` shows it. The secret is not part of it, only its tail. */
export const providerCredentialSchema = z.object({
  id: z.uuid(),
  provider: z.string(),
  name: z.string().nullable(),
  /** The last characters of the key. */
  label: z.string(),
  disabled: z.boolean(),
  /** Tried after the installation's own key. */
  is_fallback: z.boolean(),
  /** The installation's key is not used for the models that this one is for. */
  is_required: z.boolean(),
  /** The installation's key is not used for this provider at all. */
  is_byok_only: z.boolean(),
  declared_zdr: z.boolean().nullable(),
  allowed_models: z.array(z.string()).nullable(),
  allowed_api_key_hashes: z.array(z.string()).nullable(),
  allowed_user_ids: z.array(z.string()).nullable(),
  /** Within the provider, ascending. */
  sort_order: z.int(),
  workspace_id: z.string().nullable(),
  created_at: z.string(),
});
export type ProviderCredential = z.infer<typeof providerCredentialSchema>;

/** The same with what our own page shows beside it. */
export const shownCredentialSchema = providerCredentialSchema.extend({
  provider_name: z.string(),
  /** Why it cannot be used at all; `null` while it can. */
  problem: z.string().nullable(),
  /** The built-in sandbox answers in the provider's place. */
  sandbox: z.boolean(),
  usage: z.object({
    requests: z.number(),
    /** USD that the provider's prices come to. */
    upstream_cost: z.number(),
    /** USD taken from the account's credits. */
    fees: z.number(),
    last_used_at: z.string().nullable(),
  }),
});
export type ShownCredential = z.infer<typeof shownCredentialSchema>;

const MAX_LIST = 100;
/** A service account's file has about 2,400 characters; a list of deployments may be longer. */
const MAX_KEY_CHARS = 65_536;

const flagSchema = z.boolean("must be true or false");

const nameSchema = z
  .string("must be a string or null")
  .trim()
  .max(255, "must have at most 255 characters")
  .regex(/^\P{Cc}*$/u, "must not hold control characters")
  .transform((name) => (name === "" ? null : name));

const namesSchema = (what: string) =>
  z.array(z.string(`must be ${what}`).trim().min(1, "must not be empty").max(512)).max(MAX_LIST, "is too long");

const hashesSchema = z
  .array(z.string("must be the hash of an API key").regex(/^[a-f0-9]{64}$/, "must be the hash of an API key"))
  .min(1, "must name at least one API key, or be null")
  .max(MAX_LIST, `must name at most ${MAX_LIST} API keys`);

/** JSON may come as text, as the public API has it, or as it is. */
const keySchema = z.preprocess(
  (key) => (typeof key === "object" && key !== null ? JSON.stringify(key) : key),
  z
    .string("must be the provider's API key, or the JSON that the provider calls a credential")
    .trim()
    .min(1, "must not be empty")
    .max(MAX_KEY_CHARS, "is too long"),
);

/** What both a new credential and a change may say. Absent says nothing; fields that are not known are ignored. */
const settingsShape = {
  name: nameSchema.nullish(),
  disabled: flagSchema.optional(),
  is_fallback: flagSchema.optional(),
  is_required: flagSchema.optional(),
  is_byok_only: flagSchema.optional(),
  declared_zdr: flagSchema.nullish(),
  allowed_models: namesSchema("the id of a model").nullish(),
  allowed_api_key_hashes: hashesSchema.nullish(),
  allowed_user_ids: namesSchema("the id of a user").nullish(),
  sort_order: z.int("must be a whole number from 0").min(0, "must be a whole number from 0").max(10_000).optional(),
};

const providerSchema = z
  .string("must be the slug of a provider")
  .trim()
  .toLowerCase()
  .min(1, "must not be empty")
  .max(100);

/** The body of `POST /byok`. */
export const createCredentialRequestSchema = z.object({
  ...settingsShape,
  provider: providerSchema,
  key: keySchema,
  workspace_id: z.uuid("must be a UUID").optional(),
});
export type CreateCredentialRequest = z.infer<typeof createCredentialRequestSchema>;

/** The body of `PATCH /byok/{id}`. */
export const updateCredentialRequestSchema = z.object({ ...settingsShape, key: keySchema.optional() });
export type UpdateCredentialRequest = z.infer<typeof updateCredentialRequestSchema>;

const wholeNumber = (least: number) => `must be a whole number from ${least}`;

/** The query of `GET /byok`. */
export const listCredentialsQuerySchema = z.object({
  offset: z.coerce.number(wholeNumber(0)).int(wholeNumber(0)).min(0, wholeNumber(0)).max(2_147_483_647).default(0),
  limit: z.coerce
    .number(wholeNumber(1))
    .int(wholeNumber(1))
    .min(1, wholeNumber(1))
    .max(100, "must be at most 100")
    .default(50),
  workspace_id: z.uuid("must be a UUID").optional(),
  provider: providerSchema.optional(),
});

/** What came of asking a provider for one short answer with a credential. */
export const credentialTestSchema = z.object({
  works: z.boolean(),
  /** For people; of a refusal the provider's own words, without anything secret. */
  message: z.string(),
  model: z.string().nullable(),
  duration_ms: z.number(),
  sandbox: z.boolean(),
});
export type CredentialTest = z.infer<typeof credentialTestSchema>;

/** A provider that takes keys of accounts, as the form needs to know it. */
export type KeyedProvider = {
  slug: string;
  name: string;
  protocol: Protocol;
  base_url: string | null;
  /** Its key is JSON, or may be. */
  takes_json: boolean;
  hint: string;
  example: string | null;
  /** Ids of the models that it serves. */
  models: string[];
};
