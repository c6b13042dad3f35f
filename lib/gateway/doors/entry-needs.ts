import type { ChatRequest } from "@/lib/schemas/chat-request";
import { needsOf, type PromptNeeds } from "../needs-of";

// Our estimate takes a token for each four bytes. Six is what long words have: only what plainly does not fit is refused
// here, the provider counts the rest.
const LIKELY_SHARE = 4 / 6;

/**
 * What a task needs of an endpoint: all entries are paid for, but each by itself has to fit.
 *
 * @param request the task in our form, with a message for each entry
 * @param promptField the field of the body that holds them
 */
export function entryNeeds(request: ChatRequest, promptField: "input" | "documents"): PromptNeeds {
  let longest = 0;
  for (const message of request.messages) longest = Math.max(longest, needsOf({ messages: [message] }).promptTokens);
  return {
    ...needsOf(request),
    promptTokens: Math.ceil(longest * LIKELY_SHARE),
    maxOutputTokens: 0,
    promptField,
  };
}
