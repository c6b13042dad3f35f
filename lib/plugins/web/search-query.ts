import type { ChatRequest } from "@/lib/schemas/chat-request";

/** Long pastes say what is wanted at their beginning or at their end. */
const MAX_END_CHARS = 500;

/** What to search for: the text of the last message of the user that has one. `undefined`: there is none. */
export function searchQueryOf(messages: ChatRequest["messages"]): string | undefined {
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index];
    if (message?.role !== "user") continue;
    const { content } = message;
    const text =
      typeof content === "string"
        ? content
        : content.flatMap((part) => (part.type === "text" ? part.text : [])).join(" ");
    const query = text.replaceAll(/\s+/g, " ").trim();
    if (query !== "") return shortened(query);
  }
  return undefined;
}

function shortened(query: string): string {
  if (query.length <= 2 * MAX_END_CHARS) return query;
  return `${query.slice(0, MAX_END_CHARS).trimEnd()} … ${query.slice(-MAX_END_CHARS).trimStart()}`.toWellFormed();
}
