import { usdString } from "@/lib/money";
import type { GenerationSummary } from "@/lib/schemas/generation";
import type { StoredGeneration } from "./store";

/** What our own pages show of a generation. */
export function summarizeGeneration(generation: StoredGeneration): GenerationSummary {
  return {
    id: generation.id,
    createdAt: generation.createdAt.toISOString(),
    requestedModel: generation.requestedModel,
    modelId: generation.modelId,
    providerName: generation.providerName,
    providerSlug: generation.providerSlug,
    endpointTag: generation.endpointTag,
    keyLabel: generation.key?.label ?? null,
    keyName: generation.key?.name ?? null,
    promptTokens: generation.promptTokens,
    completionTokens: generation.completionTokens,
    reasoningTokens: generation.reasoningTokens,
    cachedTokens: generation.cachedTokens,
    costUsd: usdString(generation.costNanoUsd),
    estimated: generation.estimated,
    insured: generation.insured,
    sandbox: generation.sandbox,
    state: generation.state,
    finishReason: generation.finishReason,
    firstTokenMs: generation.firstTokenMs,
    generationMs: generation.generationMs,
    tokensPerSecond: tokensPerSecondOf(generation.completionTokens, generation.generationMs),
    streamed: generation.streamed,
    route: generation.route,
  };
}

function tokensPerSecondOf(completionTokens: number, generationMs: number | null): number | null {
  if (completionTokens === 0 || generationMs === null || generationMs === 0) return null;
  return (completionTokens * 1000) / generationMs;
}
