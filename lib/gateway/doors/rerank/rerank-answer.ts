import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { RerankTask } from "@/lib/schemas/task";
import type { AnswerEnding, AnswerIdentity } from "../door";
import { resultOf } from "../result-of";

/**
 * An answer as a ranking, with the documents of the request.
 *
 * @throws AppError the failure of an answer that broke off
 */
export function renderRanking(
  { id, model, provider }: AnswerIdentity,
  chunks: readonly ChatChunk[],
  ending: AnswerEnding,
  { documents }: RerankTask,
) {
  const { ranking } = resultOf(chunks, ending, "rerank");
  const { usage, routerMetadata } = ending;
  const units = chunks.findLast((chunk) => chunk.usage?.requests !== undefined)?.usage?.requests;
  return {
    id,
    model,
    provider,
    results: ranking.map(({ index, relevanceScore }) => ({
      index,
      relevance_score: relevanceScore,
      document: documents[index] ?? {},
    })),
    usage: {
      ...(units === undefined ? {} : { search_units: units }),
      total_tokens: usage.prompt_tokens,
      cost: usage.cost,
    },
    ...(routerMetadata === undefined ? {} : { openrouter_metadata: routerMetadata }),
  };
}
