import { z } from "zod";
import { reasoningEffortSchema } from "./catalog";
import { jsonSchemaProblem } from "./json-schema";
import { imageUrlSchema, inputAudioSchema, videoUrlSchema } from "./media-url";
import { providerPreferencesSchema } from "./provider-preferences";
import { webSearchOptionsSchema } from "./web-search";

// Limits on what one request may hold. They bound our own work, not a model's context.
export const MAX_MESSAGES = 10_000;
export const MAX_PARTS_PER_MESSAGE = 2_000;
export const MAX_TOOLS = 1_024;
export const MAX_FALLBACK_MODELS = 64;

export const cacheControlSchema = z.looseObject({ type: z.literal("ephemeral"), ttl: z.string().optional() }).nullish();

const textPartSchema = z.looseObject({
  type: z.literal("text"),
  text: z.string(),
  cache_control: cacheControlSchema,
});

const imagePartSchema = z.looseObject({
  type: z.literal("image_url"),
  image_url: z.looseObject({ url: imageUrlSchema, detail: z.string().nullish() }),
});

const filePartSchema = z.looseObject({
  type: z.literal("file"),
  file: z.looseObject({
    filename: z.string().nullish(),
    file_data: z.string().nullish(),
    file_id: z.string().nullish(),
  }),
});

const audioPartSchema = z.looseObject({
  type: z.literal("input_audio"),
  input_audio: inputAudioSchema,
});

const videoPartSchema = z.looseObject({
  type: z.literal("video_url"),
  video_url: z.looseObject({ url: videoUrlSchema }),
});

/** The older name of a video part. */
const legacyVideoPartSchema = z.looseObject({
  type: z.literal("input_video"),
  video_url: z.looseObject({ url: videoUrlSchema }),
});

export const contentPartSchema = z.discriminatedUnion("type", [
  textPartSchema,
  imagePartSchema,
  filePartSchema,
  audioPartSchema,
  videoPartSchema,
  legacyVideoPartSchema,
]);
export type ContentPart = z.infer<typeof contentPartSchema>;

const contentSchema = z.union([z.string(), z.array(contentPartSchema).max(MAX_PARTS_PER_MESSAGE)], {
  error: "must be a string or an array of content parts",
});
export type MessageContent = z.infer<typeof contentSchema>;

export const toolCallSchema = z.looseObject({
  id: z.string(),
  type: z.literal("function").default("function"),
  function: z.looseObject({ name: z.string().min(1), arguments: z.string() }),
  cache_control: cacheControlSchema,
});
export type ToolCall = z.infer<typeof toolCallSchema>;

/** A piece of reasoning as providers give it. Signed or encrypted pieces must go back exactly as they came. */
export const reasoningDetailSchema = z.looseObject({
  type: z.string(),
  text: z.string().nullish(),
  summary: z.string().nullish(),
  data: z.string().nullish(),
  signature: z.string().nullish(),
  id: z.string().nullish(),
  format: z.string().nullish(),
  index: z.number().nullish(),
});
export type ReasoningDetail = z.infer<typeof reasoningDetailSchema>;

const systemMessageSchema = z.looseObject({ role: z.literal("system"), content: contentSchema });
const developerMessageSchema = z.looseObject({ role: z.literal("developer"), content: contentSchema });
const userMessageSchema = z.looseObject({ role: z.literal("user"), content: contentSchema });
const assistantMessageSchema = z.looseObject({
  role: z.literal("assistant"),
  content: contentSchema.nullish(),
  tool_calls: z.array(toolCallSchema).nullish(),
  reasoning: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning_details: z.array(reasoningDetailSchema).nullish(),
  refusal: z.string().nullish(),
});
const toolMessageSchema = z.looseObject({
  role: z.literal("tool"),
  tool_call_id: z.string().min(1),
  content: contentSchema,
  /** The call failed, and the content says how. */
  is_error: z.boolean().nullish(),
  cache_control: cacheControlSchema,
});

export const chatMessageSchema = z.discriminatedUnion("role", [
  systemMessageSchema,
  developerMessageSchema,
  userMessageSchema,
  assistantMessageSchema,
  toolMessageSchema,
]);
export type ChatMessage = z.infer<typeof chatMessageSchema>;
export type AssistantMessage = z.infer<typeof assistantMessageSchema>;

const functionToolSchema = z.looseObject({
  type: z.literal("function"),
  function: z.looseObject({
    name: z
      .string()
      .min(1)
      .max(64)
      .regex(/^[A-Za-z0-9_.-]+$/, "may hold letters, digits, underscore, dot and dash only"),
    description: z.string().nullish(),
    parameters: z.record(z.string(), z.unknown()).nullish(),
    strict: z.boolean().nullish(),
  }),
  cache_control: cacheControlSchema,
});
export type FunctionTool = z.infer<typeof functionToolSchema>;

/** Tools that a provider or a plugin runs itself, known by their type alone. */
const otherToolSchema = z.looseObject({
  type: z
    .string()
    .min(1)
    // Aborting: otherwise the union takes a function tool for an almost good one of these, and tells of the wrong fault.
    .refine((type) => type !== "function", { abort: true }),
});

export const toolSchema = z.union([functionToolSchema, otherToolSchema]);

export const toolChoiceSchema = z.union(
  [
    z.enum(["none", "auto", "required"]),
    z.looseObject({ type: z.literal("function"), function: z.looseObject({ name: z.string().min(1) }) }),
    otherToolSchema,
  ],
  { error: 'must be "none", "auto", "required" or {type: "function", function: {name}}' },
);

/** A JSON Schema that an answer is to fit: whatever every dialect takes. */
export const answerSchemaSchema = z.record(z.string(), z.unknown()).superRefine((schema, context) => {
  const problem = jsonSchemaProblem(schema);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});

/** What an answer's schema is called, in every dialect. */
export const formatNameSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/, "may hold letters, digits, underscore and dash only");

export const responseFormatSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text") }),
  z.looseObject({ type: z.literal("json_object") }),
  z.looseObject({
    type: z.literal("json_schema"),
    json_schema: z.looseObject({
      name: formatNameSchema,
      description: z.string().nullish(),
      schema: answerSchemaSchema.nullish(),
      strict: z.boolean().nullish(),
    }),
  }),
  z.looseObject({ type: z.literal("grammar"), grammar: z.string() }),
  z.looseObject({ type: z.literal("python") }),
]);
export type ResponseFormat = z.infer<typeof responseFormatSchema>;

const reasoningSchema = z.looseObject({
  effort: reasoningEffortSchema.nullish(),
  max_tokens: z.int().min(1).nullish(),
  exclude: z.boolean().nullish(),
  enabled: z.boolean().nullish(),
  summary: z.enum(["auto", "concise", "detailed"]).nullish(),
});

export const pluginSchema = z.looseObject({ id: z.string().min(1), enabled: z.boolean().nullish() });

const tokenLimitSchema = z.int().min(1).nullish();

/**
 * The body of `POST /chat/completions`. What we act on is checked; fields we do not know stay in the value and are
 * passed on to the provider.
 */
export const chatRequestSchema = z.looseObject({
  model: z.string().min(1).max(512).nullish(),
  models: z.array(z.string().min(1).max(512)).max(MAX_FALLBACK_MODELS).nullish(),
  route: z.enum(["fallback", "sort"]).nullish(),
  preset: z.string().min(1).max(256).nullish(),
  messages: z.array(chatMessageSchema).min(1, "must hold at least one message").max(MAX_MESSAGES),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: tokenLimitSchema,
  max_completion_tokens: tokenLimitSchema,
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: z.int().min(0).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  top_a: z.number().min(0).max(1).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  repetition_penalty: z.number().min(0).max(2).nullish(),
  seed: z.int().nullish(),
  stop: z
    .union([z.string(), z.array(z.string()).max(16)], { error: "must be a string or an array of at most 16 strings" })
    .nullish(),
  logit_bias: z.record(z.string(), z.number().min(-100).max(100)).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  n: z.literal(1, "only one choice per request is supported").nullish(),
  tools: z.array(toolSchema).max(MAX_TOOLS).nullish(),
  tool_choice: toolChoiceSchema.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: responseFormatSchema.nullish(),
  structured_outputs: z.boolean().nullish(),
  reasoning: reasoningSchema.nullish(),
  reasoning_effort: reasoningEffortSchema.nullish(),
  include_reasoning: z.boolean().nullish(),
  modalities: z.array(z.enum(["text", "image", "audio"])).nullish(),
  image_config: z.record(z.string(), z.unknown()).nullish(),
  audio: z.looseObject({}).nullish(),
  prediction: z.looseObject({ type: z.literal("content") }).nullish(),
  provider: providerPreferencesSchema.nullish(),
  plugins: z
    .union([z.array(pluginSchema).max(32), z.record(z.string(), z.looseObject({ enabled: z.boolean().nullish() }))], {
      error: "must be an array of {id, …}",
    })
    .nullish(),
  transforms: z.array(z.literal("middle-out")).nullish(),
  user: z.string().max(512).nullish(),
  session_id: z.string().max(256).nullish(),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullish(),
  trace: z.looseObject({}).nullish(),
  service_tier: z.enum(["auto", "default", "fast", "flex", "priority", "scale"]).nullish(),
  prompt_cache_key: z.string().max(512).nullish(),
  verbosity: z.enum(["low", "medium", "high", "xhigh", "max"]).nullish(),
  usage: z.looseObject({ include: z.boolean().nullish() }).nullish(),
  debug: z.looseObject({ echo_upstream_body: z.boolean().nullish() }).nullish(),
  cache_control: cacheControlSchema,
  web_search_options: webSearchOptionsSchema.nullish(),
});
export type ChatRequest = z.infer<typeof chatRequestSchema>;

/**
 * Parameters that the catalog lists per endpoint, so that a list without them means that they are not taken. Of others
 * (`user`, `service_tier`, fields newer than we are) the lists say nothing.
 */
export const LISTED_PARAMETERS = [
  "temperature",
  "top_p",
  "top_k",
  "min_p",
  "top_a",
  "frequency_penalty",
  "presence_penalty",
  "repetition_penalty",
  "seed",
  "stop",
  "logit_bias",
  "logprobs",
  "top_logprobs",
  "response_format",
  "verbosity",
  "web_search_options",
] as const satisfies readonly (keyof ChatRequest)[];
