import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { ANSWER, beginsCall, bytesOf, dataIn, endingWith, eventsIn, says } from "@/lib/testing/door-tools";
import type { AnswerEnding } from "../door";
import { readResponses } from "./read-responses";
import { renderResponse } from "./response-answer";
import { createResponseStream } from "./response-stream";

const REQUEST = {
  model: "a/b",
  input: "hi",
  instructions: "Be brief.",
  temperature: 0.5,
  tools: [{ type: "function", name: "f" }],
  text: { verbosity: "low" },
  reasoning: { effort: "low" },
  metadata: { a: "b" },
};
const { parsed } = readResponses(bytesOf(REQUEST));

function textOf(groups: readonly (readonly ChatChunk[])[], ending: AnswerEnding = endingWith()): string {
  const writer = createResponseStream(parsed, ANSWER);
  return groups.map((group) => writer.write(group)).join("") + writer.end(ending);
}

test("the response is created, its items come, it is completed; events are numbered without gaps", () => {
  const text = textOf([[{ delta: { role: "assistant" } }], [says("a")]]);
  const data = dataIn(text);
  expect(data.map(({ type }) => type)).toEqual([
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
    "response.output_text.delta",
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
  ]);
  expect(data.map(({ sequence_number }) => sequence_number)).toEqual(data.map((_, index) => index));
  const events = eventsIn(text);
  expect(events.at(-1)?.data).toBe("[DONE]");
  expect(events.slice(0, -1).map(({ event }) => event)).toEqual(data.map(({ type }) => type));
});

test("the response says again what was asked, and at its end what came of it and what it cost", () => {
  const data = dataIn(textOf([[says("a")]], endingWith({ serviceTier: "flex" })));
  const asked = {
    id: ANSWER.id,
    object: "response",
    created_at: ANSWER.createdSeconds,
    model: ANSWER.model,
    instructions: "Be brief.",
    temperature: 0.5,
    metadata: { a: "b" },
    tools: [{ type: "function", name: "f", parameters: null, strict: null }],
    text: { format: { type: "text" }, verbosity: "low" },
    reasoning: { effort: "low", summary: null },
    store: false,
    previous_response_id: null,
  };
  expect(data[0]).toMatchObject({ response: { ...asked, status: "in_progress", output: [], completed_at: null } });
  expect(data.at(-1)).toMatchObject({
    response: {
      ...asked,
      status: "completed",
      completed_at: 1_795_194_002,
      output_text: "a",
      output: [{ type: "message", status: "completed" }],
      service_tier: "flex",
      usage: {
        input_tokens: 30,
        input_tokens_details: { cached_tokens: 8 },
        output_tokens: 12,
        output_tokens_details: { reasoning_tokens: 5 },
        total_tokens: 42,
        cost: 0.0125,
      },
    },
  });
});

describe("how it ends", () => {
  const failure = new AppError("provider_failed", "Provider returned an error: gone");
  test.each<{ name: string; ending: Partial<AnswerEnding>; expected: Record<string, unknown> }>([
    { name: "with calls", ending: { finishReason: "tool_calls" }, expected: { status: "completed" } },
    {
      name: "at the limit",
      ending: { finishReason: "length" },
      expected: { status: "incomplete", incomplete_details: { reason: "max_output_tokens" }, completed_at: null },
    },
    {
      name: "by a filter",
      ending: { finishReason: "content_filter" },
      expected: { status: "incomplete", incomplete_details: { reason: "content_filter" } },
    },
    {
      name: "broken off",
      ending: { finishReason: "error", failure },
      expected: { status: "failed", error: { code: "server_error", message: failure.message }, completed_at: null },
    },
    {
      name: "broken off by a limit",
      ending: { finishReason: "error", failure: new AppError("rate_limited", "slow down") },
      expected: { status: "failed", error: { code: "rate_limit_exceeded", message: "slow down" } },
    },
  ])("$name", ({ ending, expected }) => {
    const chunks = [says("a"), beginsCall(0, "f", '{"a"')];
    const last = dataIn(textOf([chunks], endingWith(ending))).at(-1);
    expect(last).toMatchObject({ type: `response.${expected.status}`, response: expected });
    expect(last?.response).toEqual(
      JSON.parse(JSON.stringify(renderResponse(parsed, ANSWER, chunks, endingWith(ending)))),
    );
  });
});

test("an answer that nobody gave is created and fails", () => {
  const text = createResponseStream(parsed, ANSWER).refuse(new AppError("unavailable", "busy"), undefined);
  expect(dataIn(text)).toMatchObject([
    { type: "response.created", sequence_number: 0 },
    { type: "response.in_progress", sequence_number: 1 },
    {
      type: "response.failed",
      sequence_number: 2,
      response: { status: "failed", error: { message: "busy" }, output: [] },
    },
  ]);
});
