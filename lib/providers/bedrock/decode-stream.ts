import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatDelta } from "@/lib/schemas/chat-completion";
import { EXCEPTION_PREFIX } from "@/lib/sse/event-stream-parser";
import { failureOf } from "../failure";
import { isRecord, type JsonRecord, parseEventData, parseJson, recordOf, textOf } from "../json";
import { type StreamDecoder, type StreamEvent, UpstreamError } from "../types";
import { BlockReader } from "./block-reader";
import { readErrorFields } from "./decode-failure";
import { finishReasonOf } from "./finish-reasons";
import { readUsage } from "./read-usage";

const NOTHING: readonly ChatChunk[] = [];

/** Decodes the events of `converse-stream`. Complete once a stop reason was seen; usage comes after it. */
export function createStreamDecoder(): StreamDecoder {
  const blocks = new BlockReader();
  let isComplete = false;

  function endMessage(json: JsonRecord): readonly ChatChunk[] {
    const native = textOf(json.stopReason);
    if (native === undefined || isComplete) return NOTHING;
    isComplete = true;
    return [{ finishReason: finishReasonOf(native, blocks.hasToolCalls), nativeFinishReason: native }];
  }

  return {
    decode({ event, data }: StreamEvent): readonly ChatChunk[] {
      if (event?.startsWith(EXCEPTION_PREFIX)) throw exceptionOf(event.slice(EXCEPTION_PREFIX.length), data);
      const json = parseEventData(data);
      switch (event) {
        case "contentBlockStart":
          return asChunks(blocks.start(json.contentBlockIndex, recordOf(json.start) ?? {}));
        case "contentBlockDelta":
          return asChunks(blocks.delta(json.contentBlockIndex, recordOf(json.delta) ?? {}));
        case "contentBlockStop":
          return asChunks(blocks.stop(json.contentBlockIndex));
        case "messageStop":
          return endMessage(json);
        case "metadata":
          return metadataChunks(json);
        case undefined:
          throw new Error("an event without a type");
        default:
          // `messageStart` says nothing that we do not know, and new kinds of events may come at any time.
          return NOTHING;
      }
    },
    isComplete: () => isComplete,
  };
}

/** Usage and tier, which close a stream and stand in a whole answer. */
export function metadataChunks(json: JsonRecord): readonly ChatChunk[] {
  const chunk: ChatChunk = {};
  const usage = readUsage(json.usage);
  if (usage !== undefined) chunk.usage = usage;
  const tier = textOf(recordOf(json.serviceTier)?.type);
  if (tier !== undefined) chunk.serviceTier = tier;
  return usage === undefined && tier === undefined ? NOTHING : [chunk];
}

function exceptionOf(type: string, data: string): UpstreamError {
  const json = parseJson(data);
  return new UpstreamError(failureOf(readErrorFields(isRecord(json) ? json : {}, type)));
}

function asChunks(delta: ChatDelta | undefined): readonly ChatChunk[] {
  return delta === undefined ? NOTHING : [{ delta }];
}
