import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { RankedDocument, RerankTask } from "@/lib/schemas/task";
import { isRecord } from "../json";
import { UpstreamError } from "../types";

/**
 * The chunk of an answer that ranks documents: best first, no more than were asked for.
 *
 * @throws UpstreamError when a result names no document of the request, or has no score
 */
export function readRanking(results: readonly unknown[], { documents, topN }: RerankTask): ChatChunk {
  const ranking = results.map((result): RankedDocument => {
    const index = isRecord(result) ? result.index : undefined;
    const relevanceScore = isRecord(result) ? result.relevance_score : undefined;
    const isKnown = typeof index === "number" && Number.isInteger(index) && index >= 0 && index < documents.length;
    if (isKnown && typeof relevanceScore === "number") return { index, relevanceScore };
    throw new UpstreamError({ status: 502, providerCode: undefined, message: "the ranking could not be read" });
  });
  ranking.sort((a, b) => b.relevanceScore - a.relevanceScore);
  return {
    result: { kind: "rerank", ranking: ranking.slice(0, topN) },
    finishReason: "stop",
    nativeFinishReason: "stop",
  };
}
