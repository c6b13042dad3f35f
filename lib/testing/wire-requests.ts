import { z } from "zod";

// What each protocol requires of a request, as strict as its documentation: unknown fields are errors except where a
// test says that it passes one on. Written from the vendors' references as known in 2026-11.

const text = z.string().min(1);
const record = z.record(z.string(), z.unknown());
const functionDefinition = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/),
  description: z.string().optional(),
  parameters: record.optional(),
  strict: z.boolean().optional(),
});

const openAiPart = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string() }),
  z.strictObject({
    type: z.literal("image_url"),
    image_url: z.strictObject({ url: text, detail: z.string().optional() }),
  }),
  z.strictObject({
    type: z.literal("file"),
    file: z.looseObject({
      file_data: z
        .string()
        .regex(/^(data:|https?:)/)
        .optional(),
    }),
  }),
  z.strictObject({ type: z.literal("input_audio"), input_audio: z.strictObject({ data: text, format: text }) }),
  z.strictObject({ type: z.literal("video_url"), video_url: z.strictObject({ url: text }) }),
]);
const openAiContent = z.union([z.string(), z.array(openAiPart).min(1)]);

export const openAiRequestSchema = z.strictObject({
  model: text,
  messages: z
    .array(
      z.discriminatedUnion("role", [
        z.strictObject({ role: z.enum(["system", "developer"]), content: openAiContent, name: text.optional() }),
        z.strictObject({ role: z.literal("user"), content: openAiContent, name: text.optional() }),
        z.strictObject({
          role: z.literal("assistant"),
          content: openAiContent.nullable(),
          refusal: text.optional(),
          reasoning_content: text.optional(),
          reasoning_details: z.array(record).min(1).optional(),
          tool_calls: z
            .array(
              z.strictObject({
                id: text,
                type: z.literal("function"),
                function: z.strictObject({ name: text, arguments: z.string() }),
              }),
            )
            .min(1)
            .optional(),
        }),
        z.strictObject({ role: z.literal("tool"), tool_call_id: text, content: openAiContent, name: text.optional() }),
      ]),
    )
    .min(1),
  stream: z.literal(true).optional(),
  stream_options: z.strictObject({ include_usage: z.literal(true) }).optional(),
  max_tokens: z.int().positive().optional(),
  max_completion_tokens: z.int().positive().optional(),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  top_k: z.int().optional(),
  stop: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  seed: z.int().optional(),
  frequency_penalty: z.number().optional(),
  presence_penalty: z.number().optional(),
  logprobs: z.boolean().optional(),
  top_logprobs: z.int().optional(),
  tools: z
    .array(z.strictObject({ type: z.literal("function"), function: functionDefinition }))
    .min(1)
    .optional(),
  tool_choice: z
    .union([
      z.enum(["none", "auto", "required"]),
      z.strictObject({ type: z.literal("function"), function: z.strictObject({ name: text }) }),
    ])
    .optional(),
  parallel_tool_calls: z.boolean().optional(),
  response_format: z.looseObject({ type: z.enum(["json_object", "json_schema"]) }).optional(),
  reasoning_effort: z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"]).optional(),
  reasoning: z.looseObject({}).optional(),
  verbosity: z.string().optional(),
  user: z.string().optional(),
  service_tier: text.optional(),
  modalities: z.array(text).min(1).optional(),
  brand_new_parameter: z.unknown().optional(),
});

const cacheControl = z.strictObject({ type: z.literal("ephemeral"), ttl: z.enum(["5m", "1h"]).optional() });
const visibleText = z.string().regex(/\S/);
const anthropicText = z.strictObject({
  type: z.literal("text"),
  text: visibleText,
  cache_control: cacheControl.optional(),
});
const anthropicSource = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("base64"), media_type: text, data: text }),
  z.strictObject({ type: z.literal("url"), url: z.string().regex(/^https?:/) }),
  z.strictObject({ type: z.literal("text"), media_type: z.literal("text/plain"), data: text }),
  z.strictObject({ type: z.literal("file"), file_id: text }),
]);
const anthropicImage = z.strictObject({
  type: z.literal("image"),
  source: anthropicSource,
  cache_control: cacheControl.optional(),
});
const anthropicDocument = z.strictObject({
  type: z.literal("document"),
  source: anthropicSource,
  title: text.optional(),
  cache_control: cacheControl.optional(),
});
const anthropicId = z.string().regex(/^[A-Za-z0-9_-]+$/);
const anthropicBlock = z.discriminatedUnion("type", [
  anthropicText,
  anthropicImage,
  anthropicDocument,
  z.strictObject({ type: z.literal("thinking"), thinking: z.string(), signature: text }),
  z.strictObject({ type: z.literal("redacted_thinking"), data: text }),
  z.strictObject({ type: z.literal("tool_use"), id: anthropicId, name: text, input: record }),
  z.strictObject({
    type: z.literal("tool_result"),
    tool_use_id: anthropicId,
    content: z.union([z.string(), z.array(z.union([anthropicText, anthropicImage, anthropicDocument]))]).optional(),
  }),
]);

export const anthropicRequestSchema = z
  .strictObject({
    model: text,
    max_tokens: z.int().positive(),
    messages: z
      .array(z.strictObject({ role: z.enum(["user", "assistant"]), content: z.array(anthropicBlock).min(1) }))
      .min(1),
    system: z.array(anthropicText).min(1).optional(),
    stream: z.literal(true).optional(),
    temperature: z.number().min(0).max(1).optional(),
    top_p: z.number().min(0).max(1).optional(),
    top_k: z.int().positive().optional(),
    stop_sequences: z.array(visibleText).min(1).optional(),
    tools: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/),
          description: text.optional(),
          input_schema: z.looseObject({ type: z.literal("object") }),
          strict: z.literal(true).optional(),
          cache_control: cacheControl.optional(),
        }),
      )
      .min(1)
      .optional(),
    tool_choice: z
      .discriminatedUnion("type", [
        z.strictObject({ type: z.literal("none") }),
        z.strictObject({ type: z.enum(["auto", "any"]), disable_parallel_tool_use: z.literal(true).optional() }),
        z.strictObject({
          type: z.literal("tool"),
          name: text,
          disable_parallel_tool_use: z.literal(true).optional(),
        }),
      ])
      .optional(),
    thinking: z
      .discriminatedUnion("type", [
        z.strictObject({ type: z.literal("enabled"), budget_tokens: z.int().min(1_024) }),
        z.strictObject({ type: z.literal("adaptive"), display: z.enum(["summarized", "omitted"]).optional() }),
        z.strictObject({ type: z.literal("disabled") }),
      ])
      .optional(),
    output_config: z
      .strictObject({
        effort: z.enum(["low", "medium", "high", "xhigh", "max"]).optional(),
        format: z.strictObject({ type: z.literal("json_schema"), schema: record }).optional(),
      })
      .optional(),
    metadata: z.strictObject({ user_id: text }).optional(),
    service_tier: z.enum(["auto", "standard_only"]).optional(),
    cache_control: cacheControl.optional(),
    context_management: z.unknown().optional(),
  })
  .superRefine((body, context) => {
    const refuse = (message: string) => context.addIssue({ code: "custom", message });
    const { messages, thinking, tool_choice: choice } = body;
    if (messages[0]?.role !== "user") refuse("the first turn is not the user's");
    if (messages.some((turn, index) => turn.role === messages[index - 1]?.role)) refuse("turns do not alternate");

    const last = messages.at(-1);
    const end = last?.content.at(-1);
    const isPrefill = last?.role === "assistant" && end?.type === "text";
    if (isPrefill && end.text !== end.text.trimEnd()) refuse("prefill ends in white space");
    const hasCalls = messages.some(({ content }) => content.some(({ type }) => type === "tool_use"));
    if (hasCalls && body.tools === undefined) refuse("calls without tools");
    if (choice !== undefined && body.tools === undefined) refuse("choice without tools");

    const thinks = thinking?.type === "enabled" || thinking?.type === "adaptive";
    if (!thinks) return;
    if (thinking.type === "enabled" && thinking.budget_tokens >= body.max_tokens) refuse("budget over max_tokens");
    if (body.temperature !== undefined || body.top_k !== undefined) refuse("sampling with thinking");
    if (choice?.type === "any" || choice?.type === "tool") refuse("forced tool with thinking");
    if (isPrefill) refuse("prefill with thinking");
  });

const geminiPart = z
  .strictObject({
    text: z.string().optional(),
    thought: z.literal(true).optional(),
    thoughtSignature: text.optional(),
    inlineData: z.strictObject({ mimeType: z.string().regex(/^\w+\//), data: text }).optional(),
    fileData: z
      .strictObject({
        fileUri: z.url(),
        mimeType: z
          .string()
          .regex(/^\w+\//)
          .optional(),
      })
      .optional(),
    functionCall: z.strictObject({ id: text, name: text, args: record }).optional(),
    functionResponse: z.strictObject({ id: text, name: text, response: record }).optional(),
  })
  .refine(
    ({ text: said, inlineData, fileData, functionCall, functionResponse }) =>
      [said, inlineData, fileData, functionCall, functionResponse].filter((data) => data !== undefined).length === 1,
    "a part holds exactly one kind of data",
  );

export const geminiRequestSchema = z
  .strictObject({
    contents: z.array(z.strictObject({ role: z.enum(["user", "model"]), parts: z.array(geminiPart).min(1) })).min(1),
    systemInstruction: z.strictObject({ parts: z.array(z.strictObject({ text: z.string() })).min(1) }).optional(),
    tools: z
      .array(
        z.strictObject({
          functionDeclarations: z
            .array(
              z.strictObject({
                name: z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/),
                description: text.optional(),
                parametersJsonSchema: record.optional(),
              }),
            )
            .min(1),
        }),
      )
      .optional(),
    toolConfig: z
      .strictObject({
        functionCallingConfig: z.strictObject({
          mode: z.enum(["AUTO", "ANY", "NONE"]),
          allowedFunctionNames: z.array(text).min(1).optional(),
        }),
      })
      .optional(),
    generationConfig: z
      .strictObject({
        temperature: z.number().min(0).max(2).optional(),
        topP: z.number().min(0).max(1).optional(),
        topK: z.int().positive().optional(),
        maxOutputTokens: z.int().positive().optional(),
        stopSequences: z.array(text).min(1).max(5).optional(),
        seed: z.int().optional(),
        presencePenalty: z.number().optional(),
        frequencyPenalty: z.number().optional(),
        responseMimeType: z.literal("application/json").optional(),
        responseJsonSchema: record.optional(),
        responseModalities: z.array(z.enum(["TEXT", "IMAGE", "AUDIO"])).optional(),
        imageConfig: z.strictObject({ aspectRatio: text.optional(), imageSize: text.optional() }).optional(),
        responseLogprobs: z.literal(true).optional(),
        logprobs: z.int().positive().optional(),
        speechConfig: record.optional(),
        thinkingConfig: z
          .strictObject({
            includeThoughts: z.boolean().optional(),
            thinkingBudget: z.int().min(-1).max(24_576).optional(),
            thinkingLevel: z.enum(["minimal", "low", "medium", "high"]).optional(),
          })
          .optional(),
      })
      .optional(),
    safetySettings: z.unknown().optional(),
    labels: z.unknown().optional(),
  })
  .superRefine(({ contents }, context) => {
    contents.forEach(({ parts }, index) => {
      const results = parts.filter((part) => part.functionResponse !== undefined).length;
      const calls = contents[index - 1]?.parts.filter((part) => part.functionCall !== undefined).length ?? 0;
      if (results > 0 && results !== calls) {
        context.addIssue({ code: "custom", message: `${results} results after ${calls} calls` });
      }
    });
  });
