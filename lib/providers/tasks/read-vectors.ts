import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { EmbeddingTask } from "@/lib/schemas/task";
import { UpstreamError } from "../types";

/**
 * The chunk of an answer that holds a vector for each input.
 *
 * @param vectors as the provider gave them; what is no list of numbers, or base64 of 32-bit ones, is refused
 * @throws UpstreamError when there are not as many as inputs, or one cannot be read
 */
export function readVectors(vectors: readonly unknown[], task: EmbeddingTask): ChatChunk {
  if (vectors.length !== task.inputs.length) {
    const message = `${task.inputs.length} inputs were answered with ${vectors.length} vectors`;
    throw new UpstreamError({ status: 502, providerCode: undefined, message });
  }
  return {
    result: { kind: "embeddings", vectors: vectors.map(readVector) },
    finishReason: "stop",
    nativeFinishReason: "stop",
  };
}

function readVector(value: unknown): readonly number[] {
  const numbers = typeof value === "string" ? floatsOf(value) : value;
  if (Array.isArray(numbers) && numbers.length > 0 && numbers.every((number) => typeof number === "number"))
    return numbers;
  throw new UpstreamError({ status: 502, providerCode: undefined, message: "a vector could not be read" });
}

/** 32-bit numbers, little-endian: what OpenAI's clients ask for. */
function floatsOf(base64: string): number[] {
  const bytes = Buffer.from(base64, "base64");
  return Array.from({ length: bytes.length >> 2 }, (_, index) => bytes.readFloatLE(index * 4));
}
