import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { AnswerEnding, AnswerIdentity } from "../door";
import { resultOf } from "../result-of";

/**
 * An answer as a list of embeddings.
 *
 * @throws AppError the failure of an answer that broke off
 */
export function renderEmbeddings(
  { id, model, provider }: AnswerIdentity,
  chunks: readonly ChatChunk[],
  ending: AnswerEnding,
  asBase64: boolean,
) {
  const { vectors } = resultOf(chunks, ending, "embeddings");
  const { usage, routerMetadata } = ending;
  return {
    id,
    object: "list",
    model,
    provider,
    data: vectors.map((vector, index) => ({
      object: "embedding",
      index,
      embedding: asBase64 ? base64Of(vector) : vector,
    })),
    usage: {
      prompt_tokens: usage.prompt_tokens,
      total_tokens: usage.prompt_tokens,
      cost: usage.cost,
      cost_details: usage.cost_details,
      is_byok: usage.is_byok,
    },
    ...(routerMetadata === undefined ? {} : { openrouter_metadata: routerMetadata }),
  };
}

/** 32-bit numbers, little-endian: what OpenAI's clients read. */
function base64Of(vector: readonly number[]): string {
  const bytes = Buffer.allocUnsafe(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString("base64");
}
