import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatDelta } from "@/lib/schemas/chat-completion";
import { failureOf } from "../failure";
import { type JsonRecord, parseEventData, recordOf, textOf } from "../json";
import { type StreamDecoder, type StreamEvent, UpstreamError } from "../types";
import { BlockReader } from "./block-reader";
import { readErrorFields } from "./decode-failure";
import { finishReasonOf } from "./finish-reasons";
import { readUsage } from "./read-usage";

const NOTHING: readonly ChatChunk[] = [];

/** Decodes a stream of message events. Complete once a stop reason or `message_stop` was seen. */
export function createStreamDecoder(): StreamDecoder {
  const blocks = new BlockReader();
  // Counts of the prompt come with the first event, those of the answer with the last.
  let usage: JsonRecord = {};
  let isComplete = false;

  function startMessage(json: JsonRecord): readonly ChatChunk[] {
    const message = recordOf(json.message);
    if (message === undefined) throw new Error("message_start without a message");
    usage = { ...usage, ...recordOf(message.usage) };
    const chunk: ChatChunk = {};
    const id = textOf(message.id);
    const tier = textOf(usage.service_tier);
    if (id !== undefined) chunk.upstreamId = id;
    if (tier !== undefined) chunk.serviceTier = tier;
    return id === undefined && tier === undefined ? NOTHING : [chunk];
  }

  function endMessage(json: JsonRecord): readonly ChatChunk[] {
    const delta = recordOf(json.delta) ?? {};
    usage = mergeUsage(usage, recordOf(json.usage));
    const chunk: ChatChunk = {};
    const counts = readUsage(usage);
    if (counts !== undefined) chunk.usage = counts;
    const native = textOf(delta.stop_reason);
    if (native !== undefined) {
      isComplete = true;
      chunk.finishReason = finishReasonOf(native, blocks.hasToolCalls);
      chunk.nativeFinishReason = native;
      const sequence = textOf(delta.stop_sequence);
      if (sequence !== undefined) chunk.stopSequence = sequence;
      const refusal = textOf(recordOf(delta.stop_details)?.explanation);
      if (refusal !== undefined) chunk.delta = { refusal };
    }
    return [chunk];
  }

  return {
    decode({ data }: StreamEvent): readonly ChatChunk[] {
      const json = parseEventData(data);
      switch (json.type) {
        case "message_start":
          return startMessage(json);
        case "content_block_start":
          return asChunks(blocks.start(json.index, recordOf(json.content_block) ?? {}));
        case "content_block_delta":
          return asChunks(blocks.delta(json.index, recordOf(json.delta) ?? {}));
        case "content_block_stop":
          return asChunks(blocks.stop(json.index));
        case "message_delta":
          return endMessage(json);
        case "message_stop":
          isComplete = true;
          return NOTHING;
        case "error":
          throw new UpstreamError(failureOf(readErrorFields(json)));
        default:
          // New kinds of events may come at any time, `ping` is an old one; what is no event at all has no type.
          if (typeof json.type !== "string") throw new Error("not an event of the messages protocol");
          return NOTHING;
      }
    },
    isComplete: () => isComplete,
  };
}

function asChunks(delta: ChatDelta | undefined): readonly ChatChunk[] {
  return delta === undefined ? NOTHING : [{ delta }];
}

/** Later counts replace earlier ones; a `null` says nothing. */
function mergeUsage(before: JsonRecord, after: JsonRecord | undefined): JsonRecord {
  const said = Object.entries(after ?? {}).filter(([, value]) => value !== null);
  return { ...before, ...Object.fromEntries(said) };
}
