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
  const decodeText = textDecoder();
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
    push: (bytes) => feed(decodeText(bytes)),
    end: () => feed(`${decodeText()}\n\n`),
  };
}

/**
 * Decodes UTF-8 that was cut anywhere; without bytes, what is left at the end. Bytes that begin and end between two
 * characters, as nearly all do, take the decoder's short way, which costs a third of its streaming one.
 */
function textDecoder(): (bytes?: Uint8Array) => string {
  const streaming = new TextDecoder();
  // A byte order mark is one only at the very beginning, which the other decoder reads.
  const short = new TextDecoder("utf-8", { ignoreBOM: true });
  let isBetweenCharacters = false;
  return (bytes) => {
    if (bytes === undefined) return streaming.decode();
    const endsBetweenCharacters = (bytes.at(-1) ?? 0x80) < 0x80;
    const text =
      isBetweenCharacters && endsBetweenCharacters ? short.decode(bytes) : streaming.decode(bytes, { stream: true });
    isBetweenCharacters = endsBetweenCharacters;
    return text;
  };
}
