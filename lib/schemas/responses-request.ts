import { z } from "zod";
import { reasoningEffortSchema } from "./catalog";
import {
  answerSchemaSchema,
  cacheControlSchema,
  chatRequestSchema,
  formatNameSchema,
  MAX_MESSAGES,
  MAX_PARTS_PER_MESSAGE,
  MAX_TOOLS,
} from "./chat-request";
import { imageUrlSchema, inputAudioSchema, videoUrlSchema } from "./media-url";
import { conversationRoutingFields } from "./routing-fields";

// The body of `POST /responses`. Sources: types of the npm package openai 7.55.0 and OpenRouter's OpenAPI document of
// 2026-08-22, ResponsesRequest, read 2026-11-21.

const idSchema = z.string().nullish();

const textPartSchema = z.looseObject({
  type: z.enum(["input_text", "output_text", "text", "summary_text", "reasoning_text"]),
  text: z.string(),
  cache_control: cacheControlSchema,
});

const inputPartSchema = z.discriminatedUnion("type", [
  textPartSchema,
  z.looseObject({ type: z.literal("refusal"), refusal: z.string() }),
  z.looseObject({
    type: z.literal("input_image"),
    image_url: imageUrlSchema.nullish(),
    file_id: idSchema,
    detail: z.string().nullish(),
  }),
  z.looseObject({
    type: z.literal("input_file"),
    file_data: z.string().nullish(),
    file_id: idSchema,
    file_url: z.string().nullish(),
    filename: z.string().nullish(),
  }),
  z.looseObject({ type: z.literal("input_audio"), input_audio: inputAudioSchema }),
  z.looseObject({ type: z.literal("input_video"), video_url: videoUrlSchema }),
]);
export type InputPart = z.infer<typeof inputPartSchema>;

const inputContentSchema = z.union([z.string(), z.array(inputPartSchema).max(MAX_PARTS_PER_MESSAGE)], {
  error: "must be a string or an array of content parts",
});
export type InputContent = z.infer<typeof inputContentSchema>;

const messageItemSchema = z.looseObject({
  type: z.literal("message"),
  role: z.enum(["user", "system", "assistant", "developer"]),
  content: inputContentSchema.nullish(),
});

const functionCallSchema = z.looseObject({
  type: z.literal("function_call"),
  call_id: z.string().min(1),
  name: z.string().min(1),
  arguments: z.string(),
});

const customToolCallSchema = z.looseObject({
  type: z.literal("custom_tool_call"),
  call_id: z.string().min(1),
  name: z.string().min(1),
  input: z.string(),
});

const callOutputSchema = z.looseObject({
  type: z.enum(["function_call_output", "custom_tool_call_output"]),
  call_id: z.string().min(1),
  output: inputContentSchema,
});

const reasoningItemSchema = z.looseObject({
  type: z.literal("reasoning"),
  id: idSchema,
  summary: z.array(z.looseObject({ text: z.string() })).nullish(),
  content: z.array(z.looseObject({ text: z.string() })).nullish(),
  encrypted_content: z.string().nullish(),
  /** OpenRouter's: how the reasoning's maker proves that it is unchanged, and whose it is. */
  signature: z.string().nullish(),
  format: z.string().nullish(),
});
export type ReasoningItem = z.infer<typeof reasoningItemSchema>;

const imageItemSchema = z.looseObject({ type: z.literal("image_generation_call"), result: z.string().nullish() });

/** What tools that a server runs left in earlier answers. It means nothing to anybody else. */
const serverItemSchema = z.looseObject({
  type: z.enum([
    "web_search_call",
    "file_search_call",
    "code_interpreter_call",
    "computer_call",
    "mcp_list_tools",
    "mcp_call",
    "mcp_approval_request",
    "mcp_approval_response",
    "openrouter:web_search",
    "openrouter:web_fetch",
    "openrouter:datetime",
  ]),
});

const itemReferenceSchema = z.looseObject({
  type: z.literal("item_reference").refine(() => false, {
    abort: true,
    error: "items are not kept here; send the item itself",
  }),
});

const itemSchema = z.preprocess(
  // The short form of a message has no type.
  (item) => (typeof item === "object" && item !== null && !("type" in item) ? { ...item, type: "message" } : item),
  z.discriminatedUnion("type", [
    messageItemSchema,
    functionCallSchema,
    customToolCallSchema,
    callOutputSchema,
    reasoningItemSchema,
    imageItemSchema,
    serverItemSchema,
    itemReferenceSchema,
  ]),
);
type AnyItem = z.infer<typeof itemSchema>;
type ServerItem = z.infer<typeof serverItemSchema> | z.infer<typeof itemReferenceSchema>;
/** An item that means the same to every provider. */
export type PortableItem = Exclude<AnyItem, ServerItem>;

const SERVER_ITEMS: ReadonlySet<string> = new Set([...serverItemSchema.shape.type.options, "item_reference"]);

/** Whether an item means the same to every provider, and is no trace of a server's own tools. */
export function isPortable(item: AnyItem): item is PortableItem {
  return !SERVER_ITEMS.has(item.type);
}

const toolNameSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_.-]+$/, "may hold letters, digits, underscore, dot and dash only");

const functionToolSchema = z.looseObject({
  type: z.literal("function"),
  name: toolNameSchema,
  description: z.string().nullish(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
  strict: z.boolean().nullish(),
});

const customToolSchema = z.looseObject({
  type: z.literal("custom"),
  name: toolNameSchema,
  description: z.string().nullish(),
  format: z
    .discriminatedUnion("type", [
      z.looseObject({ type: z.literal("text") }),
      z.looseObject({ type: z.literal("grammar"), syntax: z.enum(["lark", "regex"]), definition: z.string() }),
    ])
    .nullish(),
});
export type CustomTool = z.infer<typeof customToolSchema>;

const domainsSchema = z.array(z.string()).nullish();
const searchFields = {
  engine: z.string().nullish(),
  max_results: z.int().min(1).nullish(),
  search_context_size: z.enum(["low", "medium", "high"]).nullish(),
};
const searchToolSchema = z.looseObject({
  type: z.enum(["web_search", "web_search_2025_08_26", "web_search_preview", "web_search_preview_2025_03_11"]),
  filters: z.looseObject({ allowed_domains: domainsSchema, blocked_domains: domainsSchema }).nullish(),
  ...searchFields,
});
const openRouterSearchToolSchema = z.looseObject({
  type: z.literal("openrouter:web_search"),
  parameters: z
    .looseObject({ allowed_domains: domainsSchema, excluded_domains: domainsSchema, ...searchFields })
    .nullish(),
});
export type SearchTool = z.infer<typeof searchToolSchema> | z.infer<typeof openRouterSearchToolSchema>;

const responsesToolSchema = z.discriminatedUnion("type", [
  functionToolSchema,
  customToolSchema,
  searchToolSchema,
  openRouterSearchToolSchema,
]);
export type ResponsesTool = z.infer<typeof responsesToolSchema>;

const namedToolSchema = z.looseObject({ type: z.enum(["function", "custom"]), name: z.string().min(1) });
const responsesToolChoiceSchema = z.union(
  [
    z.enum(["none", "auto", "required"]),
    namedToolSchema,
    z.looseObject({
      type: z.literal("allowed_tools"),
      mode: z.enum(["auto", "required"]),
      tools: z.array(namedToolSchema).min(1),
    }),
  ],
  { error: 'must be "none", "auto", "required", {type: "function", name} or {type: "allowed_tools", mode, tools}' },
);

const textFormatSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text") }),
  z.looseObject({ type: z.literal("json_object") }),
  z.looseObject({
    type: z.literal("json_schema"),
    name: formatNameSchema,
    description: z.string().nullish(),
    schema: answerSchemaSchema,
    strict: z.boolean().nullish(),
  }),
]);

/** A field that would need answers to be kept here; only the value that asks for nothing is taken. */
function statelessSchema<Value extends boolean>(value: Value) {
  return z.literal(value, "answers are not kept here").nullish();
}
const nothingKeptSchema = z.null("answers are not kept here; send the whole conversation as input").optional();

/** The body of `POST /responses`. Routing, plugins and the like are those of chat completions. */
export const responsesRequestSchema = z.looseObject({
  ...conversationRoutingFields,
  ...chatRequestSchema.pick({
    metadata: true,
    frequency_penalty: true,
    presence_penalty: true,
    top_logprobs: true,
    parallel_tool_calls: true,
    modalities: true,
    image_config: true,
    service_tier: true,
    prompt_cache_key: true,
  }).shape,
  input: z.union([z.string().min(1), z.array(itemSchema).min(1, "must hold at least one item").max(MAX_MESSAGES)], {
    error: "must be a string or an array of items",
  }),
  instructions: z.string().nullish(),
  max_output_tokens: z.int().min(1).nullish(),
  max_tool_calls: z.int().nullish(),
  tools: z.array(responsesToolSchema).max(MAX_TOOLS).nullish(),
  tool_choice: responsesToolChoiceSchema.nullish(),
  text: z
    .looseObject({
      format: textFormatSchema.nullish(),
      verbosity: z.enum(["low", "medium", "high", "xhigh", "max"]).nullish(),
    })
    .nullish(),
  reasoning: z
    .looseObject({
      effort: reasoningEffortSchema.nullish(),
      summary: z.enum(["auto", "concise", "detailed"]).nullish(),
      max_tokens: z.int().min(1).nullish(),
      enabled: z.boolean().nullish(),
      exclude: z.boolean().nullish(),
    })
    .nullish(),
  include: z.array(z.string()).nullish(),
  truncation: z.enum(["auto", "disabled"]).nullish(),
  safety_identifier: z.string().nullish(),
  store: statelessSchema(false),
  background: statelessSchema(false),
  previous_response_id: nothingKeptSchema,
  conversation: nothingKeptSchema,
  prompt: z.null("prompts are not kept here; send the text itself").optional(),
});
export type ResponsesRequest = z.infer<typeof responsesRequestSchema>;
