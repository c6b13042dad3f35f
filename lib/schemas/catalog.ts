import { z } from "zod";

/** A price in USD per unit (token, request, image) as an exact decimal string; "-1" marks a price that depends on the route. */
const decimalSchema = z
  .string()
  .regex(/^(-1|\d+(\.\d{1,24})?)$/, 'must be a decimal number in USD without sign or exponent, or "-1"');

export const modalitySchema = z.enum(["text", "image", "file", "audio", "video"]);
export const outputModalitySchema = z.enum(["text", "image", "audio", "embeddings", "rerank"]);

/** Wire protocols a provider may speak. Only those with an adapter in `lib/providers` can be called. */
export const protocolSchema = z.enum([
  "openai-compatible",
  "anthropic",
  "gemini",
  "vertex",
  "bedrock",
  "azure",
  "cohere",
  "ollama",
]);
export type Protocol = z.infer<typeof protocolSchema>;

export const quantizationSchema = z.enum([
  "int4",
  "int8",
  "fp4",
  "mxfp4",
  "nvfp4",
  "fp6",
  "fp8",
  "mxfp8",
  "fp16",
  "bf16",
  "fp32",
  "unknown",
]);
export type Quantization = z.infer<typeof quantizationSchema>;

/** Prices that replace the base ones once a prompt has at least `minPromptTokens` tokens. */
export const priceTierSchema = z.strictObject({
  minPromptTokens: z.int().positive(),
  prompt: decimalSchema.optional(),
  completion: decimalSchema.optional(),
  inputCacheRead: decimalSchema.optional(),
  inputCacheWrite: decimalSchema.optional(),
});

/** USD per unit: tokens for all but `request` (per request) and `webSearch` (per search). */
export const priceListSchema = z.strictObject({
  prompt: decimalSchema,
  completion: decimalSchema,
  inputCacheRead: decimalSchema.optional(),
  inputCacheWrite: decimalSchema.optional(),
  internalReasoning: decimalSchema.optional(),
  image: decimalSchema.optional(),
  imageOutput: decimalSchema.optional(),
  audio: decimalSchema.optional(),
  request: decimalSchema.optional(),
  webSearch: decimalSchema.optional(),
  /** Fraction (0 to 1) by which the listed prices are already lower than the provider's usual ones. */
  discount: z.number().min(0).max(1).optional(),
  tiers: z.array(priceTierSchema).optional(),
});
export type PriceList = z.infer<typeof priceListSchema>;

/** Which http(s) addresses of videos are taken: any, those of YouTube only, or none. */
export const videoUrlPolicySchema = z.enum(["any", "youtube", "none"]);

export const providerFactSchema = z.strictObject({
  slug: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  name: z.string().min(1),
  /** `aggregator`: sells on what other providers serve, and is asked after them. */
  kind: z.enum(["hosted", "local", "aggregator"]),
  headquarters: z.string().length(2).optional(),
  datacenters: z.array(z.string().length(2)).optional(),
  privacyPolicyUrl: z.url().optional(),
  termsOfServiceUrl: z.url().optional(),
  statusPageUrl: z.url().optional(),
  /** `null`: nothing is known, so the provider counts as one that retains prompts and may train on them. */
  dataPolicy: z
    .strictObject({
      trains: z.boolean(),
      retainsPrompts: z.boolean(),
      zeroDataRetention: z.boolean(),
      /** Absent: the time for which prompts are kept is not known, or they are not kept. */
      retentionDays: z.int().positive().optional(),
      /** The provider wants an opaque id of the end user with each request. */
      requiresUserIds: z.boolean().optional(),
      source: z.string().optional(),
      asOf: z.string().optional(),
    })
    .nullable(),
  protocol: protocolSchema,
  /** The most messages that a request may have, as far as such a limit is known. */
  maxMessages: z.int().positive().optional(),
  /** Absent: the operator must give one in `<PROVIDER>_BASE_URL`. May hold `${VARIABLE}` placeholders. */
  baseUrl: z
    .string()
    .regex(/^https?:\/\/\S*[^\s/]$/, "must be an http(s) address without a slash at its end")
    .optional(),
  /** Customary names of environment variables that hold the provider's key, or the parts of it. */
  keyVariables: z.array(z.string()),
  /** Names of variables that look like its own and belong to another provider. */
  foreignVariables: z.array(z.string()).optional(),
  /** Names of environment variables that hold what the provider needs besides a key: account, project, region. */
  settingVariables: z.array(z.string()).optional(),
  /** Where the provider lists its models. */
  docsUrl: z.url().optional(),
  /** Which addresses of videos its endpoints take in place of the video. Absent: any. */
  videoUrls: videoUrlPolicySchema.optional(),
});
export type ProviderFact = z.infer<typeof providerFactSchema>;

export const reasoningEffortSchema = z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"]);

export const reasoningFactSchema = z.strictObject({
  efforts: z.array(reasoningEffortSchema).min(1).optional(),
  /** The model can be asked not to reason. */
  toggle: z.boolean().optional(),
  /** The model takes a budget of reasoning tokens. */
  budget: z.boolean().optional(),
  minBudgetTokens: z.int().nonnegative().optional(),
  maxBudgetTokens: z.int().positive().optional(),
  mandatory: z.boolean().optional(),
});

/** Values that a provider uses when a request leaves the parameter out. */
export const defaultParametersSchema = z.strictObject({
  temperature: z.number().optional(),
  top_p: z.number().optional(),
  top_k: z.int().optional(),
  frequency_penalty: z.number().optional(),
  presence_penalty: z.number().optional(),
  repetition_penalty: z.number().optional(),
});

/** What the vendor charges for one generated picture, where it does not bill by token. */
export const imagePriceSchema = z.strictObject({
  unit: z.enum(["image", "megapixel"]),
  /** The first unit of a picture. */
  first: decimalSchema,
  /** Each further unit of the same picture. */
  next: decimalSchema.optional(),
  /** Each unit of a picture in the prompt. */
  input: decimalSchema.optional(),
});

const benchmarksSchema = z.strictObject({
  /** Indices of Artificial Analysis, 0 to 100. */
  intelligence: z.number().nonnegative().optional(),
  coding: z.number().nonnegative().optional(),
  agentic: z.number().nonnegative().optional(),
  /** Share of tool calls that were right, 0 to 1. */
  toolSuccess: z.number().min(0).max(1).optional(),
  /** Elo of Design Arena. */
  designArena: z.number().nonnegative().optional(),
});

export const modelFactSchema = z.strictObject({
  id: z.string().regex(/^~?[a-z0-9.-]+\/[a-z0-9._-]+(:[a-z0-9-]+)?$/),
  canonicalSlug: z.string(),
  name: z.string().min(1),
  /** Seconds since 1970 at which the model was listed. */
  createdSeconds: z.int().nonnegative(),
  description: z.string().optional(),
  contextTokens: z.int().nonnegative(),
  /** Context window at the provider that is listed first. Absent: the same as `contextTokens`. */
  topProviderContextTokens: z.int().positive().optional(),
  maxOutputTokens: z.int().positive().optional(),
  inputModalities: z.array(modalitySchema).min(1),
  outputModalities: z.array(outputModalitySchema).min(1),
  tokenizer: z.string(),
  instructType: z.string().optional(),
  prices: priceListSchema,
  imagePrice: imagePriceSchema.optional(),
  supportedParameters: z.array(z.string()),
  defaultParameters: defaultParametersSchema.optional(),
  huggingFaceId: z.string().optional(),
  knowledgeCutoff: z.string().optional(),
  expirationDate: z.string().optional(),
  isModerated: z.boolean(),
  status: z.enum(["active", "legacy", "alias", "router"]),
  /** The model that an alias stands for. */
  aliasOf: z.string().optional(),
  /** The model that this entry is a static variant of (`:free`, `:thinking`, `:exacto`). */
  variantOf: z.string().optional(),
  openWeights: z.boolean().optional(),
  /** Whether the author lets others train models on what this one writes. Absent: not known, which counts as no. */
  distillation: z.strictObject({ allowed: z.boolean(), source: z.string() }).optional(),
  /** Tags of the endpoints that are known for reliable tool calls: the ones that serve this model's `:exacto`. */
  exactoEndpoints: z.array(z.string()).optional(),
  reasoning: reasoningFactSchema.optional(),
  /** What others measured. None is shipped; an operator may add it in an override. */
  benchmarks: benchmarksSchema.optional(),
  /** Names of fields of this entry that were inferred, not read from a source. */
  approximate: z.array(z.string()).optional(),
});
export type ModelFact = z.infer<typeof modelFactSchema>;

export const endpointFactSchema = z.strictObject({
  model: z.string(),
  provider: z.string(),
  /** Unique within its model: the provider's slug, or `slug/variant`. */
  tag: z.string(),
  /** The provider's own name of the model. */
  upstreamId: z.string(),
  quantization: quantizationSchema,
  region: z.string().optional(),
  contextTokens: z.int().nonnegative(),
  maxOutputTokens: z.int().positive().optional(),
  maxPromptTokens: z.int().positive().optional(),
  prices: priceListSchema,
  supportedParameters: z.array(z.string()),
  supportsImplicitCaching: z.boolean(),
  /** Where this endpoint takes other input than its model does. Absent: the same. */
  inputModalities: z.array(modalitySchema).min(1).optional(),
  /** Where this endpoint gives other output than its model does. Absent: the same. */
  outputModalities: z.array(outputModalitySchema).min(1).optional(),
  /** Where this endpoint differs from its provider. */
  videoUrls: videoUrlPolicySchema.optional(),
});
export type EndpointFact = z.infer<typeof endpointFactSchema>;
