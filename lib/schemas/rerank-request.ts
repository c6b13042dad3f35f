import { z } from "zod";
import { imageUrlSchema } from "./media-url";
import { taskRoutingFields } from "./routing-fields";

// The body of `POST /rerank`. Source: OpenRouter's OpenAPI document of 2026-08-22, createRerank, read 2026-11-21.

/** Cohere's own limit. */
const MAX_DOCUMENTS = 10_000;

const documentSchema = z
  .looseObject({ text: z.string().optional(), image: imageUrlSchema.optional() })
  .refine(({ text, image }) => text !== undefined || image !== undefined, "must hold text or an image");

export const rerankRequestSchema = z.looseObject({
  ...taskRoutingFields,
  model: z.string().min(1).max(512),
  query: z.string().min(1),
  documents: z
    .array(z.union([z.string(), documentSchema]))
    .min(1)
    .max(MAX_DOCUMENTS),
  top_n: z.int().min(1).nullish(),
});
export type RerankRequest = z.infer<typeof rerankRequestSchema>;
