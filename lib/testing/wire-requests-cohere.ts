import { z } from "zod";

// What Cohere's chat requires of a request, as strict as its reference: docs.cohere.com/reference/chat and types of npm
// cohere-ai, V2ChatStreamRequest, read 2026-11-21.

const text = z.string().min(1);
const record = z.record(z.string(), z.unknown());
const textPart = z.strictObject({ type: z.literal("text"), text });
const thinkingPart = z.strictObject({ type: z.literal("thinking"), thinking: text });
const imagePart = z.strictObject({
  type: z.literal("image_url"),
  image_url: z.strictObject({ url: text, detail: z.enum(["auto", "low", "high"]).optional() }),
});

export const cohereRequestSchema = z
  .strictObject({
    model: text,
    stream: z.boolean(),
    messages: z
      .array(
        z.discriminatedUnion("role", [
          z.strictObject({ role: z.literal("system"), content: z.string() }),
          z.strictObject({
            role: z.literal("user"),
            content: z.union([z.string(), z.array(z.union([textPart, imagePart]))]),
          }),
          z.strictObject({
            role: z.literal("assistant"),
            content: z.union([text, z.array(z.union([textPart, thinkingPart])).min(1)]).optional(),
            tool_plan: text.optional(),
            tool_calls: z
              .array(
                z.strictObject({
                  id: text,
                  type: z.literal("function"),
                  function: z.strictObject({ name: text, arguments: text }),
                }),
              )
              .min(1)
              .optional(),
          }),
          z.strictObject({ role: z.literal("tool"), tool_call_id: text, content: z.string() }),
        ]),
      )
      .min(1),
    tools: z
      .array(
        z.strictObject({
          type: z.literal("function"),
          function: z.strictObject({ name: text, description: text.optional(), parameters: record }),
        }),
      )
      .min(1)
      .optional(),
    tool_choice: z.enum(["REQUIRED", "NONE"]).optional(),
    strict_tools: z.boolean().optional(),
    documents: z.array(z.unknown()).optional(),
    citation_options: record.optional(),
    response_format: z.strictObject({ type: z.literal("json_object"), json_schema: record.optional() }).optional(),
    safety_mode: z.enum(["CONTEXTUAL", "STRICT", "OFF"]).optional(),
    max_tokens: z.int().positive().optional(),
    stop_sequences: z.array(text).min(1).max(5).optional(),
    temperature: z.number().min(0).max(1).optional(),
    seed: z.int().nonnegative().optional(),
    frequency_penalty: z.number().min(0).max(1).optional(),
    presence_penalty: z.number().min(0).max(1).optional(),
    k: z.int().min(0).max(500).optional(),
    p: z.number().min(0.01).max(0.99).optional(),
    logprobs: z.literal(true).optional(),
    thinking: z
      .strictObject({ type: z.enum(["enabled", "disabled"]), token_budget: z.int().positive().optional() })
      .optional(),
    priority: z.int().optional(),
  })
  .superRefine(({ tools, tool_choice: choice, response_format: format }, context) => {
    if (choice !== undefined && tools === undefined)
      context.addIssue({ code: "custom", message: "choice without tools" });
    if (format !== undefined && tools !== undefined) context.addIssue({ code: "custom", message: "format with tools" });
  });
