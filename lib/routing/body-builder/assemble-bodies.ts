import type { ChatMessage, MessageContent } from "@/lib/schemas/chat-request";

/** A request body as it is sent: the least that is needed. */
export type RequestBody = { model: string; messages: readonly ChatMessage[] };

/**
 * One body for each model: the system messages, the conversation before the last user message, and `task` in place of
 * that message.
 */
export function assembleBodies(
  messages: readonly ChatMessage[],
  models: readonly string[],
  task: MessageContent,
): readonly RequestBody[] {
  const system = messages.filter(({ role }) => role === "system" || role === "developer");
  const turns = messages.filter(({ role }) => role === "user" || role === "assistant");
  const before = turns.slice(
    0,
    turns.findLastIndex(({ role }) => role === "user"),
  );
  const body: readonly ChatMessage[] = [
    ...system,
    ...conversationBefore(before, task),
    { role: "user", content: task },
  ];
  return models.map((model) => ({ model, messages: body }));
}

/** What was said before the task, without what was asked of the Body Builder and its answers. */
function conversationBefore(earlier: readonly ChatMessage[], task: MessageContent): readonly ChatMessage[] {
  return earlier.flatMap((message, at): ChatMessage[] => {
    const next = earlier[at + 1];
    const isAsked = next?.role === "assistant" && isBuilt(next.content);
    const isRepeated = message.role === "user" && message.content === task;
    if (isAsked || isRepeated || (message.role === "assistant" && isBuilt(message.content))) return [];
    if (message.role !== "assistant") return [message];
    // Tools are none of ours, and a call without its result is no valid conversation.
    return typeof message.content === "string" && message.content !== ""
      ? [{ role: "assistant", content: message.content }]
      : [];
  });
}

function isBuilt(content: MessageContent | null | undefined): boolean {
  return typeof content === "string" && /^\s*\{\s*"requests"\s*:/.test(content);
}
