import { z } from "zod";
import {
  answerSchemaSchema,
  cacheControlSchema,
  chatRequestSchema,
  MAX_MESSAGES,
  MAX_PARTS_PER_MESSAGE,
  MAX_TOOLS,
} from "./chat-request";
import { imageUrlSchema, isBase64 } from "./media-url";
import { conversationRoutingFields } from "./routing-fields";

// The body of `POST /messages`, the protocol of Anthropic. Sources: types of the npm package @anthropic-ai/sdk 1.11.0 and
// OpenRouter's OpenAPI document of 2026-08-22, MessagesRequest, read 2026-11-21.

const MAX_STOP_SEQUENCES = 128;
const IMAGE_TYPES = ["image/jpeg", "image/png", "image/gif", "image/webp"] as const;

const base64Schema = z.string().min(1).refine(isBase64, "must be valid base64");

const textBlockSchema = z.looseObject({ type: z.literal("text"), text: z.string(), cache_control: cacheControlSchema });
export type TextBlock = z.infer<typeof textBlockSchema>;

const imageBlockSchema = z.looseObject({
  type: z.literal("image"),
  source: z.discriminatedUnion("type", [
    z.looseObject({ type: z.literal("base64"), media_type: z.enum(IMAGE_TYPES), data: base64Schema }),
    z.looseObject({ type: z.literal("url"), url: imageUrlSchema }),
  ]),
  cache_control: cacheControlSchema,
});
export type ImageBlock = z.infer<typeof imageBlockSchema>;

const documentBlockSchema = z.looseObject({
  type: z.literal("document"),
  source: z.discriminatedUnion("type", [
    z.looseObject({ type: z.literal("base64"), media_type: z.literal("application/pdf"), data: base64Schema }),
    z.looseObject({ type: z.literal("text"), media_type: z.literal("text/plain"), data: z.string() }),
    z.looseObject({
      type: z.literal("content"),
      content: z.union([z.string(), z.array(z.discriminatedUnion("type", [textBlockSchema, imageBlockSchema]))]),
    }),
    z.looseObject({ type: z.literal("url"), url: z.url({ protocol: /^https?$/ }) }),
    z.looseObject({ type: z.literal("file"), file_id: z.string().min(1) }),
  ]),
  title: z.string().nullish(),
  context: z.string().nullish(),
  cache_control: cacheControlSchema,
});
export type DocumentBlock = z.infer<typeof documentBlockSchema>;

const searchResultBlockSchema = z.looseObject({
  type: z.literal("search_result"),
  source: z.string(),
  title: z.string(),
  content: z.array(textBlockSchema),
  cache_control: cacheControlSchema,
});
export type SearchResultBlock = z.infer<typeof searchResultBlockSchema>;

const toolResultBlockSchema = z.looseObject({
  type: z.literal("tool_result"),
  tool_use_id: z.string().min(1),
  content: z
    .union(
      [
        z.string(),
        z
          .array(
            z.discriminatedUnion("type", [
              textBlockSchema,
              imageBlockSchema,
              documentBlockSchema,
              searchResultBlockSchema,
              z.looseObject({ type: z.literal("tool_reference"), tool_name: z.string() }),
            ]),
          )
          .max(MAX_PARTS_PER_MESSAGE),
      ],
      { error: "must be a string or an array of content blocks" },
    )
    .nullish(),
  is_error: z.boolean().nullish(),
  cache_control: cacheControlSchema,
});
export type ToolResultBlock = z.infer<typeof toolResultBlockSchema>;

const toolUseBlockSchema = z.looseObject({
  type: z.literal("tool_use"),
  id: z.string().min(1),
  name: z.string().min(1),
  input: z.record(z.string(), z.unknown()).nullish(),
  cache_control: cacheControlSchema,
});

const thinkingBlockSchema = z.looseObject({
  type: z.literal("thinking"),
  thinking: z.string(),
  signature: z.string().nullish(),
});

const redactedThinkingBlockSchema = z.looseObject({ type: z.literal("redacted_thinking"), data: z.string() });

/** What tools that a provider runs itself left in earlier answers. It means nothing to anybody else. */
const serverBlockSchema = z.looseObject({
  type: z.enum([
    "server_tool_use",
    "web_search_tool_result",
    "web_fetch_tool_result",
    "code_execution_tool_result",
    "bash_code_execution_tool_result",
    "text_editor_code_execution_tool_result",
    "tool_search_tool_result",
    "mcp_tool_use",
    "mcp_tool_result",
    "container_upload",
    "compaction",
    "advisor_tool_result",
    "tool_addition",
    "tool_removal",
    "openrouter_shell_tool_result",
    "openrouter_bash_tool_result",
  ]),
});

const blockSchema = z.discriminatedUnion("type", [
  textBlockSchema,
  imageBlockSchema,
  documentBlockSchema,
  searchResultBlockSchema,
  toolResultBlockSchema,
  toolUseBlockSchema,
  thinkingBlockSchema,
  redactedThinkingBlockSchema,
  serverBlockSchema,
]);
type AnyBlock = z.infer<typeof blockSchema>;
type ServerBlock = z.infer<typeof serverBlockSchema>;
/** A block that means the same to every provider. */
export type PortableBlock = Exclude<AnyBlock, ServerBlock>;

const SERVER_BLOCKS: ReadonlySet<string> = new Set(serverBlockSchema.shape.type.options);

/** Whether a block means the same to every provider, and is no trace of one provider's own tools. */
export function isPortable(block: AnyBlock): block is PortableBlock {
  return !SERVER_BLOCKS.has(block.type);
}

const messageSchema = z.looseObject({
  role: z.enum(["user", "assistant", "system"]),
  content: z.union([z.string(), z.array(blockSchema).max(MAX_PARTS_PER_MESSAGE)], {
    error: "must be a string or an array of content blocks",
  }),
});
export type Message = z.infer<typeof messageSchema>;

const customToolSchema = z.looseObject({
  type: z.literal("custom").nullish(),
  name: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[A-Za-z0-9_.-]+$/, "may hold letters, digits, underscore, dot and dash only"),
  description: z.string().nullish(),
  input_schema: z.record(z.string(), z.unknown()),
  strict: z.boolean().nullish(),
  cache_control: cacheControlSchema,
});

/** Tools that the provider knows by their type. */
const typedToolSchema = z.looseObject({
  type: z
    .string()
    .min(1)
    // Aborting: otherwise the union takes a tool of the caller's for an almost good one of these.
    .refine((type) => type !== "custom", { abort: true }),
});

const messagesToolSchema = z.union([customToolSchema, typedToolSchema]);
export type MessagesTool = z.infer<typeof messagesToolSchema>;

const parallelSchema = z.boolean().nullish();
const messagesToolChoiceSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("auto"), disable_parallel_tool_use: parallelSchema }),
  z.looseObject({ type: z.literal("any"), disable_parallel_tool_use: parallelSchema }),
  z.looseObject({ type: z.literal("none") }),
  z.looseObject({ type: z.literal("tool"), name: z.string().min(1), disable_parallel_tool_use: parallelSchema }),
]);

const displaySchema = z.enum(["summarized", "omitted"]).nullish();
const thinkingSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("enabled"), budget_tokens: z.int().min(1), display: displaySchema }),
  z.looseObject({ type: z.literal("adaptive"), display: displaySchema }),
  z.looseObject({ type: z.literal("disabled") }),
]);

const outputFormatSchema = z.looseObject({ type: z.literal("json_schema"), schema: answerSchemaSchema });

/**
 * The body of `POST /messages`. Routing, plugins and the like are those of chat completions; fields that only Anthropic
 * knows and nothing of ours stands for are left out.
 */
export const messagesRequestSchema = z.looseObject({
  ...conversationRoutingFields,
  max_tokens: chatRequestSchema.shape.max_tokens,
  messages: z.array(messageSchema).min(1, "must hold at least one message").max(MAX_MESSAGES),
  system: z
    .union([z.string(), z.array(textBlockSchema)], { error: "must be a string or an array of text blocks" })
    .nullish(),
  stop_sequences: z.array(z.string()).max(MAX_STOP_SEQUENCES).nullish(),
  tools: z.array(messagesToolSchema).max(MAX_TOOLS).nullish(),
  tool_choice: messagesToolChoiceSchema.nullish(),
  thinking: thinkingSchema.nullish(),
  output_config: z
    .looseObject({
      effort: z.enum(["low", "medium", "high", "xhigh", "max"]).nullish(),
      format: outputFormatSchema.nullish(),
    })
    .nullish(),
  /** The older place of `output_config.format`. */
  output_format: outputFormatSchema.nullish(),
  metadata: z.looseObject({ user_id: z.string().max(512).nullish() }).nullish(),
  service_tier: z.string().nullish(),
  fallbacks: z.array(z.looseObject({ model: z.string().min(1).max(512) })).nullish(),
  /** A conversation that the server keeps. */
  thread: z.looseObject({ type: z.string() }).nullish(),
});
export type MessagesRequest = z.infer<typeof messagesRequestSchema>;
