import { applyFix as applyToBody } from "@/lib/routing/apply-fix";
import { type ChatRequest, chatRequestSchema } from "@/lib/schemas/chat-request";

/** What a request and an installation are, as far as a fix can change them. */
export type Situation = { request: ChatRequest; configured: ReadonlySet<string>; promptTokens: number };

/**
 * Does what the text of an exclusion's fix says, as a reader would: what is a matter of the body as the pages do it, and
 * besides that what is a matter of the installation or of the prompt.
 *
 * @throws Error when the text is not in the grammar that fixes are written in.
 */
export function applyFix(situation: Situation, fix: string): Situation {
  return fix.split("; ").reduce((now, clause) => applyClause(now, clause.split(", or ")[0] ?? ""), situation);
}

function applyClause(situation: Situation, clause: string): Situation {
  const key = /^set (\w+)_API_KEY to a key of it$/.exec(clause);
  if (key?.[1] !== undefined) {
    return { ...situation, configured: new Set([...situation.configured, key[1].toLowerCase()]) };
  }
  const shorten = /^shorten messages to (\d+) tokens or less$/.exec(clause);
  if (shorten?.[1] !== undefined) return { ...situation, promptTokens: Number(shorten[1]) };
  const isVideoAddress = clause.startsWith("set messages[].content[].video_url.url to ");
  const body = applyToBody(situation.request, isVideoAddress ? "remove the video parts from messages" : clause);
  if (body === undefined) throw new Error(`a fix that nobody can apply: ${clause}`);
  return { ...situation, request: chatRequestSchema.parse(body) };
}
