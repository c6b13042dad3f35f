import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { isRecord } from "../json";
import { AnswerReader } from "./read-answer";

/**
 * Reads a whole `chat.completion` object.
 * @throws Error when it holds no choice: an answer without one is no answer
 */
export function decodeBody(body: unknown): readonly ChatChunk[] {
  if (!isRecord(body)) throw new Error("body is not a JSON object");
  const answer = new AnswerReader("message");
  const chunks = answer.read(body);
  if (!Array.isArray(body.choices) || body.choices.length === 0) throw new Error("body holds no choices");
  return chunks;
}
