import { hash } from "node:crypto";
import type { AutoRouterConfig } from "@/lib/routing/auto-router/auto-router-config";
import { affinityBook } from "./affinity";
import type { Conversation } from "./conversation";

/**
 * The id of the model that a conversation is on, if it was used within the last hour; here or, a moment later, in any
 * other process. Other settings begin anew: who changes them wants another choice.
 */
export function findAutoModel(conversation: Conversation, config: AutoRouterConfig, nowMs: number): string | undefined {
  const book = affinityBook();
  const { accountId } = conversation;
  return book.has(accountId) ? book.find(accountId, keyOf(conversation, config), nowMs) : undefined;
}

/** Notes that a conversation is on this model now. */
export function noteAutoModel(
  conversation: Conversation,
  config: AutoRouterConfig,
  model: string,
  nowMs: number,
): void {
  affinityBook().note(conversation.accountId, keyOf(conversation, config), model, nowMs, true);
}

/** Hashes alone: no text of a prompt is kept. */
function keyOf({ key }: Conversation, config: AutoRouterConfig): string {
  return `auto|${key}|${hash("sha256", JSON.stringify(config), "base64url").slice(0, 16)}`;
}
