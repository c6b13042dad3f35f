import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { parseChatRequest } from "./parse-chat-request";

const encode = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const USER = { role: "user", content: "hi" };

function refusalOf(body: unknown): AppError {
  try {
    parseChatRequest(encode(body));
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

test("fields that we do not know stay in the request", () => {
  const request = parseChatRequest(encode({ messages: [{ ...USER, extra: 1 }], brand_new: { a: [1] } }));
  expect(request).toMatchObject({ brand_new: { a: [1] }, messages: [{ extra: 1 }] });
});

test("a prompt in place of messages is one user message", () => {
  expect(parseChatRequest(encode({ prompt: "hi" })).messages).toEqual([USER]);
});

test("null means absent", () => {
  expect(
    parseChatRequest(encode({ messages: [USER], temperature: null, tools: null, provider: null, stop: null })),
  ).toBeDefined();
});

describe("a body that is no request", () => {
  test.each([
    { name: "nothing", body: "", message: "empty" },
    { name: "broken JSON", body: '{"messages": [', message: "not valid JSON" },
    { name: "an array", body: [], message: "must be a JSON object" },
    { name: "a word", body: '"hi"', message: "must be a JSON object" },
    { name: "a very deep one", body: `{"a":${"[".repeat(200)}${"]".repeat(200)}}`, message: "levels deep" },
  ])("$name", ({ body, message }) => {
    const error = refusalOf(body);
    expect(error.code).toBe("invalid_request");
    expect(error.message).toContain(message);
  });

  test("the message never quotes the body", () => {
    expect(refusalOf('{"secret": hunter2}').message).not.toContain("hunter2");
  });
});

describe("the first wrong field is named, with what would be right", () => {
  test.each([
    { body: {}, field: "messages", problem: "is required" },
    { body: { messages: [] }, field: "messages", problem: "at least one" },
    { body: { messages: "hi" }, field: "messages", problem: "must be an array" },
    { body: { messages: [{ role: "robot", content: "x" }] }, field: "messages[0].role", problem: "" },
    { body: { messages: [{ role: "user" }] }, field: "messages[0].content", problem: "" },
    {
      body: { messages: [{ role: "user", content: [{ type: "hologram" }] }] },
      field: "messages[0].content[0].type",
      problem: "",
    },
    {
      body: { messages: [{ role: "user", content: [{ type: "image_url", image_url: {} }] }] },
      field: "messages[0].content[0].image_url.url",
      problem: "is required",
    },
    { body: { messages: [{ role: "tool", content: "x" }] }, field: "messages[0].tool_call_id", problem: "is required" },
    { body: { messages: [USER], temperature: 3 }, field: "temperature", problem: "at most 2" },
    { body: { messages: [USER], temperature: "warm" }, field: "temperature", problem: "must be a number" },
    { body: { messages: [USER], max_tokens: 0 }, field: "max_tokens", problem: "at least 1" },
    { body: { messages: [USER], max_tokens: 1.5 }, field: "max_tokens", problem: "whole number" },
    { body: { messages: [USER], stream: "yes" }, field: "stream", problem: "must be a boolean" },
    {
      body: { messages: [USER], tools: [{ type: "function", function: { name: "a b" } }] },
      field: "tools[0].function.name",
      problem: "letters",
    },
    { body: { messages: [USER], tool_choice: "sometimes" }, field: "tool_choice", problem: "none" },
    { body: { messages: [USER], provider: { oder: [] } }, field: "provider", problem: '"oder"' },
    { body: { messages: [USER], provider: { sort: "fame" } }, field: "provider.sort", problem: "price" },
    {
      body: { messages: [USER], provider: { max_price: { prompt: "cheap" } } },
      field: "provider.max_price.prompt",
      problem: "",
    },
    { body: { messages: [USER], reasoning: { effort: "huge" } }, field: "reasoning.effort", problem: "high" },
    {
      body: { messages: [USER], response_format: { type: "json_schema" } },
      field: "response_format.json_schema",
      problem: "is required",
    },
    { body: { messages: [USER], n: 2 }, field: "n", problem: "one choice" },
  ])("$field", ({ body, field, problem }) => {
    const error = refusalOf(body);
    expect(error.metadata).toEqual({ field });
    expect(error.message.startsWith(`${field}: `)).toBe(true);
    expect(error.message).toContain(problem);
  });
});
