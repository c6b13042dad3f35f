import { processState } from "@/lib/process-state";
import type { ChatRequest } from "@/lib/schemas/chat-request";
import type { Endpoint, Model } from "@/lib/schemas/endpoint";
import { AffinityBook } from "./affinity-book";
import { type Conversation, signatureKey, signatureOf } from "./conversation";

export function affinityBook(): AffinityBook {
  return processState("affinity", () => new AffinityBook());
}

/** Who signed the reasoning that a request gives back, as far as is known: slugs of providers by signature. */
export type Signers = ReadonlyMap<string, string>;

export type Affinity = {
  /** Endpoints that a conversation should go back to. */
  endpointIds: ReadonlySet<string>;
  signers: Signers;
};

const NONE: Affinity = { endpointIds: new Set(), signers: new Map() };

/**
 * Where a conversation was before: the endpoints whose caches hold it, and those that signed the reasoning in it. Costs
 * nothing for accounts of which nothing is known.
 */
export function findAffinity(
  conversation: Conversation,
  request: ChatRequest,
  models: readonly Model[],
  nowMs: number,
): Affinity {
  const { accountId } = conversation;
  const book = affinityBook();
  if (!book.has(accountId)) return NONE;
  const endpointIds = new Set<string>();
  const signers = new Map<string, string>();
  for (const signature of signaturesOf(request)) {
    const endpointId = book.find(accountId, signatureKey(signature), nowMs);
    if (endpointId === undefined) continue;
    signers.set(signature, providerOf(endpointId));
    endpointIds.add(endpointId);
  }
  for (const model of models) {
    const endpointId = book.find(accountId, conversationKey(conversation, model), nowMs);
    if (endpointId !== undefined) endpointIds.add(endpointId);
  }
  return { endpointIds, signers };
}

/** Notes what an endpoint now holds of a conversation: its prompt cache, the key to what it signed. */
export function noteAffinity(
  conversation: Conversation,
  candidate: { model: Model; endpoint: Endpoint },
  holds: { cache: boolean; signatures: readonly string[] },
  nowMs: number,
): void {
  const { accountId } = conversation;
  const { id } = candidate.endpoint;
  const book = affinityBook();
  if (holds.cache) book.note(accountId, conversationKey(conversation, candidate.model), id, nowMs, true);
  for (const signature of holds.signatures) book.note(accountId, signatureKey(signature), id, nowMs, true);
}

/**
 * The request without the reasoning that another provider is known to have signed: only its maker can check it.
 * `leftOutOf`: slugs of those makers.
 */
export function withoutForeignReasoning(
  request: ChatRequest,
  providerSlug: string,
  signers: Signers,
): { request: ChatRequest; leftOutOf: readonly string[] } {
  const leftOutOf = new Set<string>();
  const signerOf = (signature: string | undefined) => (signature === undefined ? undefined : signers.get(signature));
  if ([...signers.values()].every((slug) => slug === providerSlug)) return { request, leftOutOf: [] };
  const messages = request.messages.map((message) => {
    if (message.role !== "assistant" || !message.reasoning_details?.length) return message;
    const kept = message.reasoning_details.filter((detail) => {
      const signer = signerOf(signatureOf(detail));
      if (signer === undefined || signer === providerSlug) return true;
      leftOutOf.add(signer);
      return false;
    });
    return kept.length === message.reasoning_details.length ? message : { ...message, reasoning_details: kept };
  });
  return leftOutOf.size === 0
    ? { request, leftOutOf: [] }
    : { request: { ...request, messages }, leftOutOf: [...leftOutOf] };
}

/** Newest first: who signed last holds the thread. */
function signaturesOf({ messages }: ChatRequest): readonly string[] {
  const found: string[] = [];
  for (const message of messages) {
    if (message.role !== "assistant") continue;
    for (const detail of message.reasoning_details ?? []) {
      const signature = signatureOf(detail);
      if (signature !== undefined) found.push(signature);
    }
  }
  return found.reverse();
}

/** A cache is one model's. */
function conversationKey({ key }: Conversation, { id }: Model): string {
  return `${key}|${id}`;
}

/** An endpoint's id is `model|tag`, and a tag is its provider's slug, or begins with it and a slash. */
function providerOf(endpointId: string): string {
  const tag = endpointId.slice(endpointId.indexOf("|") + 1);
  return tag.split("/")[0] ?? tag;
}
