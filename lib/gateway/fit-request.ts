import { AppError } from "@/lib/errors";
import { compress } from "@/lib/plugins/context-compression/compress";
import { compressesFor, contextFitOf, promptRoomOf } from "@/lib/routing/context-fit";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { PromptNeeds } from "./needs-of";
import type { PaidCandidate } from "./reserve-credit";
import { tokenFamilyOf } from "./token-families";

/** What an answer gets of a small context when nobody says how long it may be: a quarter, up to this. */
const ANSWER_TOKENS = 1_024;
const ANSWER_SHARE = 4;

export type FittedRequest = {
  request: ChatRequest;
  /** What was left out, in words. */
  notice: string | undefined;
};

/**
 * The request as this candidate can take it: with the middle of its conversation left out, where it is too long and may
 * be compressed. Anything that surely fits comes back as it is, at once.
 *
 * @throws AppError `context_length_exceeded` when what must stay of it does not fit.
 */
export function fitRequest(
  request: ChatRequest,
  candidate: PaidCandidate,
  needs: PromptNeeds,
): FittedRequest | Promise<FittedRequest> {
  const { endpoint } = candidate;
  const { maxMessages } = endpoint.provider.fact;
  const hasTooMany = maxMessages !== undefined && request.messages.length > maxMessages;
  const asItIs = { request, notice: undefined };
  if (needs.context === undefined || !compressesFor(endpoint, needs)) return asItIs;
  if (contextFitOf(endpoint, needs) === "fits" && !hasTooMany) return asItIs;
  return compressRequest(request, candidate, needs);
}

async function compressRequest(
  request: ChatRequest,
  { endpoint, model, maxTokens }: PaidCandidate,
  needs: PromptNeeds,
): Promise<FittedRequest> {
  const { counter } = needs;
  if (counter === undefined) throw new Error("a prompt near a limit has been counted");
  const family = tokenFamilyOf(model);
  const outputTokens = maxTokens ?? Math.min(ANSWER_TOKENS, Math.floor(endpoint.contextTokens / ANSWER_SHARE));
  const room = promptRoomOf(endpoint, { ...needs, maxOutputTokens: outputTokens });
  // What is counted with another family's vocabulary may be more in truth.
  const limitTokens = Math.floor(room / (1 + family.error)) - (await counter.overhead(request, family));
  const { maxMessages } = endpoint.provider.fact;
  const limits = { contextTokens: endpoint.contextTokens, limitTokens, maxMessages };
  const compressed = await compress(request.messages, limits, counter.of(family));
  if (compressed !== undefined)
    return { request: { ...request, messages: [...compressed.messages] }, notice: compressed.notice };
  throw new AppError(
    "context_length_exceeded",
    `The request does not fit the context of ${endpoint.contextTokens} tokens even without the middle of its conversation; shorten the first and the last message, the instructions or the tools, or lower max_tokens`,
  );
}
