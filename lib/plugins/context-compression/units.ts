import type { ChatMessage } from "@/lib/schemas/chat-request";

/** Messages that stay or go together: one, or calls of tools with all their results. */
export type Unit = {
  messages: readonly ChatMessage[];
  /** Never dropped: instructions, the first and the last of the conversation. */
  isPinned: boolean;
};

/** Takes a conversation apart into units, in order. Results without a call belong to what they follow. */
export function unitsOf(messages: readonly ChatMessage[]): readonly Unit[] {
  const groups: ChatMessage[][] = [];
  for (const message of messages) {
    const before = groups.at(-1);
    if (message.role === "tool" && before !== undefined && !isInstruction(before[0])) before.push(message);
    else groups.push([message]);
  }
  const first = groups.findIndex(([message]) => !isInstruction(message));
  const last = groups.findLastIndex(([message]) => !isInstruction(message));
  return groups.map((group, index) => ({
    messages: group,
    isPinned: index === first || index === last || isInstruction(group[0]),
  }));
}

/** Whether a message is an instruction rather than a turn of the conversation. */
export function isInstruction(message: ChatMessage | undefined): boolean {
  return message?.role === "system" || message?.role === "developer";
}
