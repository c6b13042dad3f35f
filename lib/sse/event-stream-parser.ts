import { EventStreamCodec } from "@smithy/core/event-streams";
import type { SseMessage, SseParser } from "./sse-parser";

/** Before the name of an event that reports a failure. */
export const EXCEPTION_PREFIX = "exception:";

/** Four bytes that say how long the whole message is, themselves included. */
const LENGTH_BYTES = 4;
/** Prelude, its checksum and that of the message: nothing shorter is one. */
const MIN_MESSAGE_BYTES = 16;
/** A message longer than this is no answer of a provider but an attack on our memory. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/**
 * Turns the bytes of an `application/vnd.amazon.eventstream` into events: the event's type as its name, its JSON as its
 * data. A failure is named {@link EXCEPTION_PREFIX} and its type. Bytes may be cut anywhere.
 *
 * `push` throws an Error when a checksum is wrong or a length is impossible.
 */
export function createEventStreamParser(): SseParser {
  const codec = newCodec();
  let pieces: Uint8Array[] = [];
  let heldBytes = 0;
  /** Of the message that is being collected; 0 until its length has come. */
  let wantedBytes = 0;

  const push = (bytes: Uint8Array): SseMessage[] => {
    pieces.push(bytes);
    heldBytes += bytes.length;
    if (heldBytes < Math.max(wantedBytes, LENGTH_BYTES)) return [];
    let held = pieces.length === 1 ? bytes : joined(pieces, heldBytes);
    const events: SseMessage[] = [];
    for (;;) {
      wantedBytes = held.length < LENGTH_BYTES ? 0 : lengthOf(held);
      if (wantedBytes === 0 || held.length < wantedBytes) break;
      const event = readMessage(codec, held.subarray(0, wantedBytes));
      if (event !== undefined) events.push(event);
      held = held.subarray(wantedBytes);
    }
    pieces = held.length === 0 ? [] : [held];
    heldBytes = held.length;
    return events;
  };
  // A message that breaks off is none: its checksum comes last.
  return { push, end: () => [] };
}

/** One event as the bytes of a message; the other way round, for servers that speak this framing. */
export function encodeEventStream({ event, data }: SseMessage): Uint8Array {
  const name = event ?? "";
  const kind = name.startsWith(EXCEPTION_PREFIX) ? "exception" : "event";
  const type = kind === "exception" ? name.slice(EXCEPTION_PREFIX.length) : name;
  return newCodec().encode({
    headers: {
      [`:${kind}-type`]: { type: "string", value: type },
      ":content-type": { type: "string", value: "application/json" },
      ":message-type": { type: "string", value: kind },
    },
    body: new TextEncoder().encode(data),
  });
}

function newCodec(): EventStreamCodec {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  return new EventStreamCodec(
    (bytes) => (typeof bytes === "string" ? bytes : decoder.decode(bytes)),
    (text) => encoder.encode(text),
  );
}

function joined(pieces: readonly Uint8Array[], totalBytes: number): Uint8Array {
  const whole = new Uint8Array(totalBytes);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function lengthOf(held: Uint8Array): number {
  const length = new DataView(held.buffer, held.byteOffset, held.byteLength).getUint32(0);
  if (length < MIN_MESSAGE_BYTES || length > MAX_MESSAGE_BYTES) throw new Error("not a message of an event stream");
  return length;
}

function readMessage(codec: EventStreamCodec, bytes: Uint8Array): SseMessage | undefined {
  const { headers, body } = codec.decode(bytes);
  const header = (name: string) => (headers[name]?.type === "string" ? headers[name].value : undefined);
  const data = new TextDecoder().decode(body);
  switch (header(":message-type")) {
    case "exception":
      return { event: EXCEPTION_PREFIX + (header(":exception-type") ?? ""), data };
    case "error":
      // Failures that the service has no type for. Source: smithy.io, Amazon Event Stream specification, as known in 2026-11.
      return {
        event: EXCEPTION_PREFIX + (header(":error-code") ?? ""),
        data: JSON.stringify({ message: header(":error-message") ?? "" }),
      };
    default:
      return { event: header(":event-type"), data };
  }
}
