import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ResponsesRequest } from "@/lib/schemas/responses-request";
import type { AnswerEnding, AnswerIdentity } from "../door";
import { ItemEvents } from "./item-events";
import { itemOptions } from "./item-options";
import { endedFields, newResponse } from "./response-object";
import { lastStatusOf } from "./response-stream";

/** An answer as one response. */
export function renderResponse(
  request: ResponsesRequest,
  answer: AnswerIdentity,
  chunks: readonly ChatChunk[],
  ending: AnswerEnding,
) {
  const items = new ItemEvents(itemOptions(request, answer));
  for (const { delta, logprobs } of chunks)
    if (delta !== undefined || logprobs !== undefined) items.read(delta ?? {}, logprobs);
  items.finish(lastStatusOf(ending));
  return { ...newResponse(request, answer), ...endedFields(ending, items.output) };
}
