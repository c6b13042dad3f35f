import { z } from "zod";
import { MAX_PARTS_PER_MESSAGE } from "./chat-request";
import { imageUrlSchema, isBase64 } from "./media-url";
import { taskRoutingFields } from "./routing-fields";

// The body of `POST /embeddings`. Source: OpenRouter's OpenAPI document of 2026-08-22, createEmbeddings, read 2026-11-21.

/** OpenAI's own limit. */
const MAX_INPUTS = 2_048;
const MAX_DIMENSIONS = 65_536;

const mediaSchema = z.looseObject({
  data: z.string().min(1).refine(isBase64, "must be base64"),
  format: z.string().nullish(),
});

const embeddingPartSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text"), text: z.string().min(1) }),
  z.looseObject({ type: z.literal("image_url"), image_url: z.looseObject({ url: imageUrlSchema }) }),
  z.looseObject({ type: z.literal("input_audio"), input_audio: mediaSchema }),
  z.looseObject({ type: z.literal("input_video"), input_video: mediaSchema }),
  z.looseObject({ type: z.literal("input_file"), input_file: mediaSchema }),
]);
export type EmbeddingContentPart = z.infer<typeof embeddingPartSchema>;

const textSchema = z.string().min(1);
const tokensSchema = z.array(z.int().min(0)).min(1);
const contentSchema = z.looseObject({ content: z.array(embeddingPartSchema).min(1).max(MAX_PARTS_PER_MESSAGE) });

const inputsOf = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).min(1).max(MAX_INPUTS);

export const embeddingRequestSchema = z.looseObject({
  ...taskRoutingFields,
  model: z.string().min(1).max(512),
  input: z.union([textSchema, inputsOf(textSchema), tokensSchema, inputsOf(tokensSchema), inputsOf(contentSchema)], {
    error: `must be a text, an array of at most ${MAX_INPUTS} texts, token ids, or an array of {content}`,
  }),
  encoding_format: z.enum(["float", "base64"]).nullish(),
  dimensions: z.int().min(1).max(MAX_DIMENSIONS).nullish(),
  input_type: z.string().min(1).max(64).nullish(),
});
export type EmbeddingRequest = z.infer<typeof embeddingRequestSchema>;
