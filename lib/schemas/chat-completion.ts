import { z } from "zod";
import { reasoningDetailSchema } from "./chat-request";
import { routerMetadataSchema } from "./router-metadata";

export const finishReasonSchema = z.enum(["stop", "length", "tool_calls", "content_filter", "error"]);
export type FinishReason = z.infer<typeof finishReasonSchema>;

const tokenLogprobSchema = z.looseObject({
  token: z.string(),
  logprob: z.number(),
  bytes: z.array(z.number()).nullable(),
  top_logprobs: z.array(
    z.looseObject({ token: z.string(), logprob: z.number(), bytes: z.array(z.number()).nullable() }),
  ),
});
export const logprobsSchema = z.object({
  content: z.array(tokenLogprobSchema).nullable(),
  refusal: z.array(tokenLogprobSchema).nullable(),
});
export type Logprobs = z.infer<typeof logprobsSchema>;

export const toolCallDeltaSchema = z.object({
  /** Position of the call in the message; all fragments of one call share it. */
  index: z.int().nonnegative(),
  id: z.string().optional(),
  type: z.literal("function").optional(),
  function: z.object({ name: z.string().optional(), arguments: z.string().optional() }),
});
export type ToolCallDelta = z.infer<typeof toolCallDeltaSchema>;

export const generatedImageSchema = z.object({
  type: z.literal("image_url"),
  image_url: z.object({ url: z.string() }),
  index: z.int().optional(),
});
export type GeneratedImage = z.infer<typeof generatedImageSchema>;

export const annotationSchema = z.looseObject({ type: z.string() });
export type Annotation = z.infer<typeof annotationSchema>;

/** The annotation that cites a page of the web. */
export const urlCitationSchema = z.looseObject({
  type: z.literal("url_citation"),
  url_citation: z.looseObject({
    url: z.string(),
    title: z.string().optional(),
    content: z.string().optional(),
    /** Where in the text the citation stands, in characters. */
    start_index: z.int().optional(),
    end_index: z.int().optional(),
  }),
});

/** Audio made by a model; fields arrive one after another in a stream. */
export const generatedAudioSchema = z.looseObject({
  id: z.string().optional(),
  data: z.string().optional(),
  transcript: z.string().optional(),
  expires_at: z.number().optional(),
});
export type GeneratedAudio = z.infer<typeof generatedAudioSchema>;

/** What one streamed piece adds to the message. */
export const chatDeltaSchema = z.object({
  role: z.literal("assistant").optional(),
  content: z.string().nullable().optional(),
  reasoning: z.string().nullable().optional(),
  reasoning_details: z.array(reasoningDetailSchema).optional(),
  refusal: z.string().nullable().optional(),
  tool_calls: z.array(toolCallDeltaSchema).optional(),
  images: z.array(generatedImageSchema).optional(),
  audio: generatedAudioSchema.optional(),
  annotations: z.array(annotationSchema).optional(),
});
export type ChatDelta = z.infer<typeof chatDeltaSchema>;

export const usageSchema = z.object({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
  /** USD charged to the account. */
  cost: z.number(),
  is_byok: z.boolean(),
  prompt_tokens_details: z.object({
    cached_tokens: z.int(),
    cache_write_tokens: z.int(),
    audio_tokens: z.int(),
    video_tokens: z.int(),
  }),
  cost_details: z.object({
    upstream_inference_cost: z.number().nullable(),
    upstream_inference_prompt_cost: z.number(),
    upstream_inference_completions_cost: z.number(),
    /** USD for searches of the web; absent where there were none. */
    server_tool_cost: z.number().optional(),
    /** Ours: USD for pages that were read by OCR. Absent: none were. */
    file_parser_cost: z.number().optional(),
  }),
  completion_tokens_details: z.object({
    reasoning_tokens: z.int(),
    image_tokens: z.int(),
    audio_tokens: z.int(),
  }),
  server_tool_use_details: z.object({ web_search_requests: z.int() }).optional(),
  /** Ours: the counts are our own, because the provider gave none. */
  estimated: z.literal(true).optional(),
});
export type Usage = z.infer<typeof usageSchema>;

export const errorBodySchema = z.object({
  code: z.int(),
  message: z.string(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

/** The body of an error response. */
export const errorResponseSchema = z.object({ error: errorBodySchema, user_id: z.string().nullable().optional() });

export const chatCompletionChunkSchema = z.object({
  id: z.string(),
  object: z.literal("chat.completion.chunk"),
  created: z.int(),
  model: z.string(),
  provider: z.string(),
  // Must be absent when unknown: the official SDK refuses null here, and refuses its absence in the whole answer below.
  system_fingerprint: z.string().optional(),
  service_tier: z.string().nullable().optional(),
  choices: z.array(
    z.object({
      index: z.literal(0),
      delta: chatDeltaSchema,
      finish_reason: finishReasonSchema.nullable(),
      native_finish_reason: z.string().nullable(),
      logprobs: logprobsSchema.nullable(),
    }),
  ),
  usage: usageSchema.optional(),
  openrouter_metadata: routerMetadataSchema.optional(),
  error: errorBodySchema.optional(),
});
export type ChatCompletionChunk = z.infer<typeof chatCompletionChunkSchema>;

export const chatCompletionSchema = z.object({
  id: z.string(),
  object: z.literal("chat.completion"),
  created: z.int(),
  model: z.string(),
  provider: z.string(),
  system_fingerprint: z.string().nullable(),
  service_tier: z.string().nullable().optional(),
  choices: z.array(
    z.object({
      index: z.literal(0),
      logprobs: logprobsSchema.nullable(),
      finish_reason: finishReasonSchema.nullable(),
      native_finish_reason: z.string().nullable(),
      message: z.object({
        role: z.literal("assistant"),
        content: z.string().nullable(),
        refusal: z.string().nullable(),
        reasoning: z.string().nullable(),
        reasoning_details: z.array(reasoningDetailSchema).optional(),
        tool_calls: z
          .array(
            z.object({
              id: z.string(),
              type: z.literal("function"),
              index: z.int(),
              function: z.object({ name: z.string(), arguments: z.string() }),
            }),
          )
          .optional(),
        images: z.array(generatedImageSchema).optional(),
        audio: generatedAudioSchema.optional(),
        annotations: z.array(annotationSchema).optional(),
      }),
      error: errorBodySchema.optional(),
    }),
  ),
  usage: usageSchema,
  openrouter_metadata: routerMetadataSchema.optional(),
});
export type ChatCompletion = z.infer<typeof chatCompletionSchema>;
