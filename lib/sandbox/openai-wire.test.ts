import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { drawPng } from "@/lib/sandbox/draw-png";
import { testSandbox } from "@/lib/sandbox/test-sandbox";

const sandbox = testSandbox();
const client = (provider: string) =>
  new OpenAI({ apiKey: "sandbox", baseURL: `${sandbox.running().baseUrl}/${provider}`, maxRetries: 0 });

const ask = (content: unknown, more: Record<string, unknown> = {}) => ({
  model: "acme/model-1",
  messages: [{ role: "user", content }],
  ...more,
});
const WEATHER = {
  type: "function" as const,
  function: {
    name: "get_weather",
    description: "Weather for a city",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};

describe("the official client", () => {
  test("reads a whole answer", async () => {
    const completion = await client("deepinfra").chat.completions.create({
      model: "m",
      messages: [{ role: "user", content: "Say exactly: hello world" }],
    });
    expect(completion.choices[0]).toMatchObject({
      index: 0,
      message: { role: "assistant", content: "hello world", refusal: null },
      finish_reason: "stop",
    });
    expect(completion.usage).toMatchObject({ completion_tokens: 2, prompt_tokens_details: { cached_tokens: 0 } });
  });

  test("streams the same answer that it gets whole, with usage at the end", async () => {
    const body = { model: "m", messages: [{ role: "user" as const, content: "Why is the sky blue?" }] };
    const whole = await client("deepinfra").chat.completions.create(body);
    const stream = await client("deepinfra").chat.completions.create({
      ...body,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    let usage: unknown;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? "";
      usage = chunk.usage ?? usage;
    }
    expect(text).toBe(whole.choices[0]?.message.content);
    expect(usage).toEqual(whole.usage);
  });

  test("assembles streamed parallel calls", async () => {
    const runner = client("groq").chat.completions.stream({
      model: "m",
      messages: [{ role: "user", content: "Weather in Paris and Rome?" }],
      tools: [WEATHER],
    });
    const completion = await runner.finalChatCompletion();
    expect(completion.choices[0]?.finish_reason).toBe("tool_calls");
    const calls = completion.choices[0]?.message.tool_calls ?? [];
    expect(calls.map((call) => call.type === "function" && call.function.arguments)).toEqual([
      '{"city":"Paris"}',
      '{"city":"Rome"}',
    ]);
    expect(new Set(calls.map((call) => call.id)).size).toBe(2);
  });

  test("throws its typed errors", async () => {
    const wrong = client("deepinfra").chat.completions.create({ model: "m", messages: [] });
    await expect(wrong).rejects.toBeInstanceOf(OpenAI.BadRequestError);
  });
});

describe("framing", () => {
  test("role first, finish next to last, [DONE] last, no usage unless asked for", async () => {
    const { text, headers } = await sandbox.post(
      "/deepinfra/v1/chat/completions",
      ask("say exactly: a b c d e f g", { stream: true }),
    );
    expect(headers.get("content-type")).toContain("text/event-stream");
    const frames = text.split("\n\n");
    expect(frames.at(-1)).toBe("");
    expect(frames.at(-2)).toBe("data: [DONE]");
    const chunks = frames.slice(0, -2).map((frame) => JSON.parse(frame.replace(/^data: /, "")));
    expect(chunks[0].choices[0]).toMatchObject({ delta: { role: "assistant", content: "" }, finish_reason: null });
    expect(chunks.at(-1).choices[0]).toMatchObject({ delta: {}, finish_reason: "stop" });
    expect(chunks.every((chunk) => !("usage" in chunk) && chunk.object === "chat.completion.chunk")).toBe(true);
    expect(chunks.map((chunk) => chunk.choices[0].delta.content ?? "").join("")).toBe("a b c d e f g");
    expect(new Set(chunks.map((chunk) => chunk.id)).size).toBe(1);
  });

  test("with include_usage every chunk but the last carries a null", async () => {
    const body = ask("say exactly: a", { stream: true, stream_options: { include_usage: true } });
    const events = await sandbox.postEvents("/deepinfra/chat/completions", body);
    const chunks = events.filter((event) => event.data !== "[DONE]").map((event) => JSON.parse(event.data));
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 1 } });
  });

  test.each([
    ["deepseek", "reasoning_content"],
    ["groq", "reasoning"],
  ])("%s puts its thoughts in %s, streamed and not", async (provider, field) => {
    const body = ask("Why?", { reasoning_effort: "low" });
    const { json } = await sandbox.postJson(`/${provider}/chat/completions`, body);
    const { message } = json.choices[0];
    expect(message[field]).toContain("Why?");
    expect(json.usage.completion_tokens_details.reasoning_tokens).toBeGreaterThan(0);
    const events = await sandbox.postEvents(`/${provider}/chat/completions`, { ...body, stream: true });
    const deltas = events.slice(0, -1).map((event) => JSON.parse(event.data).choices[0].delta);
    expect(deltas.map((delta) => delta[field] ?? "").join("")).toBe(message[field]);
    expect(deltas.map((delta) => delta.content ?? "").join("")).toBe(message.content);
  });

  test.each([
    { reasoning: { enabled: true } },
    { reasoning: { max_tokens: 100 } },
    { include_reasoning: true },
    { enable_thinking: true },
    { thinking: { type: "enabled" } },
    { chat_template_kwargs: { thinking: true } },
  ])("%j asks for reasoning", async (fields) => {
    const { json } = await sandbox.postJson("/x/chat/completions", ask("Why?", fields));
    expect(json.choices[0].message.reasoning_content).toBeTypeOf("string");
  });

  test.each([
    {},
    { reasoning_effort: "none" },
    { reasoning: { effort: "high", enabled: false } },
    { thinking: { type: "disabled" } },
  ])("%j does not", async (fields) => {
    const { json } = await sandbox.postJson("/x/chat/completions", ask("Why?", fields));
    expect(json.choices[0].message).not.toHaveProperty("reasoning_content");
    expect(json.usage.completion_tokens_details.reasoning_tokens).toBe(0);
  });
});

describe("what the request asks for", () => {
  test("images come as data URLs, streamed and not", async () => {
    const body = ask("A fox", { modalities: ["image", "text"], image_config: { aspect_ratio: "16:9" } });
    const { json } = await sandbox.postJson("/x/chat/completions", body);
    const { url } = json.choices[0].message.images[0].image_url;
    expect(url).toMatch(/^data:image\/png;base64,iVBOR/);
    expect(json.usage.completion_tokens_details.image_tokens).toBeGreaterThan(0);
    const events = await sandbox.postEvents("/x/chat/completions", { ...body, stream: true });
    expect(events.some((event) => event.data.includes(url))).toBe(true);
  });

  test("parts that arrived are named and paid for", async () => {
    const image = `data:image/png;base64,${drawPng("x", "1:1").toString("base64")}`;
    const plain = await sandbox.postJson("/x/chat/completions", ask([{ type: "text", text: "See?" }]));
    const { json } = await sandbox.postJson(
      "/x/chat/completions",
      ask([
        { type: "text", text: "See?" },
        { type: "image_url", image_url: { url: image } },
        { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,JVBERi0=" } },
        { type: "input_audio", input_audio: { data: "UklGRg==", format: "wav" } },
        { type: "video_url", video_url: { url: "https://example.com/v.mp4" } },
      ]),
    );
    const { content } = json.choices[0].message;
    for (const part of [
      "an image (PNG, 512×512",
      "“a.pdf” (PDF, 5 bytes)",
      "an audio (WAV, 4 bytes)",
      "“v.mp4” (MP4, by address)",
    ]) {
      expect(content).toContain(part);
    }
    expect(json.usage.prompt_tokens).toBeGreaterThan(plain.json.usage.prompt_tokens + 350);
  });

  test("a tool's result is answered in words, by the tool's name", async () => {
    const { json } = await sandbox.postJson("/x/chat/completions", {
      model: "m",
      tools: [WEATHER],
      messages: [
        { role: "user", content: "Weather in Paris?" },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "call_1", type: "function", function: { name: "get_weather", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "call_1", content: "18 degrees" },
      ],
    });
    expect(json.choices[0].message.content).toContain("`get_weather` returned: 18 degrees");
    expect(json.choices[0].finish_reason).toBe("stop");
  });

  test("logprobs cover exactly the tokens of the text", async () => {
    const { json } = await sandbox.postJson(
      "/x/chat/completions",
      ask("say exactly: red fox", { logprobs: true, top_logprobs: 2 }),
    );
    const { content } = json.choices[0].logprobs;
    expect(content.map((entry: { token: string }) => entry.token).join("")).toBe("red fox");
    expect(content[0].top_logprobs).toHaveLength(2);
    expect(content[0].logprob).toBeLessThanOrEqual(0);
  });

  test("stop sequences and limits end the text with the reason OpenAI gives", async () => {
    const stopped = await sandbox.postJson("/x/chat/completions", ask("say exactly: one two", { stop: "two" }));
    expect(stopped.json.choices[0]).toMatchObject({ message: { content: "one " }, finish_reason: "stop" });
    const cut = await sandbox.postJson("/x/chat/completions", ask("write 50 words", { max_completion_tokens: 5 }));
    expect(cut.json).toMatchObject({ choices: [{ finish_reason: "length" }], usage: { completion_tokens: 5 } });
  });

  test("a long prefix is cached the second time", async () => {
    const body = ask("rail ".repeat(1500));
    const first = await sandbox.postJson("/cachy/chat/completions", body);
    const second = await sandbox.postJson("/cachy/chat/completions", body);
    expect(first.json.usage.prompt_tokens_details.cached_tokens).toBe(0);
    expect(second.json.usage.prompt_tokens_details.cached_tokens).toBe(1408);
    expect(second.json.usage.prompt_tokens).toBe(first.json.usage.prompt_tokens);
  });
});

describe("refusals", () => {
  const call = { id: "call_1", type: "function", function: { name: "f", arguments: "{}" } };
  test.each<[string, unknown, string | null, string | null]>([
    ["no messages", { model: "m" }, "messages", "missing_required_parameter"],
    ["empty messages", { model: "m", messages: [] }, "messages", "empty_array"],
    ["no model", { messages: [{ role: "user", content: "x" }] }, "model", "missing_required_parameter"],
    ["messages of another type", { model: "m", messages: "x" }, "messages", "invalid_type"],
    ["unknown role", { model: "m", messages: [{ role: "bot", content: "x" }] }, "messages[0].role", "invalid_value"],
    ["unknown part", ask([{ type: "hologram" }]), "messages[0].content[0].type", "invalid_value"],
    ["limit of 0", ask("x", { max_tokens: 0 }), "max_tokens", "integer_below_min_value"],
    [
      "a call without a result",
      {
        model: "m",
        messages: [
          { role: "assistant", tool_calls: [call] },
          { role: "user", content: "x" },
        ],
      },
      "messages.[1].role",
      null,
    ],
    [
      "a result without a call",
      { model: "m", messages: [{ role: "tool", tool_call_id: "call_9", content: "x" }] },
      "messages.[0].role",
      null,
    ],
  ])("%s: 400", async (_name, body, param, code) => {
    const { status, json } = await sandbox.postJson("/x/chat/completions", body);
    expect(status).toBe(400);
    expect(json.error).toEqual({ message: expect.any(String), type: "invalid_request_error", param, code });
  });

  test("a body that is not JSON: 400", async () => {
    const { status, json } = await sandbox.postJson("/x/chat/completions", "{oops");
    expect(status).toBe(400);
    expect(json.error.message).toContain("could not parse the JSON body");
  });

  test("no key: 401", async () => {
    const { status, json } = await sandbox.postJson("/x/chat/completions", ask("x"), { authorization: "" });
    expect(status).toBe(401);
    expect(json.error).toMatchObject({ type: "invalid_request_error", code: null });
  });
});
