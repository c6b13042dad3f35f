import type { ChatDelta } from "@/lib/schemas/chat-completion";

/** The delta as the caller sees it; `undefined` when nothing of it is shown. */
export function shownDelta(delta: ChatDelta | undefined, hidesReasoning: boolean): ChatDelta | undefined {
  if (delta === undefined || !hidesReasoning) return delta;
  if (delta.reasoning === undefined && delta.reasoning_details === undefined) return delta;
  const { reasoning: _text, reasoning_details: _details, ...shown } = delta;
  const isEmpty = Object.entries(shown).every(([key, value]) => key === "role" || value === "" || value === null);
  return isEmpty ? undefined : shown;
}
