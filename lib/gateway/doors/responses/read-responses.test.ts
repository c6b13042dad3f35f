import { describe, expect, test } from "vitest";
import { bytesOf, refusalBy } from "@/lib/testing/door-tools";
import { sealDetail } from "../sealed-detail";
import { readResponses } from "./read-responses";

const HI = { role: "user", content: "hi" };
const PIXEL = "data:image/png;base64,iVBORw0KGgo=";
const SCHEMA = { type: "object", properties: {} };

const read = (body: Record<string, unknown>) => readResponses(bytesOf({ model: "a/b", input: "hi", ...body }));
/** The fields that are set. */
const requestOf = (body: Record<string, unknown>): unknown => JSON.parse(JSON.stringify(read(body).request));
const messagesOf = (...input: unknown[]): unknown => JSON.parse(JSON.stringify(read({ input }).request.messages));

describe("fields", () => {
  test.each<{ name: string; body: Record<string, unknown>; expected: Record<string, unknown> }>([
    { name: "nothing more than it must have", body: {}, expected: {} },
    {
      name: "those that have our names",
      body: { temperature: 0.5, top_p: 0.9, top_k: 4, stream: true, parallel_tool_calls: false, metadata: { a: "b" } },
      expected: {
        temperature: 0.5,
        top_p: 0.9,
        top_k: 4,
        stream: true,
        parallel_tool_calls: false,
        metadata: { a: "b" },
      },
    },
    {
      name: "routing, presets, plugins and the account's own",
      body: {
        models: ["c/d"],
        provider: { order: ["x"] },
        preset: "mine",
        plugins: [{ id: "web" }],
        session_id: "s",
        trace: { a: 1 },
        service_tier: "flex",
        prompt_cache_key: "k",
      },
      expected: {
        models: ["c/d"],
        provider: { order: ["x"] },
        preset: "mine",
        plugins: [{ id: "web" }],
        session_id: "s",
        trace: { a: 1 },
        service_tier: "flex",
        prompt_cache_key: "k",
      },
    },
    { name: "the limit", body: { max_output_tokens: 9 }, expected: { max_tokens: 9 } },
    { name: "the end user", body: { safety_identifier: "u" }, expected: { user: "u" } },
    { name: "truncation", body: { truncation: "auto" }, expected: { transforms: ["middle-out"] } },
    { name: "no truncation", body: { truncation: "disabled" }, expected: { transforms: [] } },
    {
      name: "reasoning",
      body: { reasoning: { effort: "low", summary: "auto" } },
      expected: { reasoning: { effort: "low", summary: "auto" } },
    },
    { name: "verbosity", body: { text: { verbosity: "low" } }, expected: { verbosity: "low" } },
    { name: "plain text", body: { text: { format: { type: "text" } } }, expected: {} },
    {
      name: "any JSON",
      body: { text: { format: { type: "json_object" } } },
      expected: { response_format: { type: "json_object" } },
    },
    {
      name: "JSON of a shape",
      body: { text: { format: { type: "json_schema", name: "n", schema: SCHEMA, strict: true, description: "d" } } },
      expected: {
        response_format: {
          type: "json_schema",
          json_schema: { name: "n", schema: SCHEMA, strict: true, description: "d" },
        },
      },
    },
    { name: "likelihoods", body: { top_logprobs: 3 }, expected: { logprobs: true, top_logprobs: 3 } },
    {
      name: "likelihoods that are asked for by inclusion",
      body: { include: ["message.output_text.logprobs"] },
      expected: { logprobs: true },
    },
    {
      name: "what asks for no memory",
      body: { store: false, background: false, previous_response_id: null, conversation: null, prompt: null },
      expected: {},
    },
  ])("$name", ({ body, expected }) => {
    expect(requestOf(body)).toEqual({ model: "a/b", messages: [HI], ...expected });
  });
});

describe("tools", () => {
  const tool = { type: "function", name: "f", description: "does f", parameters: SCHEMA, strict: true };
  const ours = { type: "function", function: { name: "f", description: "does f", parameters: SCHEMA, strict: true } };
  const other = { type: "function", name: "g" };
  const otherOfOurs = { type: "function", function: { name: "g" } };
  test.each<{ name: string; body: Record<string, unknown>; expected: Record<string, unknown> }>([
    { name: "functions", body: { tools: [tool, other] }, expected: { tools: [ours, otherOfOurs] } },
    { name: "none", body: { tools: [] }, expected: { tools: [] } },
    {
      name: "a choice by word",
      body: { tools: [tool], tool_choice: "required" },
      expected: { tools: [ours], tool_choice: "required" },
    },
    {
      name: "a choice by name",
      body: { tools: [tool], tool_choice: { type: "function", name: "f" } },
      expected: { tools: [ours], tool_choice: { type: "function", function: { name: "f" } } },
    },
    {
      name: "some of them",
      body: {
        tools: [tool, other],
        tool_choice: { type: "allowed_tools", mode: "required", tools: [{ type: "function", name: "g" }] },
      },
      expected: { tools: [otherOfOurs], tool_choice: "required" },
    },
    {
      name: "searching the web is the plugin",
      body: {
        tools: [tool, { type: "web_search", search_context_size: "high", filters: { allowed_domains: ["a.test"] } }],
      },
      expected: {
        tools: [ours],
        plugins: [{ id: "web", include_domains: ["a.test"] }],
        web_search_options: { search_context_size: "high" },
      },
    },
    {
      name: "OpenRouter's own name for it",
      body: {
        tools: [
          {
            type: "openrouter:web_search",
            parameters: { engine: "exa", max_results: 3, excluded_domains: ["b.test"] },
          },
        ],
      },
      expected: { tools: [], plugins: [{ id: "web", engine: "exa", max_results: 3, exclude_domains: ["b.test"] }] },
    },
    {
      name: "a plugin that is there already is not doubled",
      body: { tools: [{ type: "web_search" }], plugins: [{ id: "web", max_results: 2 }] },
      expected: { tools: [], plugins: [{ id: "web", max_results: 2 }] },
    },
  ])("$name", ({ body, expected }) => {
    expect(requestOf(body)).toEqual({ model: "a/b", messages: [HI], ...expected });
  });

  test("a tool that takes plain text is a function of one text, and its grammar is told", () => {
    const format = { type: "grammar", syntax: "regex", definition: "a+" };
    expect(requestOf({ tools: [{ type: "custom", name: "c", description: "does c", format }] })).toMatchObject({
      tools: [
        {
          type: "function",
          function: {
            name: "c",
            description: expect.stringMatching(/^does c\n\n.*regex.*\na\+$/s),
            parameters: { properties: { input: { type: "string" } }, required: ["input"] },
          },
        },
      ],
    });
  });
});

describe("the conversation", () => {
  test("instructions go first", () => {
    expect(requestOf({ instructions: "Be brief." })).toMatchObject({
      messages: [{ role: "system", content: "Be brief." }, HI],
    });
  });

  test.each<{ name: string; part: Record<string, unknown>; expected: unknown }>([
    { name: "a text", part: { type: "input_text", text: "a" }, expected: "a" },
    {
      name: "a text with a mark",
      part: { type: "input_text", text: "a", cache_control: { type: "ephemeral" } },
      expected: [{ type: "text", text: "a", cache_control: { type: "ephemeral" } }],
    },
    {
      name: "a picture",
      part: { type: "input_image", image_url: PIXEL, detail: "low" },
      expected: [{ type: "image_url", image_url: { url: PIXEL, detail: "low" } }],
    },
    {
      name: "a file in the body",
      part: { type: "input_file", filename: "a.pdf", file_data: "JVBERg==" },
      expected: [{ type: "file", file: { filename: "a.pdf", file_data: "JVBERg==" } }],
    },
    {
      name: "a file by address",
      part: { type: "input_file", file_url: "https://a.test/b.pdf" },
      expected: [{ type: "file", file: { file_data: "https://a.test/b.pdf" } }],
    },
    {
      name: "a file that the provider keeps",
      part: { type: "input_file", file_id: "file_1" },
      expected: [{ type: "file", file: { file_id: "file_1" } }],
    },
    {
      name: "a sound",
      part: { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
      expected: [{ type: "input_audio", input_audio: { data: "AAAA", format: "wav" } }],
    },
    {
      name: "a film",
      part: { type: "input_video", video_url: "https://a.test/b.mp4" },
      expected: [{ type: "video_url", video_url: { url: "https://a.test/b.mp4" } }],
    },
  ])("$name", ({ part, expected }) => {
    expect(messagesOf({ type: "message", role: "user", content: [part] })).toEqual([
      { role: "user", content: expected },
    ]);
  });

  test("messages of every role, with and without their type", () => {
    expect(
      messagesOf(
        { role: "developer", content: "d" },
        { type: "message", role: "system", content: "s" },
        { role: "user", content: "u" },
        { role: "assistant", content: "a" },
        {
          type: "message",
          role: "assistant",
          id: "msg_1",
          status: "completed",
          content: [{ type: "output_text", text: "b", annotations: [] }],
        },
      ),
    ).toEqual([
      { role: "developer", content: "d" },
      { role: "system", content: "s" },
      { role: "user", content: "u" },
      { role: "assistant", content: "a" },
      { role: "assistant", content: "b" },
    ]);
  });

  test("what the assistant did in a row is one message, with its reasoning", () => {
    const sealed = { type: "reasoning.encrypted", data: "G", format: "google-gemini-v1", index: 0 };
    expect(
      messagesOf(
        HI,
        {
          type: "reasoning",
          id: "rs_1",
          summary: [],
          content: [{ type: "reasoning_text", text: "hm" }],
          signature: "S",
          format: "anthropic-claude-v1",
        },
        { type: "reasoning", id: "rs_2", summary: [], encrypted_content: sealDetail(sealed) },
        { type: "message", role: "assistant", content: [{ type: "output_text", text: "Let me see." }] },
        { type: "function_call", id: "fc_1", call_id: "c1", name: "f", arguments: '{"a":1}' },
        { type: "custom_tool_call", call_id: "c2", name: "c", input: "a\nb" },
        { type: "function_call_output", call_id: "c1", output: "12" },
        { type: "custom_tool_call_output", call_id: "c2", output: [{ type: "input_image", image_url: PIXEL }] },
      ),
    ).toEqual([
      HI,
      {
        role: "assistant",
        content: "Let me see.",
        reasoning_details: [
          { type: "reasoning.text", text: "hm", signature: "S", format: "anthropic-claude-v1", index: 0 },
          sealed,
        ],
        tool_calls: [
          { id: "c1", type: "function", function: { name: "f", arguments: '{"a":1}' } },
          { id: "c2", type: "function", function: { name: "c", arguments: '{"input":"a\\nb"}' } },
        ],
      },
      { role: "tool", tool_call_id: "c1", content: "12" },
      { role: "tool", tool_call_id: "c2", content: [{ type: "image_url", image_url: { url: PIXEL } }] },
    ]);
  });

  test("a summary and what OpenAI encrypted itself", () => {
    const item = {
      type: "reasoning",
      id: "rs_1",
      summary: [{ type: "summary_text", text: "short" }],
      encrypted_content: "gAAAA",
      format: "openai-responses-v1",
    };
    expect(messagesOf(HI, item, { role: "assistant", content: "a" })).toEqual([
      HI,
      {
        role: "assistant",
        content: "a",
        reasoning_details: [
          { type: "reasoning.summary", summary: "short", id: "rs_1", format: "openai-responses-v1", index: 0 },
          { type: "reasoning.encrypted", data: "gAAAA", id: "rs_1", format: "openai-responses-v1", index: 0 },
        ],
      },
    ]);
  });

  test("a refusal, a picture that was made, and traces of tools that servers run", () => {
    expect(
      messagesOf(
        HI,
        { type: "web_search_call", id: "ws_1", status: "completed" },
        { role: "assistant", content: [{ type: "refusal", refusal: "No." }] },
        HI,
        { type: "image_generation_call", id: "ig_1", status: "completed", result: "iVBO" },
      ),
    ).toEqual([
      HI,
      { role: "assistant", content: null, refusal: "No." },
      HI,
      {
        role: "assistant",
        content: null,
        images: [{ type: "image_url", image_url: { url: "data:image/png;base64,iVBO" } }],
      },
    ]);
  });
});

describe("what is wrong is named by the protocol's own names", () => {
  test.each<{ name: string; body: Record<string, unknown>; field: string }>([
    { name: "no input", body: { input: undefined }, field: "input" },
    { name: "an empty input", body: { input: [] }, field: "input" },
    { name: "an unknown item", body: { input: [{ type: "hologram" }] }, field: "input[0].type" },
    { name: "an unknown role", body: { input: [{ role: "tool", content: "x" }] }, field: "input[0].role" },
    {
      name: "an unknown part",
      body: { input: [{ role: "user", content: [{ type: "hologram" }] }] },
      field: "input[0].content[0].type",
    },
    {
      name: "a picture without one",
      body: { input: [{ role: "user", content: [{ type: "input_image", file_id: "f" }] }] },
      field: "input[0].content[0].image_url",
    },
    {
      name: "a file without one",
      body: { input: [{ role: "user", content: [{ type: "input_file" }] }] },
      field: "input[0].content[0]",
    },
    {
      name: "an output of no call",
      body: { input: [{ type: "function_call_output", output: "x" }] },
      field: "input[0].call_id",
    },
    { name: "something kept", body: { input: [{ type: "item_reference", id: "x" }] }, field: "input[0].type" },
    { name: "a memory", body: { previous_response_id: "resp_1" }, field: "previous_response_id" },
    { name: "keeping", body: { store: true }, field: "store" },
    { name: "later", body: { background: true }, field: "background" },
    { name: "a kept prompt", body: { prompt: { id: "p" } }, field: "prompt" },
    { name: "no room for an answer", body: { max_output_tokens: 0 }, field: "max_output_tokens" },
    {
      name: "a tool of a server that is not here",
      body: { tools: [{ type: "code_interpreter" }] },
      field: "tools[0].type",
    },
    { name: "a tool without a name", body: { tools: [{ type: "function" }] }, field: "tools[0].name" },
    { name: "a choice of nobody", body: { tool_choice: { type: "function", name: "f" } }, field: "tool_choice.name" },
    { name: "required, of none", body: { tool_choice: "required" }, field: "tool_choice" },
    {
      name: "a choice among strangers",
      body: {
        tools: [{ type: "function", name: "f" }],
        tool_choice: { type: "allowed_tools", mode: "auto", tools: [{ type: "function", name: "g" }] },
      },
      field: "tool_choice.tools[0].name",
    },
    { name: "an unknown format", body: { text: { format: { type: "xml" } } }, field: "text.format.type" },
    {
      name: "a shape without a name",
      body: { text: { format: { type: "json_schema", schema: SCHEMA } } },
      field: "text.format.name",
    },
    { name: "an unknown effort", body: { reasoning: { effort: "some" } }, field: "reasoning.effort" },
    { name: "an unknown truncation", body: { truncation: "middle" }, field: "truncation" },
  ])("$name", ({ body, field }) => {
    const error = refusalBy(() => read(body));
    expect(error).toMatchObject({ code: "invalid_request", metadata: { field } });
    expect(error.message.startsWith(`${field}: `)).toBe(true);
  });
});
