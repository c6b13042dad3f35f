import { describe, expect, test } from "vitest";
import { decodeAll, readEvents } from "@/lib/testing/contract-tools";
import { foldAnswer } from "@/lib/testing/fold-answer";
import { bedrockAdapter } from "./bedrock-adapter";

const FIXTURES = new URL("./__fixtures__/", import.meta.url);
const foldFixture = (name: string) =>
  foldAnswer(decodeAll(bedrockAdapter, readEvents(FIXTURES, name, 1_000, "event-stream")));

test("a signature comes back in one piece at the end of its thought", () => {
  const { reasoningDetails } = foldFixture("reasoning");
  expect(reasoningDetails).toEqual([
    {
      type: "reasoning.text",
      text: "The line is single track. So one of them waits.",
      signature: expect.stringMatching(/^EqoB.*=$/),
      format: "anthropic-claude-v1",
      index: 0,
    },
  ]);
});

test("hidden reasoning is kept as it came, cache writes are part of the prompt", () => {
  const { reasoningDetails, usage } = foldFixture("redacted");
  expect(reasoningDetails).toMatchObject([{ type: "reasoning.encrypted", data: "RW1wdHk=" }]);
  expect(usage).toMatchObject({ promptTokens: 103, cacheWriteTokens: 100, completionTokens: 4 });
});

test("the forced answer is content, not a call", () => {
  expect(foldFixture("json-answer")).toMatchObject({ content: '{"a":1}', toolCalls: [], finishReason: "stop" });
});

test("the tier that served is told", () => {
  expect(foldFixture("text").serviceTier).toBe("default");
});

describe("a failure", () => {
  test.each([
    { body: { message: "Too many requests" }, status: 429, code: undefined },
    {
      body: { __type: "com.amazon.coral.service#ValidationException:http://x", message: "bad" },
      status: 400,
      code: "ValidationException",
    },
    { body: { Message: "no access" }, status: 403, code: undefined },
  ])("$body", ({ body, status, code }) => {
    const failure = bedrockAdapter.decodeFailure(status, JSON.stringify(body));
    expect(failure).toMatchObject({ status, providerCode: code });
    expect(failure.message).toMatch(/\w/);
  });
});
