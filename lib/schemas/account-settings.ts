import { z } from "zod";

/** What decides the order of endpoints when a request does not say. */
export const defaultSortSchema = z.enum(["price", "throughput", "latency"], {
  error: 'must be "price", "throughput", "latency" or null',
});

/** A plugin as an account has it set for all of its requests. */
export const pluginDefaultSchema = z.object({
  id: z.string(),
  /** `false`: off, even where the plugin would be on by itself. */
  enabled: z.boolean(),
  /** A request can neither switch it nor configure it. */
  preventOverrides: z.boolean(),
  config: z.record(z.string(), z.unknown()),
});
export type PluginDefault = z.infer<typeof pluginDefaultSchema>;

/** What an account has set for all of its requests. */
export const accountSettingsSchema = z.object({
  /** Endpoints that cost something may be at providers that train on prompts, or may store them. */
  allowTrainingPaid: z.boolean(),
  /** The same of free endpoints. */
  allowTrainingFree: z.boolean(),
  zeroDataRetention: z.boolean(),
  logContent: z.boolean(),
  defaultModel: z.string().nullable(),
  defaultSort: defaultSortSchema.nullable(),
  /** Provider slugs, endpoint tags or display names; empty: every provider. */
  allowedProviders: z.array(z.string()),
  ignoredProviders: z.array(z.string()),
  /** A request may narrow the allowed providers and not add to them. */
  lockAllowedProviders: z.boolean(),
  plugins: z.array(pluginDefaultSchema),
});
export type AccountSettings = z.infer<typeof accountSettingsSchema>;

/** What an account has that never set anything. */
export const DEFAULT_ACCOUNT_SETTINGS: AccountSettings = {
  allowTrainingPaid: true,
  allowTrainingFree: true,
  zeroDataRetention: false,
  logContent: false,
  defaultModel: null,
  defaultSort: null,
  allowedProviders: [],
  ignoredProviders: [],
  lockAllowedProviders: false,
  plugins: [],
};

/** The answer of `GET /settings`, in wire names. */
export const publicSettingsSchema = z.object({
  privacy: z.object({
    allow_training_paid: z.boolean(),
    allow_training_free: z.boolean(),
    zdr: z.boolean(),
    log_content: z.boolean(),
  }),
  preferences: z.object({
    default_model: z.string().nullable(),
    default_sort: defaultSortSchema.nullable(),
    allowed_providers: z.array(z.string()),
    ignored_providers: z.array(z.string()),
    lock_allowed_providers: z.boolean(),
  }),
  plugins: z.array(z.looseObject({ id: z.string(), enabled: z.boolean(), prevent_overrides: z.boolean() })),
});
export type PublicSettings = z.infer<typeof publicSettingsSchema>;

const MAX_PROVIDERS = 200;
const MAX_PLUGINS = 32;
/** Every process keeps the settings of busy accounts in memory. */
const MAX_PLUGIN_CHARS = 16_384;

const switchSchema = z.boolean("must be true, false or null").nullish();

const providersSchema = z
  .array(z.string("must be the name of a provider").min(1, "must not be empty").max(128))
  .max(MAX_PROVIDERS)
  .nullish();

const pluginsSchema = z
  .array(
    z
      .looseObject({
        id: z.string("must be the id of a plugin").min(1, "must not be empty"),
        enabled: z.boolean("must be true or false").optional(),
        prevent_overrides: z.boolean("must be true or false").optional(),
      })
      .refine((plugin) => JSON.stringify(plugin).length <= MAX_PLUGIN_CHARS, {
        error: `must have at most ${MAX_PLUGIN_CHARS} characters of JSON`,
      }),
  )
  .max(MAX_PLUGINS)
  .superRefine((plugins, context) => {
    const ids = plugins.map(({ id }) => id);
    for (const [index, id] of ids.entries()) {
      if (ids.indexOf(id) === index) continue;
      context.addIssue({ code: "custom", path: [index, "id"], message: `"${id}" is in the list already` });
    }
  })
  .nullish();

/** The body of `PATCH /settings`. What is absent stays as it is, `null` goes back to the default. */
export const updateSettingsRequestSchema = z.strictObject({
  privacy: z
    .strictObject({
      allow_training_paid: switchSchema,
      allow_training_free: switchSchema,
      zdr: switchSchema,
      log_content: switchSchema,
    })
    .nullish(),
  preferences: z
    .strictObject({
      default_model: z.string("must be the id of a model, or null").min(1, "must not be empty").max(512).nullish(),
      default_sort: defaultSortSchema.nullish(),
      allowed_providers: providersSchema,
      ignored_providers: providersSchema,
      lock_allowed_providers: switchSchema,
    })
    .nullish(),
  plugins: pluginsSchema,
});
export type UpdateSettingsRequest = z.infer<typeof updateSettingsRequestSchema>;
