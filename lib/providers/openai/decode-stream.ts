import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { failureOf } from "../failure";
import { isRecord, parseEventData, parseJson } from "../json";
import { type SseEvent, type StreamDecoder, UpstreamError } from "../types";
import { readErrorFields } from "./decode-failure";
import { AnswerReader } from "./read-answer";

const DONE = "[DONE]";
const NOTHING: readonly ChatChunk[] = [];

/** Decodes a stream of `chat.completion.chunk` objects. Complete once a finish reason or `[DONE]` was seen. */
export function createStreamDecoder(): StreamDecoder {
  const answer = new AnswerReader("delta");
  let isDone = false;

  return {
    decode({ event, data }: SseEvent): readonly ChatChunk[] {
      if (event === "error") throw namedError(data);
      if (data === DONE || data.trim() === DONE) {
        isDone = true;
        return NOTHING;
      }
      return answer.read(parseEventData(data));
    },
    isComplete: () => isDone || answer.isFinished,
  };
}

/** Some servers report a failure as an event of that name, whose data need not be JSON. */
function namedError(data: string): UpstreamError {
  const json = parseJson(data);
  if (!isRecord(json)) return new UpstreamError(failureOf({ message: data }));
  return new UpstreamError(failureOf(readErrorFields(json) ?? readErrorFields({ error: json }) ?? {}));
}
