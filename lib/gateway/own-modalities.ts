import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { Model } from "@/lib/schemas/endpoint";

/**
 * The request as a model that writes no text has to get it: asking for what the model makes. Callers rarely say so to a
 * model that can do nothing else, and providers answer with an error or with words.
 */
export function withOwnModalities(request: ChatRequest, { fact }: Model): ChatRequest {
  if (fact.outputModalities.includes("text")) return request;
  const makes = fact.outputModalities.filter((kind) => kind === "image" || kind === "audio");
  return makes.length === 0 ? request : { ...request, modalities: makes };
}
