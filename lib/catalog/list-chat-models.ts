import "server-only";
import type { ChatModel } from "@/lib/schemas/chat-model";
import { getCatalog } from "./catalog";

/** Models that answer with text, newest first. */
export function listChatModels(): ChatModel[] {
  return [...getCatalog().models.values()]
    .filter(({ fact, endpoints }) => fact.outputModalities.includes("text") && endpoints.length > 0)
    .map(({ id, fact }) => ({
      id,
      name: fact.name,
      contextTokens: fact.contextTokens,
      promptPrice: perMillion(fact.prices.prompt),
      completionPrice: perMillion(fact.prices.completion),
      isFree: Number(fact.prices.prompt) === 0 && Number(fact.prices.completion) === 0,
    }));
}

/** For display alone: prices that are charged never pass through a binary fraction. */
function perMillion(price: string): number {
  return Number((Number(price) * 1_000_000).toPrecision(6));
}
