import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { isRecord } from "../json";
import { AnswerReader } from "./read-answer";

/** Reads a whole answer; also the list of answers that a stream becomes when it was not asked for as events. */
export function decodeBody(body: unknown): readonly ChatChunk[] {
  const objects: unknown[] = Array.isArray(body) ? body : [body];
  const answer = new AnswerReader();
  return objects.flatMap((object) => {
    if (!isRecord(object)) throw new Error("body is not a JSON object");
    return answer.read(object);
  });
}
