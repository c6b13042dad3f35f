import type { Endpoint } from "@/lib/schemas/endpoint";
import type { RouteNeeds } from "./types";

/** Up to this context prompts are compressed unless the request says otherwise. Source: Message Transforms, read 2026-11. */
const SMALL_CONTEXT_TOKENS = 8_192;
/** Less room than this beside the answer is none for a prompt. */
const LEAST_PROMPT_TOKENS = 16;

/** Whether a prompt goes to an endpoint as it is, or made to fit, or not at all. */
export type ContextFit = "fits" | "compressed" | "too_long";

/**
 * Whether a prompt fits an endpoint, the longest answer included. Where it may be compressed, endpoints are considered
 * whose context is at least half of what is needed; of smaller ones only the one that `context.floorTokens` names.
 */
export function contextFitOf(endpoint: Endpoint, needs: RouteNeeds): ContextFit {
  const promptTokens = promptTokensOf(endpoint, needs);
  if (promptTokens <= promptRoomOf(endpoint, needs)) return "fits";
  if (!compressesFor(endpoint, needs) || promptRoomOf(endpoint, needs) < LEAST_PROMPT_TOKENS) return "too_long";
  const half = (promptTokens + (needs.maxOutputTokens ?? 0)) / 2;
  const floor = Math.min(half, needs.context?.floorTokens ?? half);
  return endpoint.contextTokens >= floor ? "compressed" : "too_long";
}

/** Whether a prompt that is too long for an endpoint is made to fit it. */
export function compressesFor({ contextTokens }: Endpoint, { context }: RouteNeeds): boolean {
  switch (context?.compression) {
    case undefined:
    case "off":
      return false;
    case "on":
      return contextTokens > 0;
    case "default":
      return contextTokens > 0 && contextTokens <= SMALL_CONTEXT_TOKENS;
  }
}

/** Tokens of the prompt for this endpoint's model: counted where that could matter, else our estimate. */
export function promptTokensOf({ modelId }: Endpoint, { context, promptTokens }: RouteNeeds): number {
  return context?.promptTokens.get(modelId) ?? promptTokens;
}

/** Tokens of the prompt as this endpoint will get it. */
export function sentTokensOf(endpoint: Endpoint, needs: RouteNeeds): number {
  const tokens = promptTokensOf(endpoint, needs);
  return compressesFor(endpoint, needs) ? Math.min(tokens, promptRoomOf(endpoint, needs)) : tokens;
}

/** The longest prompt, in tokens, that leaves room for the answer. Unlimited where the context is not known. */
export function promptRoomOf({ contextTokens, fact }: Endpoint, { maxOutputTokens }: RouteNeeds): number {
  // An answer has one token at least.
  const beside = contextTokens === 0 ? Number.POSITIVE_INFINITY : contextTokens - Math.max(1, maxOutputTokens ?? 0);
  return Math.min(beside, fact.maxPromptTokens ?? Number.POSITIVE_INFINITY);
}
