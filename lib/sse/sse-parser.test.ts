import { describe, expect, test } from "vitest";
import { createSseParser, type SseMessage } from "./sse-parser";

const STREAM = ': hello\n\nevent: first\ndata: {"text":"héllo 🚂"}\n\ndata: two\r\n\r\ndata: a\ndata: b\n\n';
const EVENTS: SseMessage[] = [
  { event: "first", data: '{"text":"héllo 🚂"}' },
  { event: undefined, data: "two" },
  { event: undefined, data: "a\nb" },
];

function parseInPieces(text: string, size: number): SseMessage[] {
  const bytes = new TextEncoder().encode(text);
  const parser = createSseParser();
  const events: SseMessage[] = [];
  for (let start = 0; start < bytes.length; start += size)
    events.push(...parser.push(bytes.subarray(start, start + size)));
  return [...events, ...parser.end()];
}

// A network may cut the stream anywhere, inside a multi-byte character or a CRLF pair too.
test.each([1, 2, 3, 7, 1_000])("gives the same events when bytes arrive %i at a time", (size) => {
  expect(parseInPieces(STREAM, size)).toEqual(EVENTS);
});

test("a byte order mark counts as one only at the very beginning", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const parser = createSseParser();
  expect(parser.push(bytes("\uFEFFdata: a\n\n"))).toEqual([{ event: undefined, data: "a" }]);
  expect(parser.push(bytes("data: b"))).toEqual([]);
  expect(parser.push(bytes("\uFEFFc\n\n"))).toEqual([{ event: undefined, data: "b\uFEFFc" }]);
});

describe("end", () => {
  test("delivers an event that lacks only its blank line", () => {
    expect(parseInPieces("data: last", 3)).toEqual([{ event: undefined, data: "last" }]);
  });

  test("delivers nothing after a complete stream", () => {
    const parser = createSseParser();
    parser.push(new TextEncoder().encode("data: x\n\n"));
    expect(parser.end()).toEqual([]);
  });
});
