import "server-only";
import { invalidField } from "@/lib/errors";
import { NO_TOKENS } from "@/lib/schemas/chat-chunk";
import type { EmbeddingInput, EmbeddingPart, EmbeddingTask } from "@/lib/schemas/task";
import { countOf, isRecord, type JsonRecord, listOf, recordOf } from "../json";
import { mediaSourceOf } from "../media";
import { textOfInput } from "../tasks/input-text";
import { type Purpose, purposeOf } from "../tasks/input-type";
import { readVectors } from "../tasks/read-vectors";
import type { TaskCall } from "../tasks/task-call";
import { mediaPart } from "./build-parts";

/** More are refused. Source: ai.google.dev/api/embeddings, batchEmbedContents, as known in 2026-11. */
const MAX_INPUTS = 100;
const TASK_TYPES: Readonly<Record<Purpose, string>> = {
  query: "RETRIEVAL_QUERY",
  document: "RETRIEVAL_DOCUMENT",
  classification: "CLASSIFICATION",
  clustering: "CLUSTERING",
  similarity: "SEMANTIC_SIMILARITY",
};

/** `models/…:batchEmbedContents`. Source: ai.google.dev/api/embeddings, as known in 2026-11. */
export const geminiEmbedding: TaskCall<EmbeddingTask> = {
  build({ inputs, dimensions, inputType }, target) {
    if (inputs.length > MAX_INPUTS) throw invalidField("input", `this provider takes at most ${MAX_INPUTS} at a time`);
    const model = `models/${target.upstreamId}`;
    const purpose = purposeOf(inputType);
    const taskType = purpose === undefined ? inputType?.toUpperCase() : TASK_TYPES[purpose];
    return {
      url: `${target.baseUrl}/${model}:batchEmbedContents`,
      headers: { "content-type": "application/json", "x-goog-api-key": target.apiKey },
      body: {
        requests: inputs.map((input, index) => ({
          model,
          content: { parts: partsOf(input, index) },
          ...(taskType === undefined ? {} : { taskType }),
          ...(dimensions === undefined ? {} : { outputDimensionality: dimensions }),
        })),
      },
    };
  },
  decode(body, task) {
    if (!isRecord(body)) throw new Error("body is not a JSON object");
    const vectors = listOf(body.embeddings).map((entry) => recordOf(entry)?.values);
    // Older models count nothing.
    const promptTokens = countOf(recordOf(body.usageMetadata)?.promptTokenCount);
    const usage = promptTokens === 0 ? {} : { usage: { ...NO_TOKENS, promptTokens } };
    return [{ ...readVectors(vectors, task), ...usage }];
  },
};

function partsOf(input: EmbeddingInput, index: number): readonly JsonRecord[] {
  if (input.kind !== "parts") return [{ text: textOfInput(input, index) }];
  return input.parts.map((part, position) => partOf(part, `input[${index}].content[${position}]`));
}

function partOf(part: EmbeddingPart, field: string): JsonRecord {
  switch (part.type) {
    case "text":
      return { text: part.text };
    case "image_url":
      return mediaPart(mediaSourceOf(part.image_url.url, field), "image/jpeg", field);
    case "media":
      return { inlineData: { mimeType: part.mediaType, data: part.base64 } };
  }
}
