import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { failureOf } from "../failure";
import { isRecord, recordOf, textOf } from "../json";
import { UpstreamError } from "../types";
import { BlockReader } from "./block-reader";
import { readErrorFields } from "./decode-failure";
import { finishReasonOf } from "./finish-reasons";
import { readUsage } from "./read-usage";

/** Reads a whole message. */
export function decodeBody(body: unknown): readonly ChatChunk[] {
  if (!isRecord(body)) throw new Error("body is not a JSON object");
  if (body.type === "error" || isRecord(body.error)) throw new UpstreamError(failureOf(readErrorFields(body)));
  if (!Array.isArray(body.content)) throw new Error("body holds no content");

  const blocks = new BlockReader();
  const chunks: ChatChunk[] = [];
  body.content.forEach((block: unknown, index) => {
    if (!isRecord(block)) return;
    for (const delta of [blocks.start(index, block), blocks.stop(index)])
      if (delta !== undefined) chunks.push({ delta });
  });

  const end: ChatChunk = {};
  const id = textOf(body.id);
  if (id !== undefined) end.upstreamId = id;
  const usage = recordOf(body.usage);
  const counts = usage === undefined ? undefined : readUsage(usage);
  if (counts !== undefined) end.usage = counts;
  const tier = textOf(usage?.service_tier);
  if (tier !== undefined) end.serviceTier = tier;
  const native = textOf(body.stop_reason);
  if (native !== undefined) {
    end.finishReason = finishReasonOf(native, blocks.hasToolCalls);
    end.nativeFinishReason = native;
    const sequence = textOf(body.stop_sequence);
    if (sequence !== undefined) end.stopSequence = sequence;
    const refusal = textOf(recordOf(body.stop_details)?.explanation);
    if (refusal !== undefined) end.delta = { refusal };
  }
  return [...chunks, end];
}
