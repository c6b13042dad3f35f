import "server-only";
import { invalidField } from "@/lib/errors";
import type { EmbeddingInput, EmbeddingTask } from "@/lib/schemas/task";
import { isRecord, type JsonRecord, listOf } from "../json";
import { readTaskAnswer } from "../openai/task-answer";
import { taskHeaders } from "../openai/task-headers";
import { textOfInput } from "../tasks/input-text";
import { type Purpose, purposeOf } from "../tasks/input-type";
import { readVectors } from "../tasks/read-vectors";
import type { TaskCall } from "../tasks/task-call";
import { apiUrlOf } from "./api-url";

/** Cohere wants to know. Texts are usually embedded to be found. */
const USUAL_INPUT_TYPE = "search_document";
const INPUT_TYPES: Readonly<Record<Purpose, string>> = {
  query: "search_query",
  document: "search_document",
  classification: "classification",
  clustering: "clustering",
  // It has no word for this; documents are compared with documents.
  similarity: "search_document",
};

/** `POST /embed`, version 2. Source: docs.cohere.com/reference/embed, as known in 2026-11. */
export const cohereEmbedding: TaskCall<EmbeddingTask> = {
  build({ inputs, dimensions, inputType }, target) {
    const purpose = purposeOf(inputType);
    const isPlain = inputs.every(({ kind }) => kind === "text");
    return {
      url: `${apiUrlOf(target.baseUrl)}/embed`,
      headers: taskHeaders(target),
      body: {
        model: target.upstreamId,
        ...(isPlain ? { texts: inputs.map(textOfInput) } : { inputs: inputs.map(contentOf) }),
        input_type: purpose === undefined ? (inputType ?? USUAL_INPUT_TYPE) : INPUT_TYPES[purpose],
        embedding_types: ["float"],
        ...(dimensions === undefined ? {} : { output_dimension: dimensions }),
      },
    };
  },
  decode(body, task) {
    const { json, about } = readTaskAnswer(body);
    const vectors = isRecord(json.embeddings) ? listOf(json.embeddings.float) : listOf(json.embeddings);
    return [{ ...readVectors(vectors, task), ...about }];
  },
};

function contentOf(input: EmbeddingInput, index: number): JsonRecord {
  if (input.kind !== "parts") return { content: [{ type: "text", text: textOfInput(input, index) }] };
  return {
    content: input.parts.map((part, position): JsonRecord => {
      if (part.type !== "media") return part;
      throw invalidField(`input[${index}].content[${position}]`, "this provider takes text and images only");
    }),
  };
}
