import type { GenerationSummary } from "@/lib/schemas/generation";

/** How it ended, in one word: the model's reason when it finished, what happened to it otherwise. */
export function finishOf(generation: GenerationSummary): string {
  return generation.state === "finished" ? (generation.finishReason ?? "finished") : generation.state;
}

export function speedOf(generation: GenerationSummary): string {
  return generation.tokensPerSecond === null ? "–" : `${generation.tokensPerSecond.toFixed(1)} tok/s`;
}
