import type { GenerationSummary } from "@/lib/schemas/generation";

/** How it ended, in one word: the model's reason when it finished, what happened to it otherwise. */
export function finishOf(generation: GenerationSummary): string {
  return generation.state === "finished" ? (generation.finishReason ?? "finished") : generation.state;
}

/** The key that it was made with, by name. */
export function keyOf({ keyHash, keyName, keyLabel }: GenerationSummary): string {
  return keyHash === null ? "Chatroom" : (keyName ?? keyLabel ?? "Removed key");
}
