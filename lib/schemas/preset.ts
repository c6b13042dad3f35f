import { z } from "zod";
import { chatRequestSchema } from "./chat-request";

const MAX_SLUG_CHARS = 64;

/** What a preset is called by in a request: `@preset/slug`. */
export const presetSlugSchema = z
  .string("must be a string")
  .max(MAX_SLUG_CHARS, `must have at most ${MAX_SLUG_CHARS} characters`)
  .regex(
    /^[a-z0-9][a-z0-9._-]*$/,
    "must start with a lower-case letter or digit, and hold those, dashes, underscores and dots only",
  );

export const presetStatusSchema = z.enum(["active", "disabled", "archived"], {
  error: 'must be "active", "disabled" or "archived"',
});
export type PresetStatus = z.infer<typeof presetStatusSchema>;

/** What of a request a preset may hold: everything that is not about one conversation, one caller or one answer. */
const CONFIG_FIELDS = {
  model: true,
  models: true,
  route: true,
  provider: true,
  max_tokens: true,
  max_completion_tokens: true,
  temperature: true,
  top_p: true,
  top_k: true,
  min_p: true,
  top_a: true,
  frequency_penalty: true,
  presence_penalty: true,
  repetition_penalty: true,
  seed: true,
  stop: true,
  logit_bias: true,
  logprobs: true,
  top_logprobs: true,
  tools: true,
  tool_choice: true,
  parallel_tool_calls: true,
  response_format: true,
  structured_outputs: true,
  reasoning: true,
  reasoning_effort: true,
  include_reasoning: true,
  modalities: true,
  image_config: true,
  audio: true,
  plugins: true,
  transforms: true,
  service_tier: true,
  verbosity: true,
  cache_control: true,
  web_search_options: true,
} as const;

const configShape = chatRequestSchema.pick(CONFIG_FIELDS).shape;

/** A preset's part of the request body. Fields that a preset does not hold are left out. */
export const presetConfigSchema = z.object(configShape);
export type PresetConfig = z.infer<typeof presetConfigSchema>;

/** What one version of a preset says. */
export type PresetContent = { systemPrompt: string | null; config: PresetConfig };

/** A preset as requests use it. */
export type UsablePreset = PresetContent & { id: string; slug: string; version: number };

const systemPromptSchema = z.string("must be a string").nullish();

const givenConfigSchema = z.strictObject(configShape).nullish();

const nameSchema = z
  .string("must be a string")
  .trim()
  .min(1, "must not be empty")
  .max(256, "must have at most 256 characters")
  // PostgreSQL takes no NUL in a text, and no name needs the other ones.
  .regex(/^\P{Cc}*$/u, "must not hold control characters");

const descriptionSchema = z
  .string("must be a string")
  .trim()
  .max(2_000, "must have at most 2000 characters")
  .refine((text) => !text.includes("\0"), "must not hold NUL characters");

/** The body of `POST /presets`. */
export const createPresetRequestSchema = z.strictObject({
  slug: presetSlugSchema,
  name: nameSchema.optional(),
  description: descriptionSchema.nullish(),
  system_prompt: systemPromptSchema,
  config: givenConfigSchema,
});

/** The body of `PATCH /presets/{slug}`. What is absent stays as it is. */
export const updatePresetRequestSchema = z.strictObject({
  slug: presetSlugSchema.optional(),
  name: nameSchema.optional(),
  description: descriptionSchema.nullish(),
  status: presetStatusSchema.optional(),
});

/** The body of `POST /presets/{slug}/versions`: new content, or the version that is to be the latest again. */
export const createPresetVersionRequestSchema = z
  .strictObject({
    from_version: z.int("must be the number of a version").min(1, "must be the number of a version").optional(),
    system_prompt: systemPromptSchema,
    config: givenConfigSchema,
  })
  .superRefine(({ from_version, system_prompt, config }, context) => {
    if (from_version === undefined || (system_prompt === undefined && config === undefined)) return;
    const message = "cannot be combined with system_prompt or config: a version is whole";
    context.addIssue({ code: "custom", path: ["from_version"], message });
  });

/** The query of `GET /presets` and `GET /presets/{slug}/versions`. */
export const listPresetsQuerySchema = z.object({
  offset: z.coerce
    .number("must be a whole number from 0")
    .int("must be a whole number from 0")
    .min(0, "must be a whole number from 0")
    .max(2_147_483_647, "is too large")
    .default(0),
  limit: z.coerce
    .number("must be a whole number from 1 to 100")
    .int("must be a whole number from 1 to 100")
    .min(1, "must be a whole number from 1 to 100")
    .max(100, "must be a whole number from 1 to 100")
    .default(50),
});

/** A preset as the public API shows it. */
export const publicPresetSchema = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  status: presetStatusSchema,
  status_updated_at: z.string().nullable(),
  designated_version_id: z.string().nullable(),
  creator_user_id: z.string().nullable(),
  workspace_id: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type PublicPreset = z.infer<typeof publicPresetSchema>;

/** One version of a preset as the public API shows it. */
export const publicPresetVersionSchema = z.object({
  id: z.string(),
  preset_id: z.string(),
  version: z.int(),
  creator_id: z.string(),
  system_prompt: z.string().nullable(),
  config: z.record(z.string(), z.unknown()),
  created_at: z.string(),
  updated_at: z.string(),
});
export type PublicPresetVersion = z.infer<typeof publicPresetVersionSchema>;

/** A preset together with the version that requests use. */
export const publicPresetWithVersionSchema = publicPresetSchema.extend({
  designated_version: publicPresetVersionSchema.nullable(),
});
export type PublicPresetWithVersion = z.infer<typeof publicPresetWithVersionSchema>;
