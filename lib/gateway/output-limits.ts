import type { Endpoint } from "@/lib/schemas/endpoint";
import type { PromptNeeds } from "./needs-of";

/** Fewer output tokens than this are no answer: a request is refused rather than lowered to them. */
export const MIN_OUTPUT_TOKENS = 16;

/** Tokens of the longest answer: the caller's limit, else the endpoint's, else what its context leaves. */
export function wantedOutput(endpoint: Endpoint, needs: PromptNeeds): number {
  return needs.maxOutputTokens ?? endpoint.maxOutputTokens ?? Math.max(endpoint.contextTokens, MIN_OUTPUT_TOKENS);
}

/** The same with the room that an adapter may add for reasoning. */
export function longestOutput(endpoint: Endpoint, needs: PromptNeeds): number {
  const wanted = wantedOutput(endpoint, needs);
  const ceiling = Math.max(wanted, endpoint.maxOutputTokens ?? Number.MAX_SAFE_INTEGER);
  return Math.min(wanted + needs.reasoningTokensBound, ceiling);
}
