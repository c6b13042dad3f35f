import "server-only";
import { getCatalog } from "@/lib/catalog/catalog";
import { perMillion } from "@/lib/money";
import type { ChatModel } from "@/lib/schemas/chat-model";
import type { Reach } from "./endpoint-reach";

const ANSWERS: ReadonlySet<string> = new Set(["text", "image"]);

/** Models that answer with text or pictures and that this person reaches ({@link Reach}), newest first. */
export function listChatModels(reach: Reach): ChatModel[] {
  return [...getCatalog().models.values()]
    .filter(
      ({ fact, endpoints }) => fact.outputModalities.some((modality) => ANSWERS.has(modality)) && endpoints.some(reach),
    )
    .map(({ id, fact }) => ({
      id,
      name: fact.name,
      contextTokens: fact.contextTokens,
      promptPrice: perMillion(fact.prices.prompt) ?? -1,
      completionPrice: perMillion(fact.prices.completion) ?? -1,
      isFree: Number(fact.prices.prompt) === 0 && Number(fact.prices.completion) === 0,
      ...(fact.maxOutputTokens === undefined ? {} : { maxOutputTokens: fact.maxOutputTokens }),
      inputs: fact.inputModalities.filter((modality) => modality !== "text"),
      outputs: fact.outputModalities,
      usesTools: fact.supportedParameters.includes("tools"),
      reasons: fact.supportedParameters.includes("reasoning"),
    }));
}
