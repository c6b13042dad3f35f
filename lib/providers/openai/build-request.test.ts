import { describe, expect, test } from "vitest";
import { buildUpstream } from "@/lib/testing/adapter-input";
import { openAiAdapter } from "./openai-adapter";

const build = (request: Record<string, unknown>, target: object = {}, rest: object = {}) =>
  buildUpstream(openAiAdapter, request, { target, ...rest });
const onProvider = (providerSlug: string, reasoning?: object) => ({
  providerSlug,
  ...(reasoning ? { reasoning } : {}),
});
const LEVELS = { efforts: ["low", "medium", "high"], budget: false };
const SWITCHED = { efforts: ["none"], budget: false };

test("a stream is asked to report its usage", () => {
  const { url, headers, body } = build({}, {}, { stream: true });
  expect(url).toBe("https://provider.test/v1/chat/completions");
  expect(headers).toMatchObject({ authorization: "Bearer k", accept: "text/event-stream" });
  expect(body).toMatchObject({ model: "some-model", stream: true, stream_options: { include_usage: true } });
});

test("a local server without a key gets no authorization header", () => {
  expect(build({}, { apiKey: "" }).headers).not.toHaveProperty("authorization");
});

describe("dialects", () => {
  test.each([
    { slug: "openai", field: "max_completion_tokens" },
    { slug: "some-provider", field: "max_tokens" },
  ])("$slug calls the output limit $field", ({ slug, field }) => {
    const { body } = build({}, onProvider(slug), { maxTokens: 77 });
    expect(body[field]).toBe(77);
    expect(Object.keys(body).filter((name) => name.startsWith("max_"))).toEqual([field]);
  });

  test("Mistral has its own name for the seed, and no stream options", () => {
    const { body, droppedParameters } = build({ seed: 7, user: "u" }, onProvider("mistral"), { stream: true });
    expect(body).toMatchObject({ random_seed: 7 });
    expect(body).not.toHaveProperty("seed");
    expect(body).not.toHaveProperty("stream_options");
    expect(droppedParameters).toEqual(["user"]);
  });

  test("developer messages become system messages where that role is unknown", () => {
    const request = { messages: [{ role: "developer", content: "Be brief." }] };
    expect(build(request).body.messages).toEqual([{ role: "system", content: "Be brief." }]);
    expect(build(request, onProvider("openai")).body.messages).toEqual([{ role: "developer", content: "Be brief." }]);
  });

  test("cache marks reach those who know them and are taken from the others, which is reported", () => {
    const mark = { type: "ephemeral" };
    const request = {
      messages: [{ role: "user", content: [{ type: "text", text: "long", cache_control: mark }] }],
      tools: [{ type: "function", function: { name: "f" }, cache_control: mark }],
    };
    const kept = build(request, onProvider("openrouter"));
    expect(JSON.stringify(kept.body).match(/cache_control/g)).toHaveLength(2);
    expect(kept.droppedParameters).toEqual([]);

    const taken = build(request);
    expect(JSON.stringify(taken.body)).not.toContain("cache_control");
    expect(taken.droppedParameters).toEqual(["cache_control"]);
  });

  test("DeepSeek gets content only as text", () => {
    const parts = [
      { type: "text", text: "a" },
      { type: "text", text: "b" },
    ];
    const request = { messages: [{ role: "user", content: parts }] };
    expect(build(request, onProvider("deepseek")).body.messages).toEqual([{ role: "user", content: "a\n\nb" }]);
    expect(build(request).body.messages).toEqual([{ role: "user", content: parts }]);
  });

  test("OpenAI gets metadata only with an answer that is stored", () => {
    const metadata = { team: "signals" };
    expect(build({ metadata }).droppedParameters).toEqual(["metadata"]);
    expect(build({ metadata, store: true }).body).toMatchObject({ metadata, store: true });
  });
});

describe("messages", () => {
  test("what only an answer has is not sent back, calls without their index", () => {
    const call = { id: "c1", type: "function", function: { name: "f", arguments: "{}" } };
    const assistant = {
      role: "assistant",
      content: null,
      refusal: null,
      reasoning: "hm",
      annotations: [],
      images: [],
      tool_calls: [{ ...call, index: 0 }],
    };
    const request = { messages: [assistant, { role: "tool", tool_call_id: "c1", content: "done" }] };
    expect(build(request).body.messages).toEqual([
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "c1", content: "done" },
    ]);
  });

  test("an empty list of calls is left out", () => {
    const request = { messages: [{ role: "assistant", content: "x", tool_calls: [] }] };
    expect(build(request).body.messages).toEqual([{ role: "assistant", content: "x" }]);
  });

  test("reasoning goes back to those who want it, and losing a signature is reported", () => {
    const details = [{ type: "reasoning.text", text: "hm", signature: "s", format: "unknown" }];
    const request = { messages: [{ role: "assistant", content: "x", reasoning: "hm", reasoning_details: details }] };

    const deepSeek = build(request, onProvider("deepseek"));
    expect(deepSeek.body.messages).toEqual([{ role: "assistant", content: "x", reasoning_content: "hm" }]);
    expect(deepSeek.droppedParameters).toEqual(["reasoning_details"]);

    const openRouter = build(request, onProvider("openrouter"));
    expect(openRouter.body.messages).toEqual([{ role: "assistant", content: "x", reasoning_details: details }]);
    expect(openRouter.droppedParameters).toEqual([]);
  });

  test("a PDF in bare base64 gets the data URL that the protocol wants; old names of parts the new ones", () => {
    const content = [
      { type: "file", file: { filename: "a.pdf", file_data: "JVBERi0=" } },
      { type: "input_video", video_url: { url: "https://x.test/a.mp4" } },
    ];
    expect(build({ messages: [{ role: "user", content }] }).body.messages).toEqual([
      {
        role: "user",
        content: [
          { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,JVBERi0=" } },
          { type: "video_url", video_url: { url: "https://x.test/a.mp4" } },
        ],
      },
    ]);
  });
});

describe("parameters", () => {
  const supportedParameters = new Set(["temperature", "tools", "structured_outputs"]);

  test("what the catalog lists per endpoint is filtered, the rest passes", () => {
    const { body, droppedParameters } = build(
      { temperature: 0, top_k: 5, user: "u", service_tier: "flex", top_p: null },
      { supportedParameters },
    );
    expect(body).toMatchObject({ temperature: 0, user: "u", service_tier: "flex" });
    expect(droppedParameters).toEqual(["top_k"]);
  });

  test("an empty list means that nothing is known, so all is tried", () => {
    expect(build({ top_k: 5, min_p: 0.1 }).body).toMatchObject({ top_k: 5, min_p: 0.1 });
  });

  test("response_format passes where structured outputs do; as text it says nothing", () => {
    const format = { type: "json_schema", json_schema: { name: "a", schema: { type: "object" } } };
    expect(build({ response_format: format }, { supportedParameters }).body).toMatchObject({ response_format: format });
    const text = build({ response_format: { type: "text" } }, { supportedParameters });
    expect(text.body).not.toHaveProperty("response_format");
    expect(text.droppedParameters).toEqual([]);
  });

  test("a choice of tools without tools is left out", () => {
    const { body, droppedParameters } = build({ tool_choice: "auto", parallel_tool_calls: false, tools: [] });
    expect(Object.keys(body).sort()).toEqual(["messages", "model"]);
    expect(droppedParameters).toEqual([]);
  });
});

describe("reasoning", () => {
  test.each([
    { slug: "openai", reasoning: LEVELS, wish: { effort: "high" }, said: { reasoning_effort: "high" } },
    { slug: "openai", reasoning: LEVELS, wish: { effort: "max" }, said: { reasoning_effort: "high" } },
    { slug: "openai", reasoning: LEVELS, wish: { effort: "none" }, said: { reasoning_effort: "low" } },
    { slug: "openai", reasoning: LEVELS, wish: { max_tokens: 200 }, said: { reasoning_effort: "low" } },
    { slug: "openai", reasoning: LEVELS, wish: { enabled: true }, said: { reasoning_effort: "medium" } },
    { slug: "openrouter", reasoning: LEVELS, wish: { max_tokens: 300 }, said: { reasoning: { max_tokens: 300 } } },
    { slug: "openrouter", reasoning: LEVELS, wish: { exclude: true }, said: { reasoning: { exclude: true } } },
    { slug: "deepseek", reasoning: SWITCHED, wish: { enabled: true }, said: { thinking: { type: "enabled" } } },
    { slug: "deepseek", reasoning: SWITCHED, wish: { effort: "none" }, said: { thinking: { type: "disabled" } } },
    {
      slug: "z-ai",
      reasoning: { efforts: ["none", "high", "max"], budget: false },
      wish: { effort: "max" },
      said: { thinking: { type: "enabled" }, reasoning_effort: "max" },
    },
    {
      slug: "alibaba",
      reasoning: { efforts: [], budget: true },
      wish: { effort: "low" },
      said: { enable_thinking: true, thinking_budget: 200 },
    },
    { slug: "alibaba", reasoning: SWITCHED, wish: { enabled: false }, said: { enable_thinking: false } },
    { slug: "groq", reasoning: SWITCHED, wish: { exclude: true }, said: { include_reasoning: false } },
    {
      slug: "groq",
      reasoning: SWITCHED,
      wish: { effort: "high" },
      said: { reasoning_format: "parsed", reasoning_effort: "default" },
    },
    { slug: "groq", reasoning: LEVELS, wish: { effort: "high" }, said: { reasoning_effort: "high" } },
  ])("$slug is told $wish as $said", ({ slug, reasoning, wish, said }) => {
    const { body, droppedParameters } = build({ reasoning: wish }, onProvider(slug, reasoning), { maxTokens: 1_000 });
    const { model: _, messages: __, max_tokens: ___, max_completion_tokens: ____, ...rest } = body;
    expect(rest).toEqual(said);
    expect(droppedParameters).toEqual([]);
  });

  test("a model that cannot reason is not asked to, which is reported under the caller's name", () => {
    const target = { supportedParameters: new Set(["temperature"]) };
    const { body, droppedParameters } = build({ reasoning_effort: "high" }, target);
    expect(body).not.toHaveProperty("reasoning_effort");
    expect(droppedParameters).toEqual(["reasoning_effort"]);
    expect(build({ reasoning: { effort: "none" } }, target).droppedParameters).toEqual([]);
  });
});
