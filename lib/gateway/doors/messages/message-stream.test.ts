import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { ANSWER, beginsCall, dataIn, endingWith, eventsIn, says } from "@/lib/testing/door-tools";
import type { AnswerEnding } from "../door";
import { createMessageStream } from "./message-stream";

function textOf(groups: readonly (readonly ChatChunk[])[], ending: AnswerEnding = endingWith()): string {
  const writer = createMessageStream(ANSWER, "all", []);
  return groups.map((group) => writer.write(group)).join("") + writer.end(ending);
}

test("a message begins, its blocks come, it ends; each event has its name twice", () => {
  const text = textOf([[{ delta: { role: "assistant" } }], [says("He")], [says("llo"), beginsCall(0, "f", "{}")]]);
  const names = eventsIn(text).map(({ event }) => event);
  expect(names).toEqual([
    "message_start",
    "content_block_start",
    "content_block_delta",
    "content_block_delta",
    "content_block_stop",
    "content_block_start",
    "content_block_delta",
    "content_block_stop",
    "message_delta",
    "message_stop",
  ]);
  expect(dataIn(text).map(({ type }) => type)).toEqual(names);
});

test("the message begins with its id and without an end, and ends with its reason and what it cost", () => {
  const data = dataIn(textOf([[says("a")]], endingWith({ finishReason: "length" })));
  expect(data[0]).toMatchObject({
    message: {
      id: ANSWER.id,
      type: "message",
      role: "assistant",
      model: ANSWER.model,
      content: [],
      stop_reason: null,
      usage: { input_tokens: 0, output_tokens: 0 },
    },
  });
  expect(data.at(-2)).toMatchObject({
    type: "message_delta",
    delta: { stop_reason: "max_tokens", stop_sequence: null },
    usage: { input_tokens: 20, output_tokens: 12, cost: 0.0125 },
  });
});

test("an answer without content begins and ends too", () => {
  expect(dataIn(textOf([])).map(({ type }) => type)).toEqual(["message_start", "message_delta", "message_stop"]);
});

test("what breaks an answer off is an error in place of its end", () => {
  const failure = new AppError("provider_failed", "Provider returned an error: gone");
  const data = dataIn(textOf([[says("a")]], endingWith({ finishReason: "error", failure })));
  expect(data.map(({ type }) => type)).toEqual([
    "message_start",
    "content_block_start",
    "content_block_delta",
    "error",
  ]);
  expect(data.at(-1)).toMatchObject({ error: { type: "api_error", message: "Provider returned an error: gone" } });
});

test("an answer that nobody gave is an error alone", () => {
  const text = createMessageStream(ANSWER, "all", []).refuse(new AppError("unavailable", "busy"), undefined);
  expect(eventsIn(text)).toMatchObject([{ event: "error" }]);
  expect(dataIn(text)).toMatchObject([{ type: "error", error: { type: "overloaded_error", message: "busy" } }]);
});
