import type { Logprobs } from "@/lib/schemas/chat-completion";
import type { CompletionLogprobs } from "@/lib/schemas/completion-request";

/** Likelihoods of a piece of text that begins `offset` characters into the answer; `null` when there are none. */
export function completionLogprobs(logprobs: Logprobs | null | undefined, offset: number): CompletionLogprobs | null {
  if (logprobs?.content == null) return null;
  const lists: CompletionLogprobs = { tokens: [], token_logprobs: [], top_logprobs: [], text_offset: [] };
  let position = offset;
  for (const { token, logprob, top_logprobs: likeliest } of logprobs.content) {
    lists.tokens.push(token);
    lists.token_logprobs.push(logprob);
    lists.top_logprobs.push(Object.fromEntries(likeliest.map((entry) => [entry.token, entry.logprob])));
    lists.text_offset.push(position);
    position += token.length;
  }
  return lists;
}
