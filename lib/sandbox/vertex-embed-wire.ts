import { z } from "zod";
import { firstIssue } from "@/lib/sandbox/first-issue";
import { geminiRefusal } from "@/lib/sandbox/gemini-failures";
import { geminiEmbedWire } from "@/lib/sandbox/task-wire";
import { textVector } from "@/lib/sandbox/text-vector";
import { countTokens } from "@/lib/sandbox/tokens";
import { vectorLengthOf } from "@/lib/sandbox/vector-length";
import type { Call, Wire } from "@/lib/sandbox/wire";

const lengthSchema = z.int().min(1).optional();
const predictSchema = z.looseObject({
  instances: z.array(z.looseObject({ content: z.string().min(1) })).length(1),
  parameters: z.looseObject({ outputDimensionality: lengthSchema }).optional(),
});
const embedSchema = z.looseObject({
  content: z.looseObject({ parts: z.array(z.looseObject({ text: z.string().optional() })).min(1) }),
  outputDimensionality: lengthSchema,
});

/** Vertex AI's `predict` for embeddings: one text at a time. */
export const vertexPredictWire: Wire = {
  ...geminiEmbedWire,
  read(body, call) {
    const { instances, parameters } = parsed(predictSchema, body, call);
    const predictions = instances.map(({ content }) => ({
      embeddings: {
        values: vectorOf(content, parameters?.outputDimensionality, call),
        statistics: { truncated: false, token_count: countTokens(content) },
      },
    }));
    return { taskAnswer: { predictions, metadata: { billableCharacterCount: instances[0]?.content.length ?? 0 } } };
  },
};

/** Vertex AI's `embedContent`: one content at a time. */
export const vertexEmbedWire: Wire = {
  ...geminiEmbedWire,
  read(body, call) {
    const { content, outputDimensionality } = parsed(embedSchema, body, call);
    // What is no text stands for itself: equal pictures are alike.
    const text = content.parts.map((part) => part.text ?? JSON.stringify(part)).join("\n");
    return {
      taskAnswer: {
        embedding: { values: vectorOf(text, outputDimensionality, call) },
        usageMetadata: { promptTokenCount: countTokens(text) },
      },
    };
  },
};

function vectorOf(text: string, length: number | undefined, { model }: Call): readonly number[] {
  return textVector(text, length ?? vectorLengthOf(model ?? ""));
}

function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown, call: Call): z.output<Schema> {
  const result = schema.safeParse(body);
  if (!result.success) throw geminiRefusal(firstIssue(result.error).issue.message, call);
  return result.data;
}
