import { z } from "zod";
import { reasoningEffortSchema } from "./catalog";

// Bodies of the other two inference protocols, as far as a preset can be made from them. What has the same name and
// meaning as in a chat completion is checked with the preset itself.

const jsonSchemaSchema = z.record(z.string(), z.unknown());

const textBlockSchema = z.looseObject({ type: z.literal("text"), text: z.string() });

/** A function of the caller's, which needs no `type`, or a tool that the provider runs. */
const messagesToolSchema = z.union([
  z.looseObject({
    type: z.literal("custom").nullish(),
    name: z.string().min(1),
    description: z.string().nullish(),
    input_schema: jsonSchemaSchema,
  }),
  z.looseObject({ type: z.string().min(1) }),
]);

/** The body of `POST /messages`. */
export const messagesBodySchema = z.looseObject({
  model: z.string().min(1).max(512),
  messages: z.array(z.unknown()).nullable(),
  system: z
    .union([z.string(), z.array(textBlockSchema)], { error: "must be a string or an array of text blocks" })
    .nullish(),
  stop_sequences: z.array(z.string()).max(16).nullish(),
  tools: z.array(messagesToolSchema).nullish(),
  tool_choice: z
    .discriminatedUnion("type", [
      z.looseObject({ type: z.literal("auto"), disable_parallel_tool_use: z.boolean().nullish() }),
      z.looseObject({ type: z.literal("any"), disable_parallel_tool_use: z.boolean().nullish() }),
      z.looseObject({ type: z.literal("none") }),
      z.looseObject({
        type: z.literal("tool"),
        name: z.string().min(1),
        disable_parallel_tool_use: z.boolean().nullish(),
      }),
    ])
    .nullish(),
  thinking: z
    .discriminatedUnion("type", [
      z.looseObject({ type: z.literal("enabled"), budget_tokens: z.int().min(1) }),
      z.looseObject({ type: z.literal("adaptive") }),
      z.looseObject({ type: z.literal("disabled") }),
    ])
    .nullish(),
  output_config: z
    .looseObject({
      effort: reasoningEffortSchema.nullish(),
      format: z.looseObject({ type: z.literal("json_schema"), schema: jsonSchemaSchema }).nullish(),
    })
    .nullish(),
  service_tier: z.string().nullish(),
});
export type MessagesBody = z.infer<typeof messagesBodySchema>;

const responsesToolSchema = z.union([
  z.looseObject({
    type: z.literal("function"),
    name: z.string().min(1),
    description: z.string().nullish(),
    parameters: jsonSchemaSchema.nullish(),
    strict: z.boolean().nullish(),
  }),
  z.looseObject({
    type: z
      .string()
      .min(1)
      // Aborting: otherwise the union takes a function tool for an almost good one of these.
      .refine((type) => type !== "function", { abort: true }),
  }),
]);

/** The body of `POST /responses`. */
export const responsesBodySchema = z.looseObject({
  instructions: z.string().nullish(),
  max_output_tokens: z.int().min(1).nullish(),
  tools: z.array(responsesToolSchema).nullish(),
  tool_choice: z
    .union([
      z.enum(["auto", "none", "required"]),
      z.looseObject({ type: z.literal("function"), name: z.string().min(1) }),
      z.looseObject({ type: z.string().min(1) }),
    ])
    .nullish(),
  text: z
    .looseObject({
      format: z
        .discriminatedUnion("type", [
          z.looseObject({ type: z.literal("text") }),
          z.looseObject({ type: z.literal("json_object") }),
          z.looseObject({
            type: z.literal("json_schema"),
            name: z.string().min(1),
            description: z.string().nullish(),
            schema: jsonSchemaSchema,
            strict: z.boolean().nullish(),
          }),
        ])
        .nullish(),
      verbosity: z.enum(["low", "medium", "high", "xhigh", "max"]).nullish(),
    })
    .nullish(),
});
export type ResponsesBody = z.infer<typeof responsesBodySchema>;
