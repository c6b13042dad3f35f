import type { AppError } from "@/lib/errors";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import type { BlockEvent } from "@/lib/schemas/messages-answer";
import { sseEvent } from "@/lib/sse/encode-sse";
import type { AnswerEnding, AnswerIdentity, StreamWriter } from "../door";
import { BlockEvents, type ThinkingDisplay } from "./block-events";
import { messageFields, NO_USAGE, stopOf, usageOf } from "./message-fields";
import { renderMessagesError } from "./messages-error";

type Event = { type: string };

/** Writes the events of a message. */
export function createMessageStream(
  answer: AnswerIdentity,
  display: ThinkingDisplay,
  stops: readonly string[],
): StreamWriter {
  const blocks = new BlockEvents(display);
  let hasBegun = false;

  const event = (value: Event) => sseEvent(value.type, JSON.stringify(value));
  const textOf = (events: readonly BlockEvent[]) => events.map(event).join("");
  const opening = () => {
    if (hasBegun) return "";
    hasBegun = true;
    const message = { ...messageFields(answer), content: [], usage: NO_USAGE };
    return sseEvent("message_start", JSON.stringify({ type: "message_start", message }));
  };
  const failure = (error: AppError) => event(renderMessagesError(error));

  return {
    write(chunks: readonly ChatChunk[]): string {
      let text = "";
      for (const { delta } of chunks) if (delta !== undefined) text += textOf(blocks.read(delta));
      return text === "" ? "" : opening() + text;
    },
    end(ending: AnswerEnding): string {
      if (ending.failure !== undefined) return opening() + failure(ending.failure);
      const { routerMetadata } = ending;
      const delta = { ...stopOf(ending, stops), container: null };
      const stop = {
        type: "message_stop",
        ...(routerMetadata === undefined ? {} : { openrouter_metadata: routerMetadata }),
      };
      const last = sseEvent("message_delta", JSON.stringify({ type: "message_delta", delta, usage: usageOf(ending) }));
      return opening() + textOf(blocks.finish()) + last + event(stop);
    },
    refuse: failure,
  };
}
