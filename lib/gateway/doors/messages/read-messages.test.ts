import { describe, expect, test } from "vitest";
import { bytesOf, refusalBy } from "@/lib/testing/door-tools";
import { sealDetail } from "../sealed-detail";
import { readMessages } from "./read-messages";

const HI = { role: "user", content: "hi" };
const PIXEL = "iVBORw0KGgo=";
const MARK = { type: "ephemeral", ttl: "1h" };

const read = (body: Record<string, unknown>) => readMessages(bytesOf({ model: "a/b", messages: [HI], ...body }));
/** The fields that are set. */
const requestOf = (body: Record<string, unknown>): unknown => JSON.parse(JSON.stringify(read(body).request));
const messagesOf = (...messages: unknown[]) => read({ messages }).request.messages;

describe("fields", () => {
  test.each<{ name: string; body: Record<string, unknown>; expected: Record<string, unknown> }>([
    { name: "nothing more than it must have", body: {}, expected: {} },
    {
      name: "those that have our names",
      body: { max_tokens: 9, temperature: 0.5, top_p: 0.9, top_k: 4, stream: true, session_id: "s" },
      expected: { max_tokens: 9, temperature: 0.5, top_p: 0.9, top_k: 4, stream: true, session_id: "s" },
    },
    {
      name: "routing, presets and plugins",
      body: {
        models: ["c/d"],
        provider: { order: ["x"] },
        preset: "mine",
        plugins: [{ id: "web" }],
        transforms: ["middle-out"],
        trace: { a: 1 },
      },
      expected: {
        models: ["c/d"],
        provider: { order: ["x"] },
        preset: "mine",
        plugins: [{ id: "web" }],
        transforms: ["middle-out"],
        trace: { a: 1 },
      },
    },
    { name: "fallbacks are other models", body: { fallbacks: [{ model: "c/d" }] }, expected: { models: ["c/d"] } },
    { name: "stop sequences", body: { stop_sequences: ["A", "B"] }, expected: { stop: ["A", "B"] } },
    { name: "the end user", body: { metadata: { user_id: "u" } }, expected: { user: "u" } },
    {
      name: "our name of the end user goes first",
      body: { user: "v", metadata: { user_id: "u" } },
      expected: { user: "v" },
    },
    { name: "the tier", body: { service_tier: "standard_only" }, expected: { service_tier: "default" } },
    { name: "a tier that we have no word for", body: { service_tier: "new" }, expected: {} },
    { name: "a mark for the whole prompt", body: { cache_control: MARK }, expected: { cache_control: MARK } },
    { name: "null is absent", body: { tools: null, thinking: null, system: null, stop_sequences: null }, expected: {} },
    {
      name: "a schema for the answer",
      body: { output_config: { format: { type: "json_schema", schema: { type: "object" } } } },
      expected: {
        response_format: {
          type: "json_schema",
          json_schema: { name: "answer", schema: { type: "object" }, strict: true },
        },
      },
    },
    {
      name: "the same in its older place",
      body: { output_format: { type: "json_schema", schema: { type: "object" } } },
      expected: {
        response_format: {
          type: "json_schema",
          json_schema: { name: "answer", schema: { type: "object" }, strict: true },
        },
      },
    },
    {
      name: "thinking with a budget",
      body: { thinking: { type: "enabled", budget_tokens: 2_000 } },
      expected: { reasoning: { enabled: true, max_tokens: 2_000 } },
    },
    {
      name: "thinking whose text is left out",
      body: { thinking: { type: "enabled", budget_tokens: 2_000, display: "omitted" } },
      expected: { reasoning: { enabled: true, max_tokens: 2_000, exclude: true } },
    },
    {
      name: "no thinking",
      body: { thinking: { type: "disabled" }, output_config: { effort: "low" } },
      expected: { reasoning: { enabled: false }, verbosity: "low" },
    },
    {
      name: "thinking as it likes, with an effort",
      body: { thinking: { type: "adaptive" }, output_config: { effort: "high" } },
      expected: { reasoning: { enabled: true, effort: "high" } },
    },
    { name: "an effort alone", body: { output_config: { effort: "max" } }, expected: { verbosity: "max" } },
  ])("$name", ({ body, expected }) => {
    expect(requestOf(body)).toEqual({ model: "a/b", messages: [HI], ...expected });
  });
});

describe("tools", () => {
  const tool = { name: "f", description: "does f", input_schema: { type: "object" } };
  const ours = { type: "function", function: { name: "f", description: "does f", parameters: { type: "object" } } };
  test.each<{ name: string; body: Record<string, unknown>; expected: Record<string, unknown> }>([
    { name: "of the caller's", body: { tools: [tool] }, expected: { tools: [ours] } },
    {
      name: "with its type, a mark and strictness",
      body: { tools: [{ ...tool, type: "custom", strict: true, cache_control: MARK }] },
      expected: { tools: [{ ...ours, function: { ...ours.function, strict: true }, cache_control: MARK }] },
    },
    {
      name: "that the provider knows stay as they are",
      body: { tools: [{ type: "bash_20250124", name: "bash" }] },
      expected: { tools: [{ type: "bash_20250124", name: "bash" }] },
    },
    {
      name: "none wanted",
      body: { tools: [tool], tool_choice: { type: "none" } },
      expected: { tools: [ours], tool_choice: "none" },
    },
    {
      name: "auto",
      body: { tools: [tool], tool_choice: { type: "auto" } },
      expected: { tools: [ours], tool_choice: "auto" },
    },
    {
      name: "any, one at a time",
      body: { tools: [tool], tool_choice: { type: "any", disable_parallel_tool_use: true } },
      expected: { tools: [ours], tool_choice: "required", parallel_tool_calls: false },
    },
    {
      name: "this one",
      body: { tools: [tool], tool_choice: { type: "tool", name: "f" } },
      expected: { tools: [ours], tool_choice: { type: "function", function: { name: "f" } } },
    },
  ])("$name", ({ body, expected }) => {
    expect(requestOf(body)).toEqual({ model: "a/b", messages: [HI], ...expected });
  });
});

describe("the conversation", () => {
  test.each([
    { name: "a system text", system: "Be brief.", expected: "Be brief." },
    { name: "one block of it", system: [{ type: "text", text: "Be brief." }], expected: "Be brief." },
    {
      name: "blocks with a mark",
      system: [
        { type: "text", text: "Be brief.", cache_control: MARK },
        { type: "text", text: "Be kind." },
      ],
      expected: [
        { type: "text", text: "Be brief.", cache_control: MARK },
        { type: "text", text: "Be kind." },
      ],
    },
  ])("$name", ({ system, expected }) => {
    expect(read({ system }).request.messages).toEqual([{ role: "system", content: expected }, HI]);
  });

  test("no system text is no message", () => {
    expect(read({ system: [] }).request.messages).toEqual([HI]);
  });

  test.each<{ name: string; block: Record<string, unknown>; expected: unknown }>([
    { name: "a text", block: { type: "text", text: "a" }, expected: "a" },
    {
      name: "a picture in the body",
      block: { type: "image", source: { type: "base64", media_type: "image/png", data: PIXEL } },
      expected: [{ type: "image_url", image_url: { url: `data:image/png;base64,${PIXEL}` } }],
    },
    {
      name: "a picture by address, with a mark",
      block: { type: "image", source: { type: "url", url: "https://a.test/b.png" }, cache_control: MARK },
      expected: [{ type: "image_url", image_url: { url: "https://a.test/b.png" }, cache_control: MARK }],
    },
    {
      name: "a PDF with its title and what it is about",
      block: {
        type: "document",
        title: "Rules",
        context: "Of signals.",
        source: { type: "base64", media_type: "application/pdf", data: "JVBERg==" },
      },
      expected: [
        { type: "text", text: "Of signals." },
        { type: "file", file: { filename: "Rules", file_data: "data:application/pdf;base64,JVBERg==" } },
      ],
    },
    {
      name: "a PDF without a title",
      block: { type: "document", source: { type: "base64", media_type: "application/pdf", data: "JVBERg==" } },
      expected: [
        { type: "file", file: { filename: "document.pdf", file_data: "data:application/pdf;base64,JVBERg==" } },
      ],
    },
    {
      name: "a document of plain text",
      block: { type: "document", source: { type: "text", media_type: "text/plain", data: "Ä" } },
      expected: [{ type: "file", file: { filename: "document.txt", file_data: "data:text/plain;base64,w4Q=" } }],
    },
    {
      name: "a document by address",
      block: { type: "document", source: { type: "url", url: "https://a.test/b.pdf" } },
      expected: [{ type: "file", file: { file_data: "https://a.test/b.pdf" } }],
    },
    {
      name: "a document that the provider keeps",
      block: { type: "document", source: { type: "file", file_id: "file_1" } },
      expected: [{ type: "file", file: { file_id: "file_1" } }],
    },
    {
      name: "a document made of blocks",
      block: { type: "document", title: "T", source: { type: "content", content: [{ type: "text", text: "a" }] } },
      expected: [
        { type: "text", text: "T" },
        { type: "text", text: "a" },
      ],
    },
    {
      name: "a found page",
      block: { type: "search_result", source: "https://a.test", title: "T", content: [{ type: "text", text: "a" }] },
      expected: "T\nhttps://a.test\na",
    },
  ])("$name", ({ block, expected }) => {
    expect(messagesOf({ role: "user", content: [block] })).toEqual([{ role: "user", content: expected }]);
  });

  test("results of tools are messages of their own, before what is said beside them", () => {
    const turn = {
      role: "user",
      content: [
        { type: "text", text: "And now?" },
        { type: "tool_result", tool_use_id: "t1", content: "12" },
        { type: "tool_result", tool_use_id: "t2", content: [{ type: "text", text: "no" }], is_error: true },
        { type: "tool_result", tool_use_id: "t3", cache_control: MARK },
        {
          type: "tool_result",
          tool_use_id: "t4",
          content: [
            { type: "text", text: "see" },
            { type: "image", source: { type: "base64", media_type: "image/png", data: PIXEL } },
            { type: "tool_reference", tool_name: "g" },
          ],
        },
      ],
    };
    expect(messagesOf(turn)).toEqual([
      { role: "tool", tool_call_id: "t1", content: "12" },
      { role: "tool", tool_call_id: "t2", content: "no", is_error: true },
      { role: "tool", tool_call_id: "t3", content: "", cache_control: MARK },
      {
        role: "tool",
        tool_call_id: "t4",
        content: [
          { type: "text", text: "see" },
          { type: "image_url", image_url: { url: `data:image/png;base64,${PIXEL}` } },
          { type: "text", text: "g" },
        ],
      },
      { role: "user", content: "And now?" },
    ]);
  });

  test("an assistant's turn is one message, its thinking in order and with its signatures", () => {
    const sealed = { type: "reasoning.encrypted", data: "d", format: "google-gemini-v1", id: "t1", index: 4 };
    const turn = {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "hm", signature: "EqQ" },
        { type: "redacted_thinking", data: "Emw" },
        { type: "redacted_thinking", data: sealDetail(sealed) },
        { type: "thinking", thinking: "unsigned", signature: "" },
        { type: "thinking", thinking: "", signature: "" },
        { type: "text", text: "Let me see." },
        { type: "tool_use", id: "t1", name: "f", input: { a: 1 } },
        { type: "tool_use", id: "t2", name: "g", cache_control: MARK },
        { type: "server_tool_use", id: "s1", name: "web_search", input: {} },
      ],
    };
    expect(messagesOf(HI, turn)).toEqual([
      HI,
      {
        role: "assistant",
        content: "Let me see.",
        reasoning_details: [
          { type: "reasoning.text", text: "hm", signature: "EqQ", format: "anthropic-claude-v1", index: 0 },
          { type: "reasoning.encrypted", data: "Emw", format: "anthropic-claude-v1", index: 1 },
          sealed,
          { type: "reasoning.text", text: "unsigned", index: 3 },
        ],
        tool_calls: [
          { id: "t1", type: "function", function: { name: "f", arguments: '{"a":1}' } },
          { id: "t2", type: "function", function: { name: "g", arguments: "{}" }, cache_control: MARK },
        ],
      },
    ]);
  });

  test.each([
    { name: "only calls", content: [{ type: "tool_use", id: "t", name: "f", input: {} }], expected: null },
    { name: "only thinking", content: [{ type: "thinking", thinking: "hm", signature: "s" }], expected: "" },
    { name: "nothing", content: [], expected: "" },
    { name: "a text as it is", content: "Sure: ", expected: "Sure: " },
  ])("an assistant's turn with $name", ({ content, expected }) => {
    expect(messagesOf(HI, { role: "assistant", content })[1]).toMatchObject({ content: expected });
  });

  test("a system turn in the middle keeps its place", () => {
    expect(messagesOf(HI, { role: "system", content: "Now in German." }).map(({ role }) => role)).toEqual([
      "user",
      "system",
    ]);
  });

  test("a text that was left out comes back out of its seal", () => {
    const detail = {
      type: "reasoning.text",
      text: "secret",
      signature: "EqQ",
      format: "anthropic-claude-v1",
      index: 0,
    };
    const turn = { role: "assistant", content: [{ type: "thinking", thinking: "", signature: sealDetail(detail) }] };
    expect(messagesOf(HI, turn)[1]).toMatchObject({ reasoning_details: [detail] });
  });
});

describe("what is wrong is named by the protocol's own names", () => {
  test.each<{ name: string; body: Record<string, unknown>; field: string }>([
    { name: "no messages", body: { messages: undefined }, field: "messages" },
    { name: "an empty list", body: { messages: [] }, field: "messages" },
    { name: "an unknown role", body: { messages: [{ role: "tool", content: "x" }] }, field: "messages[0].role" },
    {
      name: "a content that is none",
      body: { messages: [{ role: "user", content: 5 }] },
      field: "messages[0].content",
    },
    {
      name: "an unknown block",
      body: { messages: [{ role: "user", content: [{ type: "hologram" }] }] },
      field: "messages[0].content[0].type",
    },
    {
      name: "a picture of an unknown kind",
      body: {
        messages: [
          {
            role: "user",
            content: [{ type: "image", source: { type: "base64", media_type: "image/tiff", data: PIXEL } }],
          },
        ],
      },
      field: "messages[0].content[0].source.media_type",
    },
    {
      name: "a picture that is no base64",
      body: {
        messages: [
          {
            role: "user",
            content: [{ type: "image", source: { type: "base64", media_type: "image/png", data: "*" } }],
          },
        ],
      },
      field: "messages[0].content[0].source.data",
    },
    {
      name: "a result without its call",
      body: { messages: [{ role: "user", content: [{ type: "tool_result", content: "x" }] }] },
      field: "messages[0].content[0].tool_use_id",
    },
    {
      name: "a call in the user's turn",
      body: { messages: [{ role: "user", content: [{ type: "tool_use", id: "t", name: "f", input: {} }] }] },
      field: "messages[0].content[0].type",
    },
    {
      name: "a result in the assistant's turn",
      body: { messages: [HI, { role: "assistant", content: [{ type: "tool_result", tool_use_id: "t" }] }] },
      field: "messages[1].content[0].type",
    },
    { name: "a system text that is none", body: { system: 5 }, field: "system" },
    { name: "no room for an answer", body: { max_tokens: 0 }, field: "max_tokens" },
    { name: "a budget that is none", body: { thinking: { type: "enabled" } }, field: "thinking.budget_tokens" },
    { name: "unknown thinking", body: { thinking: { type: "deep" } }, field: "thinking.type" },
    { name: "an unknown effort", body: { output_config: { effort: "some" } }, field: "output_config.effort" },
    { name: "a tool without a schema", body: { tools: [{ name: "f" }] }, field: "tools[0].input_schema" },
    { name: "a tool without a name", body: { tools: [{ input_schema: {} }] }, field: "tools[0].name" },
    {
      name: "a name with a space",
      body: { tools: [{ name: "my tool", input_schema: {} }] },
      field: "tools[0].name",
    },
    { name: "a choice of nobody", body: { tool_choice: { type: "tool", name: "f" } }, field: "tool_choice.name" },
    { name: "any of none", body: { tool_choice: { type: "any" } }, field: "tool_choice" },
    { name: "an unknown choice", body: { tool_choice: { type: "some" } }, field: "tool_choice.type" },
    { name: "too hot", body: { temperature: 3 }, field: "temperature" },
    { name: "a conversation that we should keep", body: { thread: { type: "create" } }, field: "thread" },
    { name: "stops that are no list", body: { stop_sequences: "END" }, field: "stop_sequences" },
  ])("$name", ({ body, field }) => {
    const error = refusalBy(() => read(body));
    expect(error).toMatchObject({ code: "invalid_request", metadata: { field } });
    expect(error.message.startsWith(`${field}: `)).toBe(true);
  });
});
