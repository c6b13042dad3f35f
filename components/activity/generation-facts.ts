import { formatCount } from "@/components/ui/format-count";
import type { GenerationSummary } from "@/lib/schemas/generation";

/** `1,204 → 87`: tokens in, tokens out. */
export function tokensOf(generation: GenerationSummary): string {
  return `${formatCount(generation.promptTokens)} → ${formatCount(generation.completionTokens)}`;
}

/** How it ended, in one word: the model's reason when it finished, what happened to it otherwise. */
export function finishOf(generation: GenerationSummary): string {
  return generation.state === "finished" ? (generation.finishReason ?? "finished") : generation.state;
}

export function speedOf(generation: GenerationSummary): string {
  return generation.tokensPerSecond === null ? "–" : `${generation.tokensPerSecond.toFixed(1)} tok/s`;
}
