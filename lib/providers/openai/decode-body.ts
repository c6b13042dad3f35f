import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { isRecord } from "../json";
import { AnswerReader } from "./read-answer";

/**
 * Reads a whole `chat.completion` object.
 * @param alwaysSearches the model searches the web for every answer, whether it cites or not
 * @throws Error when it holds no choice: an answer without one is no answer
 */
export function decodeBody(body: unknown, alwaysSearches = false): readonly ChatChunk[] {
  if (!isRecord(body)) throw new Error("body is not a JSON object");
  const answer = new AnswerReader("message", alwaysSearches);
  const chunks = answer.read(body);
  if (!Array.isArray(body.choices) || body.choices.length === 0) throw new Error("body holds no choices");
  return chunks;
}
