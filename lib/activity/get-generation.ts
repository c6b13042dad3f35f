import "server-only";
import type { GenerationDetail, GenerationResponse } from "@/lib/schemas/generation";
import { generationResponseOf } from "./generation-response";
import { selectGeneration } from "./store";
import { detailGeneration } from "./summarize-generation";

/** A generation for our own pages; `null` when the account has none of that id. */
export async function findGeneration(accountId: string, id: string): Promise<GenerationDetail | null> {
  const generation = await selectGeneration(accountId, id);
  return generation === null ? null : detailGeneration(generation);
}

/** A generation in the form of the public API; `null` when the account has none of that id. */
export async function findGenerationResponse(accountId: string, id: string): Promise<GenerationResponse | null> {
  const generation = await selectGeneration(accountId, id);
  return generation === null ? null : generationResponseOf(generation);
}
