import { readdirSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import {
  type Adapter,
  type Framing,
  type StreamEvent,
  UpstreamError,
  type UpstreamFailure,
} from "@/lib/providers/types";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { createEventStreamParser } from "@/lib/sse/event-stream-parser";
import { createSseParser } from "@/lib/sse/sse-parser";

/** How fixtures of a framing end, and what takes them apart. */
const FRAMINGS = {
  sse: { extension: "sse", createParser: createSseParser },
  "event-stream": { extension: "eventstream", createParser: createEventStreamParser },
} as const satisfies Record<Framing, unknown>;

/** Events of a fixture, as if its bytes had come in pieces of `size`. */
export function readEvents(folder: URL, name: string, size = 1_000_000, framing: Framing = "sse"): StreamEvent[] {
  const { extension, createParser } = FRAMINGS[framing];
  const bytes = readFileSync(fixtureUrl(folder, name, extension));
  const parser = createParser();
  const events: StreamEvent[] = [];
  for (let at = 0; at < bytes.length; at += size) events.push(...parser.push(bytes.subarray(at, at + size)));
  return [...events, ...parser.end()];
}

/** Text of a fixture that holds a whole answer. */
export function readBody(folder: URL, name: string): string {
  return readFileSync(fixtureUrl(folder, name, "json"), "utf8");
}

function fixtureUrl(folder: URL, name: string, extension: "sse" | "eventstream" | "json"): URL {
  const file = readdirSync(folder).find((entry) => entry.startsWith(`${name}.`) && entry.endsWith(`.${extension}`));
  if (file === undefined) throw new Error(`no fixture ${name}.….${extension}`);
  return new URL(file, folder);
}

/** All chunks of a stream, decoded in order. */
export function decodeAll(adapter: Adapter, events: readonly StreamEvent[]): readonly ChatChunk[] {
  const decoder = adapter.createStreamDecoder();
  return events.flatMap((event) => decoder.decode(event));
}

/** The error that `run` throws; throwing nothing is an error too. */
export function errorThrownBy(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("threw nothing");
}

/** The failure that `run` reports. */
export function failureThrownBy(run: () => unknown): UpstreamFailure {
  const error = errorThrownBy(run);
  if (!(error instanceof UpstreamError)) throw error;
  return error.failure;
}

/** Null may make an object meaningless, and then it may be refused; reading it must never crash. */
export function expectNoTypeError(run: () => unknown, what: string): void {
  try {
    run();
  } catch (error) {
    expect(error, what).not.toBeInstanceOf(TypeError);
  }
}

/** The JSON with each of its values in turn replaced by null. Text that is no JSON has no variants. */
export function withNulls(json: string): string[] {
  let count = 0;
  try {
    JSON.parse(json, (_key, value) => {
      count++;
      return value;
    });
  } catch {
    return [];
  }
  return Array.from({ length: count }, (_, at) => {
    let position = 0;
    return JSON.stringify(JSON.parse(json, (_key, value) => (position++ === at ? null : value)));
  });
}

/** The value, closed against changes all the way down, sets excepted. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !(value instanceof Set)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
