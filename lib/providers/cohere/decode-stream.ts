import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatDelta } from "@/lib/schemas/chat-completion";
import { failureOf } from "../failure";
import { isRecord, type JsonRecord, parseEventData, recordOf, textOf } from "../json";
import { type StreamDecoder, type StreamEvent, UpstreamError } from "../types";
import { AnswerReader } from "./answer-reader";
import { readErrorFields } from "./decode-failure";
import { annotationsOf, logprobsOf } from "./read-pieces";

const DONE = "[DONE]";
const NOTHING: readonly ChatChunk[] = [];

/** Decodes the events of a streamed chat. Complete once `message-end` gave a reason. */
export function createStreamDecoder(): StreamDecoder {
  const answer = new AnswerReader();

  return {
    decode({ data }: StreamEvent): readonly ChatChunk[] {
      if (data === DONE) return NOTHING;
      const json = parseEventData(data);
      const message = recordOf(recordOf(json.delta)?.message);
      switch (json.type) {
        case "message-start":
          return listed(answer.start(json.id));
        case "content-start":
        case "content-delta":
          return contentChunks(json, recordOf(message?.content));
        case "tool-plan-delta":
          return asChunks(textDelta(message?.tool_plan));
        case "tool-call-start":
          return asChunks(answer.startCall(recordOf(message?.tool_calls) ?? {}));
        case "tool-call-delta": {
          const call = recordOf(recordOf(message?.tool_calls)?.function);
          return asChunks(answer.continueCall(textOf(call?.arguments)));
        }
        case "tool-call-end":
          return asChunks(answer.endCall());
        case "citation-start": {
          const annotations = annotationsOf(message?.citations);
          return asChunks(annotations.length === 0 ? undefined : { annotations: [...annotations] });
        }
        case "message-end": {
          const end = recordOf(json.delta);
          return listed(answer.finish(end?.finish_reason, end?.usage, end?.error));
        }
        default:
          // New kinds of events may come at any time; what is no event at all has no type.
          if (typeof json.type === "string") return NOTHING;
          if (textOf(json.message) !== undefined || isRecord(json.error)) {
            throw new UpstreamError(failureOf(readErrorFields(json)));
          }
          throw new Error("not an event of the chat protocol");
      }
    },
    isComplete: () => answer.isFinished,
  };
}

function contentChunks(json: JsonRecord, content: JsonRecord | undefined): readonly ChatChunk[] {
  const delta = contentDelta(content);
  const logprobs = json.logprobs == null ? undefined : logprobsOf(json.logprobs);
  if (delta === undefined && logprobs === undefined) return NOTHING;
  return [{ ...(delta === undefined ? {} : { delta }), ...(logprobs === undefined ? {} : { logprobs }) }];
}

/** What a piece of content adds, thought or said. */
export function contentDelta(content: JsonRecord | undefined): ChatDelta | undefined {
  const reasoning = textOf(content?.thinking);
  return reasoning === undefined ? textDelta(content?.text) : { reasoning };
}

export function textDelta(value: unknown): ChatDelta | undefined {
  const content = textOf(value);
  return content === undefined ? undefined : { content };
}

function asChunks(delta: ChatDelta | undefined): readonly ChatChunk[] {
  return delta === undefined ? NOTHING : [{ delta }];
}

function listed(chunk: ChatChunk | undefined): readonly ChatChunk[] {
  return chunk === undefined ? NOTHING : [chunk];
}
