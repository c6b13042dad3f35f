import type { EmbeddingInput, EmbeddingPart } from "@/lib/schemas/task";
import type { JsonRecord } from "../json";
import { mediaSourceOf } from "../media";
import { textOfInput } from "../tasks/input-text";
import { type Purpose, purposeOf } from "../tasks/input-type";
import { mediaPart } from "./build-parts";

const TASK_TYPES: Readonly<Record<Purpose, string>> = {
  query: "RETRIEVAL_QUERY",
  document: "RETRIEVAL_DOCUMENT",
  classification: "CLASSIFICATION",
  clustering: "CLUSTERING",
  similarity: "SEMANTIC_SIMILARITY",
};

/** Google's word for what a vector is for; one that only Google may know is passed on. */
export function taskTypeOf(inputType: string | undefined): string | undefined {
  const purpose = purposeOf(inputType);
  return purpose === undefined ? inputType?.toUpperCase() : TASK_TYPES[purpose];
}

/**
 * One input as Google's content.
 * @throws AppError `invalid_request` naming the part that cannot be said
 */
export function embeddingContent(input: EmbeddingInput, index: number): { parts: readonly JsonRecord[] } {
  if (input.kind !== "parts") return { parts: [{ text: textOfInput(input, index) }] };
  return { parts: input.parts.map((part, position) => partOf(part, `input[${index}].content[${position}]`)) };
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
