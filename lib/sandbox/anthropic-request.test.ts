import { describe, expect, test } from "vitest";
import { drawPng } from "@/lib/sandbox/draw-png";
import { testSandbox } from "@/lib/sandbox/test-sandbox";

const sandbox = testSandbox();
const post = (body: unknown) => sandbox.postJson("/anthropic/v1/messages", body);
const WEATHER = { name: "get_weather", input_schema: { type: "object", properties: {} } };
const USE = { type: "tool_use", id: "toolu_1", name: "get_weather", input: {} };

test("consecutive messages of one role are one turn", async () => {
  const messages = [
    { role: "user", content: "Weather in Paris and Rome?" },
    { role: "assistant", content: [{ ...USE, id: "toolu_1" }] },
    { role: "assistant", content: [{ ...USE, id: "toolu_2" }] },
    { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_2", content: "rain" }] },
    { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: "sun" }] },
  ];
  const { status, json } = await post({ model: "c", max_tokens: 2000, messages });
  expect(status).toBe(200);
  expect(json.content[0].text).toMatch(/returned: rain[\s\S]+returned: sun/);
});

describe("refusals", () => {
  const thinking = { type: "enabled", budget_tokens: 1024 };
  const turns = (...messages: unknown[]) => ({ model: "c", max_tokens: 2000, messages });
  const user = (content: unknown) => ({ role: "user", content });
  const assistant = (content: unknown) => ({ role: "assistant", content });
  const result = { type: "tool_result", tool_use_id: "toolu_1", content: "x" };

  test.each<[string, unknown, string]>([
    ["no limit", { model: "c", messages: [user("x")] }, "max_tokens: Field required"],
    ["no messages", { model: "c", max_tokens: 5 }, "messages: Field required"],
    ["empty messages", turns(), "messages: at least one message is required"],
    ["a system message", turns({ role: "system", content: "x" }, user("x")), 'Unexpected role "system"'],
    ["another role", turns({ role: "tool", content: "x" }), 'Unexpected role "tool"'],
    ["the assistant first", turns(assistant("x")), "first message must use the"],
    [
      "empty content",
      turns(user(""), assistant("x"), user("y")),
      "messages.0: all messages must have non-empty content",
    ],
    ["an empty text block", turns(user([{ type: "text", text: "" }])), "text content blocks must be non-empty"],
    [
      "a call without a result",
      turns(user("x"), assistant([USE]), user("y")),
      "messages.1: `tool_use` ids were found without",
    ],
    [
      "a result without a call",
      turns(user([result])),
      "unexpected `tool_use_id` found in `tool_result` blocks: toolu_1",
    ],
    [
      "an unknown field",
      { ...turns(user("x")), frequency_penalty: 1 },
      "frequency_penalty: Extra inputs are not permitted",
    ],
    [
      "a budget above the limit",
      { ...turns(user("x")), thinking: { type: "enabled", budget_tokens: 2000 } },
      "`max_tokens` must be greater than",
    ],
    [
      "a budget below 1,024",
      { ...turns(user("x")), thinking: { type: "enabled", budget_tokens: 99 } },
      "greater than or equal to 1024",
    ],
    [
      "thinking that is warm",
      { ...turns(user("x")), thinking, temperature: 0.5 },
      "`temperature` may only be set to 1",
    ],
    [
      "thinking with a forced tool",
      { ...turns(user("x")), thinking, tools: [WEATHER], tool_choice: { type: "any" } },
      "Thinking may not be enabled when tool_choice forces",
    ],
    [
      "thinking whose history has none",
      { ...turns(user("x"), assistant([USE]), user([result])), thinking },
      "Expected `thinking` or `redacted_thinking`, but found `tool_use`",
    ],
    [
      "a mislabelled image",
      turns(
        user([
          {
            type: "image",
            source: { type: "base64", media_type: "image/jpeg", data: drawPng("x", "1:1").toString("base64") },
          },
        ]),
      ),
      "appears to be a image/png image",
    ],
    ["a body that is a list", [], "body: Input should be a valid object"],
  ])("%s: 400", async (_name, body, message) => {
    const { status, json, headers } = await post(body);
    expect(status).toBe(400);
    expect(json).toEqual({
      type: "error",
      error: { type: "invalid_request_error", message: expect.stringContaining(message) },
      request_id: headers.get("request-id"),
    });
  });

  test("no key: 401", async () => {
    const { status, json } = await sandbox.postJson("/anthropic/v1/messages", turns(user("x")), {
      "x-api-key": "",
      authorization: "",
    });
    expect(status).toBe(401);
    expect(json.error).toEqual({ type: "authentication_error", message: "x-api-key header is required" });
  });
});
