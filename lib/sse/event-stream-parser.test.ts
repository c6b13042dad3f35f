import { describe, expect, test } from "vitest";
import { createEventStreamParser, EXCEPTION_PREFIX, encodeEventStream } from "./event-stream-parser";
import type { SseMessage } from "./sse-parser";

const EVENTS: SseMessage[] = [
  { event: "messageStart", data: '{"role":"assistant"}' },
  { event: "contentBlockDelta", data: '{"delta":{"text":"héllo 🚂"},"contentBlockIndex":0}' },
  { event: `${EXCEPTION_PREFIX}throttlingException`, data: '{"message":"slow down"}' },
];
const BYTES = Buffer.concat(EVENTS.map(encodeEventStream));

function parseInPieces(bytes: Uint8Array, size: number): SseMessage[] {
  const parser = createEventStreamParser();
  const events: SseMessage[] = [];
  for (let at = 0; at < bytes.length; at += size) events.push(...parser.push(bytes.subarray(at, at + size)));
  return [...events, ...parser.end()];
}

test.each([1, 2, 3, 7, 1_000])("gives the same events when bytes arrive %i at a time", (size) => {
  expect(parseInPieces(BYTES, size)).toEqual(EVENTS);
});

test("a message that breaks off is none", () => {
  expect(parseInPieces(BYTES.subarray(0, BYTES.length - 1), 50)).toEqual(EVENTS.slice(0, 2));
});

describe("what is no event stream is refused", () => {
  test("by its length", () => {
    expect(() => parseInPieces(Buffer.from("<html>502 Bad Gateway</html>"), 5)).toThrow("not a message");
  });

  test("by its checksum", () => {
    const broken = Buffer.from(BYTES);
    broken[60] = (broken[60] ?? 0) ^ 1;
    expect(() => parseInPieces(broken, 1_000)).toThrow(/checksum/i);
  });
});
