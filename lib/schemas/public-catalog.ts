import { z } from "zod";
import {
  defaultParametersSchema,
  modalitySchema,
  outputModalitySchema,
  quantizationSchema,
  reasoningEffortSchema,
} from "@/lib/schemas/catalog";

// The shapes of GET /models, /model/…, /models/…/endpoints and /providers. Every key that a known client requires is
// required here, with null where nothing is known. Source: validators of @openrouter/sdk 0.1.27 and 1.3.19 and the
// vendor's OpenAPI document of 2026-08-22, read 2026-11-20.

/** Tokenizer families that clients know. */
export const tokenizerGroupSchema = z.enum([
  "Router",
  "Media",
  "Other",
  "GPT",
  "Claude",
  "Gemini",
  "Gemma",
  "Grok",
  "Cohere",
  "Nova",
  "Qwen",
  "Yi",
  "DeepSeek",
  "Mistral",
  "Llama2",
  "Llama3",
  "Llama4",
  "PaLM",
  "RWKV",
  "Qwen3",
]);

/** Prompt templates that clients know. */
export const instructTypeSchema = z.enum([
  "none",
  "airoboros",
  "alpaca",
  "alpaca-modif",
  "chatml",
  "claude",
  "code-llama",
  "gemma",
  "llama2",
  "llama3",
  "mistral",
  "nemotron",
  "neural",
  "openchat",
  "phi3",
  "rwkv",
  "vicuna",
  "zephyr",
  "deepseek-r1",
  "deepseek-v3.1",
  "qwq",
  "qwen3",
]);

/** Prices that replace the listed ones for prompts of at least `min_prompt_tokens`. */
export const publicPriceOverrideSchema = z.strictObject({
  min_prompt_tokens: z.int().positive(),
  prompt: z.string().optional(),
  completion: z.string().optional(),
  input_cache_read: z.string().optional(),
  input_cache_write: z.string().optional(),
});

/** USD per unit as decimal strings: clients reject numbers here, and strings in `discount`. */
export const publicPricingSchema = z.strictObject({
  prompt: z.string(),
  completion: z.string(),
  request: z.string(),
  image: z.string(),
  web_search: z.string(),
  internal_reasoning: z.string(),
  image_output: z.string().optional(),
  audio: z.string().optional(),
  input_cache_read: z.string().optional(),
  input_cache_write: z.string().optional(),
  discount: z.number().optional(),
  overrides: z.array(publicPriceOverrideSchema).optional(),
});
export type PublicPricing = z.infer<typeof publicPricingSchema>;

export const publicArchitectureSchema = z.strictObject({
  modality: z.string(),
  input_modalities: z.array(modalitySchema),
  output_modalities: z.array(outputModalitySchema),
  tokenizer: tokenizerGroupSchema,
  instruct_type: instructTypeSchema.nullable(),
});
export type PublicArchitecture = z.infer<typeof publicArchitectureSchema>;

export const publicReasoningSchema = z.strictObject({
  mandatory: z.boolean(),
  supported_efforts: z.array(reasoningEffortSchema).nullable(),
  supports_max_tokens: z.boolean(),
});
export type PublicReasoning = z.infer<typeof publicReasoningSchema>;

export const publicModelSchema = z.strictObject({
  id: z.string(),
  canonical_slug: z.string(),
  hugging_face_id: z.string(),
  name: z.string(),
  created: z.int(),
  description: z.string(),
  context_length: z.int(),
  architecture: publicArchitectureSchema,
  pricing: publicPricingSchema,
  top_provider: z.strictObject({
    context_length: z.int().nullable(),
    max_completion_tokens: z.int().nullable(),
    is_moderated: z.boolean(),
  }),
  per_request_limits: z.null(),
  supported_parameters: z.array(z.string()),
  default_parameters: defaultParametersSchema,
  supported_voices: z.null(),
  expiration_date: z.string().nullable(),
  knowledge_cutoff: z.string().nullable(),
  links: z.strictObject({ details: z.string() }),
  /** Present where the model has options for reasoning. */
  reasoning: publicReasoningSchema.optional(),
  /** Present on aliases. */
  alias_target: z.strictObject({ slug: z.string(), name: z.string() }).optional(),
});
export type PublicModel = z.infer<typeof publicModelSchema>;

export const publicModelListSchema = z.strictObject({
  data: z.array(publicModelSchema),
  /** Models on all pages together. */
  total_count: z.int().nonnegative(),
  links: z.strictObject({ next: z.string().nullable() }),
});
export type PublicModelList = z.infer<typeof publicModelListSchema>;

export const percentilesSchema = z.strictObject({ p50: z.number(), p75: z.number(), p90: z.number(), p99: z.number() });

export const publicEndpointSchema = z.strictObject({
  name: z.string(),
  model_id: z.string(),
  model_name: z.string(),
  context_length: z.int(),
  pricing: publicPricingSchema.required({ discount: true }),
  provider_name: z.string(),
  tag: z.string(),
  quantization: quantizationSchema,
  max_completion_tokens: z.int().nullable(),
  max_prompt_tokens: z.int().nullable(),
  supported_parameters: z.array(z.string()),
  /** 0: in service. */
  status: z.literal(0),
  uptime_last_5m: z.number().nullable(),
  uptime_last_30m: z.number().nullable(),
  uptime_last_1d: z.number().nullable(),
  supports_implicit_caching: z.boolean(),
  supports_tool_choice: z.strictObject({
    auto: z.boolean(),
    none: z.boolean(),
    required: z.boolean(),
    function: z.boolean(),
  }),
  latency_last_30m: percentilesSchema.nullable(),
  throughput_last_30m: percentilesSchema.nullable(),
});
export type PublicEndpoint = z.infer<typeof publicEndpointSchema>;

export const publicEndpointListSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  created: z.int(),
  description: z.string(),
  architecture: publicArchitectureSchema,
  endpoints: z.array(publicEndpointSchema),
});
export type PublicEndpointList = z.infer<typeof publicEndpointListSchema>;

export const publicProviderSchema = z.strictObject({
  name: z.string(),
  slug: z.string(),
  privacy_policy_url: z.string().nullable(),
  terms_of_service_url: z.string().nullable(),
  status_page_url: z.string().nullable(),
  headquarters: z.string().nullable(),
  datacenters: z.array(z.string()).nullable(),
});
export type PublicProvider = z.infer<typeof publicProviderSchema>;
