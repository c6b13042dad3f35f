import { z } from "zod";

// What Converse requires of a request, as strict as its reference: types of npm @aws-sdk/client-bedrock-runtime and
// docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html, read 2026-11-21.

const text = z.string().min(1);
const visibleText = z.string().regex(/\S/);
const record = z.record(z.string(), z.unknown());
const bytes = z.string().regex(/^[A-Za-z0-9+/=\s]+$/);
const source = z.strictObject({ bytes });

const textBlock = z.strictObject({ text: visibleText });
const cachePoint = z.strictObject({
  cachePoint: z.strictObject({ type: z.literal("default"), ttl: z.enum(["5m", "1h"]).optional() }),
});
const image = z.strictObject({
  image: z.strictObject({ format: z.enum(["png", "jpeg", "gif", "webp"]), source }),
});
const document = z.strictObject({
  document: z.strictObject({
    format: z.enum(["pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"]),
    name: z
      .string()
      .regex(/^[A-Za-z0-9\-()[\]]+( [A-Za-z0-9\-()[\]]+)*$/)
      .max(200),
    source,
  }),
});
const video = z.strictObject({
  video: z.strictObject({
    format: z.enum(["mkv", "mov", "mp4", "webm", "flv", "mpeg", "mpg", "wmv", "three_gp"]),
    source: z.union([source, z.strictObject({ s3Location: z.strictObject({ uri: text }) })]),
  }),
});
const audio = z.strictObject({ audio: z.strictObject({ format: text, source }) });
const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const block = z.union([
  textBlock,
  cachePoint,
  image,
  document,
  video,
  audio,
  z.strictObject({ toolUse: z.strictObject({ toolUseId: id, name: id, input: record }) }),
  z.strictObject({
    toolResult: z.strictObject({
      toolUseId: id,
      content: z.array(z.union([textBlock, image, document, video, z.strictObject({ json: record })])),
      status: z.enum(["success", "error"]).optional(),
    }),
  }),
  z.strictObject({
    reasoningContent: z.union([
      z.strictObject({ reasoningText: z.strictObject({ text: z.string(), signature: text }) }),
      z.strictObject({ redactedContent: text }),
    ]),
  }),
]);

export const bedrockRequestSchema = z
  .strictObject({
    messages: z.array(z.strictObject({ role: z.enum(["user", "assistant"]), content: z.array(block).min(1) })).min(1),
    system: z
      .array(z.union([textBlock, cachePoint]))
      .min(1)
      .optional(),
    inferenceConfig: z
      .strictObject({
        maxTokens: z.int().positive().optional(),
        temperature: z.number().min(0).max(1).optional(),
        topP: z.number().min(0).max(1).optional(),
        stopSequences: z.array(text).min(1).optional(),
      })
      .optional(),
    toolConfig: z
      .strictObject({
        tools: z
          .array(
            z.union([
              cachePoint,
              z.strictObject({
                toolSpec: z.strictObject({
                  name: id,
                  description: text.optional(),
                  inputSchema: z.strictObject({ json: z.looseObject({ type: z.literal("object") }) }),
                  strict: z.literal(true).optional(),
                }),
              }),
            ]),
          )
          .min(1),
        toolChoice: z
          .union([
            z.strictObject({ auto: z.strictObject({}) }),
            z.strictObject({ any: z.strictObject({}) }),
            z.strictObject({ tool: z.strictObject({ name: id }) }),
          ])
          .optional(),
      })
      .optional(),
    additionalModelRequestFields: record.optional(),
    additionalModelResponseFieldPaths: z.array(text).optional(),
    guardrailConfig: record.optional(),
    performanceConfig: z.strictObject({ latency: z.enum(["standard", "optimized"]) }).optional(),
    promptVariables: record.optional(),
    requestMetadata: z.record(z.string(), z.string()).optional(),
    serviceTier: z.strictObject({ type: z.enum(["default", "flex", "priority", "reserved"]) }).optional(),
    outputConfig: z
      .strictObject({
        textFormat: z.strictObject({
          type: z.literal("json_schema"),
          structure: z.strictObject({
            jsonSchema: z.strictObject({ schema: text, name: text.optional(), description: text.optional() }),
          }),
        }),
      })
      .optional(),
  })
  .superRefine(({ messages, toolConfig }, context) => {
    const refuse = (message: string) => context.addIssue({ code: "custom", message });
    if (messages[0]?.role !== "user") refuse("the first turn is not the user's");
    if (messages.some((turn, index) => turn.role === messages[index - 1]?.role)) refuse("turns do not alternate");
    const blocks = messages.flatMap(({ content }) => content);
    const hasTools = blocks.some((one) => "toolUse" in one || "toolResult" in one);
    if (hasTools && toolConfig === undefined) refuse("calls without tools");
    for (const { content } of messages) {
      if (content.some((one) => "document" in one) && !content.some((one) => "text" in one)) {
        refuse("a document without a word about it");
      }
    }
  });
