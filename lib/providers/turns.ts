import type { JsonRecord } from "./json";

/** One side's turn of a conversation, for protocols in which the two sides alternate. */
export type Turn = { role: "user" | "assistant"; content: JsonRecord[] };

/** Adds to the last turn if it is the same side's, because the sides must alternate. */
export function appendTurn(turns: Turn[], role: Turn["role"], blocks: readonly JsonRecord[]): void {
  if (blocks.length === 0) return;
  const last = turns.at(-1);
  if (last?.role === role) last.content.push(...blocks);
  else turns.push({ role, content: [...blocks] });
}

/** A last assistant turn is the start of the answer; one that ends in white space is refused. */
export function trimPrefill(turns: readonly Turn[]): void {
  const last = turns.at(-1);
  const block = last?.content.at(-1);
  if (last?.role !== "assistant" || block === undefined || typeof block.text !== "string") return;
  block.text = block.text.trimEnd();
}

/** Whether the conversation ends with the start of the answer. */
export function endsInPrefill(turns: readonly Turn[]): boolean {
  return turns.at(-1)?.role === "assistant" && typeof turns.at(-1)?.content.at(-1)?.text === "string";
}
