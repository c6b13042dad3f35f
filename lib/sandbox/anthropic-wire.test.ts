import Anthropic from "@anthropic-ai/sdk";
import { describe, expect, test } from "vitest";
import { drawPng } from "@/lib/sandbox/draw-png";
import { testSandbox } from "@/lib/sandbox/test-sandbox";

const sandbox = testSandbox();
const client = () =>
  new Anthropic({
    apiKey: "sandbox",
    authToken: null,
    baseURL: `${sandbox.running().baseUrl}/anthropic`,
    maxRetries: 0,
  });

const ask = (content: unknown, more: Record<string, unknown> = {}) => ({
  model: "claude-1",
  max_tokens: 4000,
  messages: [{ role: "user", content }],
  ...more,
});
const WEATHER = {
  name: "get_weather",
  description: "Weather for a city",
  input_schema: { type: "object" as const, properties: { city: { type: "string" } }, required: ["city"] },
};
const post = (body: unknown) => sandbox.postJson("/anthropic/v1/messages", body);

describe("the official client", () => {
  test("reads a whole answer", async () => {
    const message = await client().messages.create({
      model: "claude-1",
      max_tokens: 100,
      messages: [{ role: "user", content: "Say exactly: hello world" }],
    });
    expect(message).toMatchObject({
      type: "message",
      content: [{ type: "text", text: "hello world" }],
      stop_reason: "end_turn",
      usage: { output_tokens: 2 },
    });
  });

  test("assembles a stream of thinking, text and calls into what it gets whole", async () => {
    const body: Anthropic.MessageCreateParamsNonStreaming = {
      model: "claude-1",
      max_tokens: 4000,
      thinking: { type: "enabled", budget_tokens: 1024 },
      tools: [WEATHER],
      messages: [{ role: "user", content: "Weather in Paris and Rome?" }],
    };
    const whole = await client().messages.create(body);
    const streamed = await client().messages.stream(body).finalMessage();
    expect(whole.content.map((block) => block.type)).toEqual(["thinking", "text", "tool_use", "tool_use"]);
    expect(whole.stop_reason).toBe("tool_use");
    const ids = { id: expect.any(String) };
    expect(streamed.content).toMatchObject(
      whole.content.map((block) => ("id" in block ? { ...block, ...ids } : block)),
    );
    expect(streamed.usage.output_tokens).toBe(whole.usage.output_tokens);
    expect(streamed.stop_reason).toBe("tool_use");
  });

  test("throws its typed errors", async () => {
    const wrong = client().messages.create({ model: "c", max_tokens: 10, messages: [] });
    await expect(wrong).rejects.toBeInstanceOf(Anthropic.BadRequestError);
  });
});

describe("framing", () => {
  test("events come in the documented order, each with its name", async () => {
    const events = await sandbox.postEvents("/anthropic/messages", ask("say exactly: a b c d e", { stream: true }));
    expect(events.every((event) => event.event === JSON.parse(event.data).type)).toBe(true);
    const names = events.map((event) => event.event).filter((name, index, all) => name !== all[index - 1]);
    expect(names).toEqual([
      "message_start",
      "content_block_start",
      "ping",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
    expect(JSON.parse(events[0]?.data ?? "")).toMatchObject({
      message: { content: [], stop_reason: null, usage: { output_tokens: 1 } },
    });
  });

  test("a call's input arrives as pieces of JSON that begin empty", async () => {
    const events = await sandbox.postEvents(
      "/anthropic/messages",
      ask("Weather in Oslo?", { stream: true, tools: [WEATHER], tool_choice: { type: "tool", name: "get_weather" } }),
    );
    const data = events.map((event) => JSON.parse(event.data));
    expect(data.find((event) => event.type === "content_block_start").content_block).toMatchObject({
      type: "tool_use",
      input: {},
    });
    const pieces = data
      .filter((event) => event.delta?.type === "input_json_delta")
      .map((event) => event.delta.partial_json);
    expect(pieces[0]).toBe("");
    expect(JSON.parse(pieces.join(""))).toEqual({ city: "Oslo" });
  });

  test("the signature follows the thinking, and comes back accepted", async () => {
    const body = ask("Why?", { thinking: { type: "enabled", budget_tokens: 1024 } });
    const { json } = await post(body);
    expect(json.content[0]).toMatchObject({ type: "thinking", signature: expect.stringMatching(/^[\w+/=]{80,}$/) });
    expect(json.usage.output_tokens_details.thinking_tokens).toBeGreaterThan(0);
    const events = await sandbox.postEvents("/anthropic/messages", { ...body, stream: true });
    const deltas = events
      .map((event) => JSON.parse(event.data).delta)
      .filter((delta) => delta?.type === "signature_delta");
    expect(deltas).toEqual([{ type: "signature_delta", signature: json.content[0].signature }]);
    const history = [...body.messages, { role: "assistant", content: json.content }, { role: "user", content: "And?" }];
    expect((await post({ ...body, messages: history })).status).toBe(200);
    const tampered = [{ ...json.content[0], thinking: "other" }, json.content[1]];
    const refused = await post({
      ...body,
      messages: [history[0], { role: "assistant", content: tampered }, history[2]],
    });
    expect(refused).toMatchObject({
      status: 400,
      json: { error: { message: "messages.1.content.0: Invalid `signature` in `thinking` block" } },
    });
  });

  test("the magic word hides the thinking", async () => {
    const body = ask(
      "ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING_46C9A13E193C177646C7398A98432ECCCE4C1253D5E2D82641AC0E52CC2876CB",
      {
        thinking: { type: "enabled", budget_tokens: 1024 },
      },
    );
    const { json } = await post(body);
    expect(json.content[0]).toEqual({ type: "redacted_thinking", data: expect.any(String) });
    const events = await sandbox.postEvents("/anthropic/messages", { ...body, stream: true });
    expect(events.map((event) => JSON.parse(event.data).content_block).find(Boolean)).toEqual(json.content[0]);
    const messages = [
      ...body.messages,
      { role: "assistant", content: json.content },
      { role: "user", content: "And?" },
    ];
    expect((await post({ ...body, messages })).status).toBe(200);
  });

  test("omitted thinking keeps its signature only", async () => {
    const { json } = await post(ask("Why?", { thinking: { type: "adaptive", display: "omitted" } }));
    expect(json.content[0]).toEqual({ type: "thinking", thinking: "", signature: expect.any(String) });
  });
});

describe("what the request asks for", () => {
  test("stop sequences are named, limits are reasons", async () => {
    const stopped = await post(ask("say exactly: one two", { stop_sequences: ["two"] }));
    expect(stopped.json).toMatchObject({
      content: [{ text: "one " }],
      stop_reason: "stop_sequence",
      stop_sequence: "two",
    });
    expect((await post(ask("write 90 words", { max_tokens: 5 }))).json).toMatchObject({
      stop_reason: "max_tokens",
      usage: { output_tokens: 5 },
    });
    expect((await post(ask("x", { max_tokens: 0 }))).json).toMatchObject({ content: [], stop_reason: "max_tokens" });
  });

  test("an output format is kept", async () => {
    const schema = {
      type: "object",
      properties: { city: { type: "string" } },
      required: ["city"],
      additionalProperties: false,
    };
    const { json } = await post(ask("About Rome", { output_config: { format: { type: "json_schema", schema } } }));
    expect(JSON.parse(json.content[0].text)).toEqual({ city: "Rome" });
  });

  test("documents and images are named", async () => {
    const { json } = await post(
      ask([
        { type: "text", text: "See?" },
        {
          type: "image",
          source: { type: "base64", media_type: "image/png", data: drawPng("x", "1:1").toString("base64") },
        },
        {
          type: "document",
          title: "a.pdf",
          source: { type: "base64", media_type: "application/pdf", data: "JVBERi0=" },
        },
      ]),
    );
    expect(json.content[0].text).toContain("an image (PNG, 512×512");
    expect(json.content[0].text).toContain("“a.pdf” (PDF, 5 bytes)");
  });

  test("a marked prefix is written, then read, and neither is counted as input", async () => {
    const body = ask("And now?", {
      system: [{ type: "text", text: "rail ".repeat(1500), cache_control: { type: "ephemeral" } }],
    });
    const first = (await post(body)).json.usage;
    const second = (await post(body)).json.usage;
    expect(first).toMatchObject({ cache_read_input_tokens: 0, cache_creation: { ephemeral_1h_input_tokens: 0 } });
    expect(first.cache_creation_input_tokens).toBeGreaterThan(1500);
    expect(second).toMatchObject({
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: first.cache_creation_input_tokens,
    });
    expect(second.input_tokens).toBe(first.input_tokens);
    expect(first.input_tokens).toBeLessThan(20);
  });
});
