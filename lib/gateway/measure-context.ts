import { compressionOf } from "@/lib/plugins/context-compression/compression-of";
import { messageTextsOf } from "@/lib/plugins/context-compression/message-texts";
import { promptRoomOf } from "@/lib/routing/context-fit";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { Endpoint, Model } from "@/lib/schemas/endpoint";
import type { PromptNeeds } from "./needs-of";
import { TokenCounter } from "./token-counter";
import { tokenFamilyOf } from "./token-families";

/**
 * Completes what is known of a prompt where it matters: tokens are counted for the models that have an endpoint whose
 * limit the prompt may reach. For all others, which is nearly always all of them, the bound of the cheap estimate is
 * enough and the needs come back as they are, at once.
 *
 * @param isConfigured whether anybody can call the endpoint; others decide nothing.
 */
export function measureContext(
  request: ChatRequest,
  models: readonly Model[],
  needs: PromptNeeds,
  isConfigured: (endpoint: Endpoint) => boolean,
): PromptNeeds | Promise<PromptNeeds> {
  if (!isNearAny(needs.promptTokensBound, request, models, needs, isConfigured)) return needs;
  const bound = Math.min(needs.promptTokensBound, likelyBoundOf(request) + needs.extraTokensBound);
  if (!isNearAny(bound, request, models, needs, isConfigured)) return needs;
  return countFor(request, models, needs, (model) => isNearAny(bound, request, [model], needs, isConfigured));
}

/** Whether a prompt of up to so many tokens may be too much for an endpoint, or has too many messages for one. */
function isNearAny(
  tokens: number,
  { messages }: ChatRequest,
  models: readonly Model[],
  needs: PromptNeeds,
  isConfigured: (endpoint: Endpoint) => boolean,
): boolean {
  for (const { endpoints } of models) {
    for (const endpoint of endpoints) {
      const isNear =
        tokens > promptRoomOf(endpoint, needs) ||
        messages.length > (endpoint.provider.fact.maxMessages ?? Number.POSITIVE_INFINITY);
      if (isNear && isConfigured(endpoint)) return true;
    }
  }
  return false;
}

async function countFor(
  request: ChatRequest,
  models: readonly Model[],
  needs: PromptNeeds,
  isNear: (model: Model) => boolean,
): Promise<PromptNeeds> {
  const counter = new TokenCounter();
  const promptTokens = new Map<string, number>();
  for (const model of models) {
    if (!isNear(model)) continue;
    const tokens = await counter.request(request, tokenFamilyOf(model));
    for (const { modelId } of model.endpoints) promptTokens.set(modelId, tokens);
  }
  return { ...needs, context: { compression: compressionOf(request), promptTokens }, counter };
}

/**
 * Tokens of a prompt's texts that ordinary text does not reach in any tokenizer: two for three letters, more than one
 * for each digit, sign and line, two for a character of another script. One pass over the text, many times faster than
 * counting.
 */
function likelyBoundOf(request: ChatRequest): number {
  let tokens = 0;
  for (const message of request.messages) for (const text of messageTextsOf(message)) tokens += boundOfText(text);
  if (request.tools != null && request.tools.length > 0) tokens += boundOfText(JSON.stringify(request.tools));
  return Math.ceil(tokens);
}

/** Tokens for one UTF-16 unit, by its kind. */
const LETTER = 0.65;
const BLANK = 0.3;
const SIGN = 1.4;
const OTHER = 2.2;

function boundOfText(text: string): number {
  let tokens = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 127) tokens += OTHER;
    else if ((unit | 32) >= 97 && (unit | 32) <= 122) tokens += LETTER;
    else tokens += unit === 32 ? BLANK : SIGN;
  }
  return tokens;
}
