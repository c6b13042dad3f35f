import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ChatDelta } from "@/lib/schemas/chat-completion";
import { failureOf } from "../failure";
import { isRecord, listOf, recordOf, textOf } from "../json";
import { UpstreamError } from "../types";
import { AnswerReader } from "./answer-reader";
import { readErrorFields } from "./decode-failure";
import { contentDelta, textDelta } from "./decode-stream";
import { annotationsOf, logprobsOf } from "./read-pieces";

/** Reads a whole answer. */
export function decodeBody(body: unknown): readonly ChatChunk[] {
  if (!isRecord(body)) throw new Error("body is not a JSON object");
  const message = recordOf(body.message);
  if (message === undefined) {
    if (textOf(body.message) === undefined) throw new Error("body holds no message");
    throw new UpstreamError(failureOf(readErrorFields(body)));
  }
  const answer = new AnswerReader();
  const deltas: (ChatDelta | undefined)[] = [textDelta(message.tool_plan)];
  for (const part of listOf(message.content)) deltas.push(contentDelta(recordOf(part)));
  for (const call of listOf(message.tool_calls)) {
    if (isRecord(call)) deltas.push(answer.startCall(call), answer.endCall());
  }
  const annotations = listOf(message.citations).flatMap(annotationsOf);
  if (annotations.length > 0) deltas.push({ annotations });

  const logprobs = body.logprobs == null ? undefined : logprobsOf(body.logprobs);
  return [
    answer.start(body.id),
    ...deltas.map((delta) => (delta === undefined ? undefined : { delta })),
    logprobs === undefined ? undefined : { logprobs },
    answer.finish(body.finish_reason, body.usage, undefined),
  ].filter((chunk) => chunk !== undefined);
}
