import { usdString } from "@/lib/money";
import type { GenerationDetail, GenerationSummary } from "@/lib/schemas/generation";
import type { ListedGeneration, StoredGeneration } from "./store";

/** What a list of our own pages shows of a generation. */
export function summarizeGeneration(generation: ListedGeneration): GenerationSummary {
  return {
    id: generation.id,
    createdAt: generation.createdAt.toISOString(),
    requestedModel: generation.requestedModel,
    modelId: generation.modelId,
    providerName: generation.providerName,
    providerSlug: generation.providerSlug,
    endpointTag: generation.endpointTag,
    keyHash: generation.apiKeyHash,
    keyLabel: generation.key?.label ?? null,
    keyName: generation.key?.name ?? null,
    app: generation.app === "" ? null : generation.app,
    promptTokens: generation.promptTokens,
    completionTokens: generation.completionTokens,
    reasoningTokens: generation.reasoningTokens,
    cachedTokens: generation.cachedTokens,
    costUsd: usdString(generation.costNanoUsd),
    estimated: generation.estimated,
    insured: generation.insured,
    sandbox: generation.sandbox,
    isByok: generation.isByok,
    state: generation.state,
    finishReason: generation.finishReason,
    firstTokenMs: generation.firstTokenMs,
    generationMs: generation.generationMs,
    tokensPerSecond: tokensPerSecondOf(generation.completionTokens, generation.generationMs),
    streamed: generation.streamed,
  };
}

/** All that our own pages show of one. */
export function detailGeneration(generation: StoredGeneration): GenerationDetail {
  return {
    ...summarizeGeneration(generation),
    apiType: generation.apiType,
    nativeFinishReason: generation.nativeFinishReason,
    upstreamId: generation.upstreamId,
    cacheWriteTokens: generation.cacheWriteTokens,
    imageTokens: generation.imageTokens,
    audioTokens: generation.audioTokens,
    upstreamCostUsd: generation.upstreamCostNanoUsd === null ? null : usdString(generation.upstreamCostNanoUsd),
    gatewayMs: generation.gatewayMs,
    httpReferer: generation.httpReferer,
    userAgent: generation.userAgent,
    externalUser: generation.externalUser,
    sessionId: generation.sessionId,
    serviceTier: generation.serviceTier,
    route: generation.route,
  };
}

function tokensPerSecondOf(completionTokens: number, generationMs: number | null): number | null {
  if (completionTokens === 0 || generationMs === null || generationMs === 0) return null;
  return (completionTokens * 1000) / generationMs;
}
