import type { AppError } from "@/lib/errors";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { ItemEvent, ItemStatus } from "@/lib/schemas/responses-answer";
import type { ResponsesRequest } from "@/lib/schemas/responses-request";
import type { RouterMetadata } from "@/lib/schemas/router-metadata";
import { SSE_DONE, sseEvent } from "@/lib/sse/encode-sse";
import type { AnswerEnding, AnswerIdentity, StreamWriter } from "../door";
import { ItemEvents } from "./item-events";
import { itemOptions } from "./item-options";
import { endedFields, failedFields, newResponse } from "./response-object";

/** Writes the events of a response, numbered from 0. */
export function createResponseStream(request: ResponsesRequest, answer: AnswerIdentity): StreamWriter {
  const items = new ItemEvents(itemOptions(request, answer));
  const response = newResponse(request, answer);
  let sequence_number = 0;

  const event = ({ type, ...fields }: { type: string }) =>
    sseEvent(type, JSON.stringify({ type, sequence_number: sequence_number++, ...fields }));
  const textOf = (events: readonly ItemEvent[]) => events.map(event).join("");
  const lifecycle = (type: string, value: unknown = response) => event(Object.assign({ type }, { response: value }));
  const opening = () => (sequence_number > 0 ? "" : lifecycle("response.created") + lifecycle("response.in_progress"));

  return {
    write(chunks: readonly ChatChunk[]): string {
      const events = chunks.flatMap(({ delta, logprobs }) =>
        delta === undefined && logprobs === undefined ? [] : items.read(delta ?? {}, logprobs),
      );
      return events.length === 0 ? "" : opening() + textOf(events);
    },
    end(ending: AnswerEnding): string {
      const before = opening() + textOf(items.finish(lastStatusOf(ending)));
      const ended = { ...response, ...endedFields(ending, items.output) };
      return before + lifecycle(`response.${ended.status}`, ended) + SSE_DONE;
    },
    refuse(error: AppError, routerMetadata: RouterMetadata | undefined): string {
      const metadata = routerMetadata === undefined ? {} : { openrouter_metadata: routerMetadata };
      const failed = { ...response, ...failedFields(error), ...metadata };
      return opening() + lifecycle("response.failed", failed) + SSE_DONE;
    },
  };
}

/** What becomes of the item that the end finds open. */
export function lastStatusOf({ finishReason }: AnswerEnding): ItemStatus {
  return finishReason === "stop" || finishReason === "tool_calls" ? "completed" : "incomplete";
}
