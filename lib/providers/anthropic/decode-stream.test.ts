import { describe, expect, test } from "vitest";
import { decodeAll, failureThrownBy, readBody, readEvents } from "@/lib/testing/contract-tools";
import { foldAnswer } from "@/lib/testing/fold-answer";
import { anthropicAdapter } from "./anthropic-adapter";

const FIXTURES = new URL("__fixtures__/", import.meta.url);
const foldFixture = (name: string) => foldAnswer(decodeAll(anthropicAdapter, readEvents(FIXTURES, name)));
const foldBody = (name: string) => foldAnswer(anthropicAdapter.decodeBody(JSON.parse(readBody(FIXTURES, name))));
const events = (...objects: readonly unknown[]) =>
  objects.map((object) => ({ event: undefined, data: JSON.stringify(object) }));

test("cached tokens, which the API counts beside the input, are counted once and as part of the prompt", () => {
  expect(foldFixture("text").usage).toMatchObject({
    promptTokens: 10 + 8 + 3,
    cachedTokens: 8,
    cacheWriteTokens: 3,
    completionTokens: 9,
  });
});

test("counts are told only when they are final, so that a cut stream is not taken for a cheap one", () => {
  const chunks = decodeAll(anthropicAdapter, readEvents(FIXTURES, "text"));
  expect(chunks.filter(({ usage }) => usage !== undefined)).toHaveLength(1);
});

test("thoughts carry the mark of their maker, the signature at their end, what is redacted an index of its own", () => {
  const { reasoningDetails, usage } = foldFixture("reasoning");
  expect(reasoningDetails).toMatchObject([
    { type: "reasoning.text", format: "anthropic-claude-v1", index: 0, signature: expect.stringMatching(/^EqQ/) },
    { type: "reasoning.encrypted", format: "anthropic-claude-v1", index: 1, data: expect.stringMatching(/^Emw/) },
  ]);
  expect(usage?.reasoningTokens).toBe(12);
});

test("the explanation of a refusal is shown as one", () => {
  expect(foldFixture("content-filter").refusal).toBe("This could help to break into systems.");
});

test("the input of the JSON answer tool is the answer's content, and no call", () => {
  const expected = {
    content: '{"signals":[1,2]}',
    toolCalls: [],
    finishReason: "stop",
    nativeFinishReason: "tool_use",
  };
  expect(foldFixture("json-answer")).toMatchObject(expected);
  expect(foldBody("json-answer")).toMatchObject(expected);
});

test("tools that the API runs itself are no calls of the caller's; pages they cite become citations", () => {
  const expected = {
    content: "They control points.",
    toolCalls: [],
    finishReason: "stop",
    annotations: [
      {
        type: "url_citation",
        url_citation: {
          url: "https://example.org/boxes",
          title: "Boxes",
          content: "Signal boxes control points.",
          // The text that the citation stands for, from the beginning of the answer.
          start_index: 0,
          end_index: "They control points.".length,
        },
      },
    ],
  };
  expect(foldFixture("web-search")).toMatchObject(expected);
  expect(foldBody("web-search")).toMatchObject(expected);
});

test("input that is whole at the start of its block is not lost", () => {
  const block = { type: "tool_use", id: "t1", name: "f", input: { a: 1 } };
  const answer = foldAnswer(
    decodeAll(
      anthropicAdapter,
      events({ type: "content_block_start", index: 0, content_block: block }, { type: "content_block_stop", index: 0 }),
    ),
  );
  expect(answer.toolCalls).toEqual([{ id: "t1", name: "f", arguments: '{"a":1}' }]);
});

test.each([
  { native: "stop_sequence", reason: "stop" },
  { native: "pause_turn", reason: "stop" },
  { native: "model_context_window_exceeded", reason: "length" },
  { native: "a_word_of_tomorrow", reason: "stop" },
])("$native means $reason", ({ native, reason }) => {
  const end = { type: "message_delta", delta: { stop_reason: native }, usage: { output_tokens: 1 } };
  expect(foldAnswer(decodeAll(anthropicAdapter, events(end)))).toMatchObject({
    finishReason: reason,
    nativeFinishReason: native,
  });
});

test("events and deltas of kinds to come are passed over", () => {
  const later = [
    { type: "a_new_event" },
    { type: "content_block_start", index: 0, content_block: { type: "a_new_block" } },
    { type: "content_block_delta", index: 0, delta: { type: "a_new_delta", text: "?" } },
    { type: "content_block_stop", index: 0 },
  ];
  expect(decodeAll(anthropicAdapter, events(...later))).toEqual([]);
});

describe("errors", () => {
  test.each([
    { type: "invalid_request_error", status: 400 },
    { type: "rate_limit_error", status: 429 },
    { type: "api_error", status: 500 },
    { type: "overloaded_error", status: 529 },
    { type: "an_error_of_tomorrow", status: 502 },
  ])("$type in a stream is a failure of status $status", ({ type, status }) => {
    const error = { type: "error", error: { type, message: "m" } };
    const expected = { status, providerCode: type, message: "m" };
    expect(failureThrownBy(() => decodeAll(anthropicAdapter, events(error)))).toEqual(expected);
    expect(failureThrownBy(() => anthropicAdapter.decodeBody(error))).toEqual(expected);
  });

  test("a refusal keeps its HTTP status and the API's finest code", () => {
    const body = {
      type: "error",
      error: {
        type: "invalid_request_error",
        message: "Thread not found",
        details: { error_code: "thread_not_found" },
      },
    };
    expect(anthropicAdapter.decodeFailure(404, JSON.stringify(body))).toEqual({
      status: 404,
      providerCode: "thread_not_found",
      message: "Thread not found",
    });
  });
});
