import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { failureOf } from "../failure";
import { isRecord, parseEventData, parseJson } from "../json";
import { type StreamDecoder, type StreamEvent, UpstreamError } from "../types";
import { ContentTemplate } from "./content-template";
import { readErrorFields } from "./decode-failure";
import { AnswerReader } from "./read-answer";

const DONE = "[DONE]";
const NOTHING: readonly ChatChunk[] = [];

/**
 * Decodes a stream of `chat.completion.chunk` objects. Complete once a finish reason or `[DONE]` was seen.
 * @param alwaysSearches the model searches the web for every answer, whether it cites or not
 */
export function createStreamDecoder(alwaysSearches = false): StreamDecoder {
  const answer = new AnswerReader("delta", alwaysSearches);
  const template = new ContentTemplate();
  let isDone = false;

  return {
    decode({ event, data }: StreamEvent): readonly ChatChunk[] {
      if (event === "error") throw namedError(data);
      const content = template.contentOf(data);
      if (content !== undefined && content !== "") {
        answer.noteText(content);
        return [{ delta: { content } }];
      }
      if (data === DONE || data.trim() === DONE) {
        isDone = true;
        return NOTHING;
      }
      const chunks = answer.read(parseEventData(data));
      if (sayNothingButContent(chunks)) template.learn(data);
      return chunks;
    },
    isComplete: () => isDone || answer.isFinished,
  };
}

function sayNothingButContent(chunks: readonly ChatChunk[]): boolean {
  const [chunk] = chunks;
  if (chunks.length !== 1 || chunk?.delta?.content === undefined) return false;
  return Object.keys(chunk).length === 1 && Object.keys(chunk.delta).length === 1;
}

/** Some servers report a failure as an event of that name, whose data need not be JSON. */
function namedError(data: string): UpstreamError {
  const json = parseJson(data);
  if (!isRecord(json)) return new UpstreamError(failureOf({ message: data }));
  return new UpstreamError(failureOf(readErrorFields(json) ?? readErrorFields({ error: json }) ?? {}));
}
