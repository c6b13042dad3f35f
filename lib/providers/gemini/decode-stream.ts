import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { parseEventData } from "../json";
import type { StreamDecoder, StreamEvent } from "../types";
import { AnswerReader } from "./read-answer";

/** Decodes a stream of `GenerateContentResponse` objects. Complete once a finish reason or a block reason was seen. */
export function createStreamDecoder(): StreamDecoder {
  const answer = new AnswerReader();
  return {
    decode: ({ data }: StreamEvent): readonly ChatChunk[] => answer.read(parseEventData(data)),
    isComplete: () => answer.isFinished,
  };
}
