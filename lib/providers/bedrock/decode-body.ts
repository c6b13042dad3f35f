import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { failureOf } from "../failure";
import { isRecord, recordOf, textOf } from "../json";
import { UpstreamError } from "../types";
import { BlockReader } from "./block-reader";
import { readErrorFields } from "./decode-failure";
import { metadataChunks } from "./decode-stream";
import { finishReasonOf } from "./finish-reasons";

/** Reads the answer of `converse`. */
export function decodeBody(body: unknown): readonly ChatChunk[] {
  if (!isRecord(body)) throw new Error("body is not a JSON object");
  if (body.__type !== undefined) throw new UpstreamError(failureOf(readErrorFields(body, undefined)));
  const message = recordOf(recordOf(body.output)?.message);
  if (message === undefined || !Array.isArray(message.content)) throw new Error("body holds no message");

  const blocks = new BlockReader();
  const chunks: ChatChunk[] = [];
  message.content.forEach((block: unknown, index) => {
    if (isRecord(block)) chunks.push(...blocks.whole(index, block).map((delta) => ({ delta })));
  });
  const native = textOf(body.stopReason);
  if (native !== undefined) {
    chunks.push({ finishReason: finishReasonOf(native, blocks.hasToolCalls), nativeFinishReason: native });
  }
  return [...chunks, ...metadataChunks(body)];
}
