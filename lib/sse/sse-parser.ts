import { createParser } from "eventsource-parser";

/** One server-sent event. */
export type SseMessage = { event: string | undefined; data: string };

export type SseParser = {
  /** Takes bytes as the network cut them; returns the events that they complete, in order. */
  push(bytes: Uint8Array): SseMessage[];
  /** The stream is over: an event that lacks only its closing blank line still counts. */
  end(): SseMessage[];
};

/** An event longer than this is no answer of a provider but an attack on our memory. Images arrive as base64, hence 64 MiB. */
const MAX_EVENT_CHARS = 64 * 1024 * 1024;

/** Turns bytes into server-sent events. Comments are skipped, multi-byte characters may be cut anywhere. */
export function createSseParser(): SseParser {
  const decoder = new TextDecoder();
  let events: SseMessage[] = [];
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARS,
    onEvent: ({ event, data }) => events.push({ event, data }),
    onError: (error) => {
      if (error.type === "max-buffer-size-exceeded") throw error;
    },
  });
  const feed = (text: string): SseMessage[] => {
    if (text !== "") parser.feed(text);
    if (events.length === 0) return [];
    const complete = events;
    events = [];
    return complete;
  };
  return {
    push: (bytes) => feed(decoder.decode(bytes, { stream: true })),
    end: () => feed(`${decoder.decode()}\n\n`),
  };
}
