import { z } from "zod";
import { chargeSchema } from "./ledger";
import { publicRouteSchema } from "./public-route";
import { routeRecordSchema } from "./route-record";

/** A generation in a list of our own pages. */
export const generationSummarySchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  requestedModel: z.string(),
  modelId: z.string(),
  /** `null`: no provider was reached. */
  providerName: z.string().nullable(),
  providerSlug: z.string().nullable(),
  endpointTag: z.string().nullable(),
  /** `null`: made in the chatroom, without a key. */
  keyHash: z.string().nullable(),
  /** `null` too where the key was removed for good. */
  keyLabel: z.string().nullable(),
  keyName: z.string().nullable(),
  /** The program that asked, as it calls itself. */
  app: z.string().nullable(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  reasoningTokens: z.number().int(),
  cachedTokens: z.number().int(),
  /** Exact decimal. */
  costUsd: z.string(),
  estimated: z.boolean(),
  insured: z.boolean(),
  sandbox: z.boolean(),
  isByok: z.boolean(),
  state: z.string(),
  finishReason: z.string().nullable(),
  firstTokenMs: z.number().int().nullable(),
  generationMs: z.number().int().nullable(),
  /** Completion tokens per second after the first content; `null` when there is nothing to divide. */
  tokensPerSecond: z.number().nullable(),
  streamed: z.boolean(),
});
export type GenerationSummary = z.infer<typeof generationSummarySchema>;

/** All that our own pages know of a generation, its charge apart. */
export const generationDetailSchema = generationSummarySchema.extend({
  apiType: z.string(),
  nativeFinishReason: z.string().nullable(),
  upstreamId: z.string().nullable(),
  cacheWriteTokens: z.number().int(),
  imageTokens: z.number().int(),
  audioTokens: z.number().int(),
  /** What the provider took, of a key of the account's own; exact decimal. */
  upstreamCostUsd: z.string().nullable(),
  /** From the arrival to the last attempt, attempts that failed before it included. */
  gatewayMs: z.number().int().nullable(),
  httpReferer: z.string().nullable(),
  userAgent: z.string().nullable(),
  externalUser: z.string().nullable(),
  sessionId: z.string().nullable(),
  serviceTier: z.string().nullable(),
  route: routeRecordSchema,
});
export type GenerationDetail = z.infer<typeof generationDetailSchema>;

/** The same with its charge; `null` when there is none. */
export const chargedGenerationSchema = generationDetailSchema.extend({ charge: chargeSchema.nullable() });
export type ChargedGeneration = z.infer<typeof chargedGenerationSchema>;

/** Newest first. */
export type GenerationPage = {
  rows: GenerationSummary[];
  /** Where the page of newer ones ends; `null` on the first. */
  newerCursor: string | null;
  /** Where the page of older ones starts; `null` on the last. */
  olderCursor: string | null;
};

const providerResponseSchema = z.object({
  endpoint_id: z.string().optional(),
  is_byok: z.boolean().optional(),
  latency: z.number().optional(),
  model_permaslug: z.string().optional(),
  provider_name: z.string().optional(),
  status: z.number().int().nullable(),
});

/** The answer of `GET /generation`. Amounts are USD, times milliseconds. */
export const generationResponseSchema = z.object({
  data: z.object({
    id: z.string(),
    request_id: z.string().nullable(),
    upstream_id: z.string().nullable(),
    total_cost: z.number(),
    cache_discount: z.number().nullable(),
    upstream_inference_cost: z.number().nullable(),
    created_at: z.string(),
    model: z.string(),
    app_id: z.number().int().nullable(),
    streamed: z.boolean(),
    cancelled: z.boolean(),
    provider_name: z.string().nullable(),
    latency: z.number().nullable(),
    moderation_latency: z.number().nullable(),
    generation_time: z.number().nullable(),
    finish_reason: z.string().nullable(),
    tokens_prompt: z.number().int(),
    tokens_completion: z.number().int(),
    native_tokens_prompt: z.number().int(),
    native_tokens_completion: z.number().int(),
    native_tokens_completion_images: z.number().int(),
    native_tokens_reasoning: z.number().int(),
    native_tokens_cached: z.number().int(),
    num_media_prompt: z.number().int().nullable(),
    num_input_audio_prompt: z.number().int().nullable(),
    num_media_completion: z.number().int().nullable(),
    num_search_results: z.number().int().nullable(),
    num_fetches: z.number().int().nullable(),
    origin: z.string(),
    usage: z.number(),
    is_byok: z.boolean(),
    native_finish_reason: z.string().nullable(),
    external_user: z.string().nullable(),
    api_type: z.string(),
    router: z.string().nullable(),
    provider_responses: z.array(providerResponseSchema),
    data_region: z.string(),
    http_referer: z.string().nullable(),
    user_agent: z.string().nullable(),
    service_tier: z.string().nullable(),
    preset_id: z.string().nullable(),
    session_id: z.string().nullable(),
    web_search_engine: z.string().nullable(),
    workspace_id: z.string(),
    response_cache_source_id: z.string().nullable(),
    /** Ours: how the endpoint was chosen. */
    route: publicRouteSchema,
  }),
});
export type GenerationResponse = z.infer<typeof generationResponseSchema>;
