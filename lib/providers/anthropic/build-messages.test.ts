import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { buildUpstream } from "@/lib/testing/adapter-input";
import { errorThrownBy } from "@/lib/testing/contract-tools";
import { anthropicAdapter } from "./anthropic-adapter";

const build = (request: Record<string, unknown>) => buildUpstream(anthropicAdapter, request);
const messagesOf = (...messages: readonly unknown[]) => build({ messages }).body.messages;
const text = (said: string) => ({ type: "text", text: said });
const PDF = "JVBERi0xLjQK";

describe("conversation", () => {
  test("system and developer messages become system blocks, wherever they stand", () => {
    const { body } = build({
      messages: [
        { role: "system", content: "One." },
        { role: "user", content: "hi" },
        { role: "developer", content: [{ ...text("Two."), cache_control: { type: "ephemeral", ttl: "1h" } }] },
      ],
    });
    expect(body.system).toEqual([text("One."), { ...text("Two."), cache_control: { type: "ephemeral", ttl: "1h" } }]);
    expect(body.messages).toEqual([{ role: "user", content: [text("hi")] }]);
  });

  test("turns of one side are merged and blank texts left out", () => {
    expect(
      messagesOf(
        { role: "user", content: "a" },
        { role: "user", content: [text(" "), text("b")] },
        { role: "assistant", content: "" },
        { role: "user", content: "c" },
      ),
    ).toEqual([{ role: "user", content: [text("a"), text("b"), text("c")] }]);
  });

  test("instructions alone become the question", () => {
    const { body } = build({ messages: [{ role: "system", content: "Say hello." }] });
    expect(body.messages).toEqual([{ role: "user", content: [text("Say hello.")] }]);
    expect(body).not.toHaveProperty("system");
  });

  test("a conversation that the assistant opens gets a user turn before it", () => {
    const messages = messagesOf({ role: "assistant", content: "Welcome." }, { role: "user", content: "hi" });
    expect(messages).toMatchObject([{ role: "user" }, { role: "assistant" }, { role: "user" }]);
  });

  test("nothing but blanks is refused", () => {
    const error = errorThrownBy(() => messagesOf({ role: "user", content: " " }));
    expect(error).toBeInstanceOf(AppError);
    expect(error.message).toMatch(/^messages/);
  });

  test("a prefill keeps its text and loses the white space at its end", () => {
    const prefill = { role: "assistant", content: 'Sure: {"a":  \n' };
    expect(messagesOf({ role: "user", content: "hi" }, prefill)).toEqual([
      { role: "user", content: [text("hi")] },
      { role: "assistant", content: [text('Sure: {"a":')] },
    ]);
  });
});

describe("parts", () => {
  test.each([
    {
      part: {
        type: "image_url",
        image_url: { url: "data:image/png;base64,AA==" },
        cache_control: { type: "ephemeral" },
      },
      block: {
        type: "image",
        source: { type: "base64", media_type: "image/png", data: "AA==" },
        cache_control: { type: "ephemeral" },
      },
    },
    {
      part: { type: "image_url", image_url: { url: "https://x.test/a.png" } },
      block: { type: "image", source: { type: "url", url: "https://x.test/a.png" } },
    },
    {
      part: { type: "file", file: { filename: "a.pdf", file_data: PDF } },
      block: {
        type: "document",
        source: { type: "base64", media_type: "application/pdf", data: PDF },
        title: "a.pdf",
      },
    },
    {
      part: { type: "file", file: { file_data: "https://x.test/a.pdf" } },
      block: { type: "document", source: { type: "url", url: "https://x.test/a.pdf" } },
    },
    {
      part: { type: "file", file: { file_data: "data:text/plain;base64,aMOpbGxv" } },
      block: { type: "document", source: { type: "text", media_type: "text/plain", data: "héllo" } },
    },
    {
      part: { type: "file", file: { file_data: "data:image/gif;base64,AA==" } },
      block: { type: "image", source: { type: "base64", media_type: "image/gif", data: "AA==" } },
    },
    {
      part: { type: "file", file: { file_id: "file_1" } },
      block: { type: "document", source: { type: "file", file_id: "file_1" } },
    },
  ])("$part.type $part becomes $block.type", ({ part, block }) => {
    expect(messagesOf({ role: "user", content: [part] })).toEqual([{ role: "user", content: [block] }]);
  });

  test.each([
    { part: { type: "input_audio", input_audio: { data: "AA==", format: "wav" } }, problem: /audio/ },
    { part: { type: "video_url", video_url: { url: "https://x.test/a.mp4" } }, problem: /video/ },
    { part: { type: "file", file: { file_data: "data:application/zip;base64,AA==" } }, problem: /PDF/ },
  ])("$part.type is refused, naming the part", ({ part, problem }) => {
    const error = errorThrownBy(() => messagesOf({ role: "user", content: [text("see"), part] }));
    expect(error).toBeInstanceOf(AppError);
    expect(error.message).toMatch(/^messages\[0\]\.content\[1\]/);
    expect(error.message).toMatch(problem);
  });
});

describe("tools", () => {
  const call = (id: string, args: string) => ({ id, type: "function", function: { name: "f", arguments: args } });
  const calling = (...calls: readonly unknown[]) => [
    { role: "user", content: "go" },
    { role: "assistant", content: null, tool_calls: calls },
  ];

  test("calls become tool_use with parsed input, results one user turn, foreign ids are made fit", () => {
    const messages = [
      ...calling(call("functions.f:0", '{"a":1}'), call("c2", "")),
      { role: "tool", tool_call_id: "functions.f:0", content: '{"ok":true}' },
      {
        role: "tool",
        tool_call_id: "c2",
        content: [text("see"), { type: "image_url", image_url: { url: "https://x.test/a.png" } }],
      },
    ];
    expect(messagesOf(...messages)).toEqual([
      { role: "user", content: [text("go")] },
      {
        role: "assistant",
        content: [
          { type: "tool_use", id: "functions_f_0", name: "f", input: { a: 1 } },
          { type: "tool_use", id: "c2", name: "f", input: {} },
        ],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "functions_f_0", content: '{"ok":true}' },
          {
            type: "tool_result",
            tool_use_id: "c2",
            content: [text("see"), { type: "image", source: { type: "url", url: "https://x.test/a.png" } }],
          },
        ],
      },
    ]);
  });

  test.each(["{broken", "[1]", "7"])("arguments %s are refused, naming the call", (args) => {
    const error = errorThrownBy(() => messagesOf(...calling(call("c1", "{}"), call("c2", args))));
    expect(error).toBeInstanceOf(AppError);
    expect(error.message).toMatch(/^messages\[1\]\.tool_calls\[1\]\.function\.arguments/);
  });

  test.each([
    { request: { tool_choice: "none" }, choice: { type: "none" } },
    { request: { tool_choice: "auto" }, choice: { type: "auto" } },
    { request: { tool_choice: "required" }, choice: { type: "any" } },
    { request: { tool_choice: { type: "function", function: { name: "f" } } }, choice: { type: "tool", name: "f" } },
    { request: { parallel_tool_calls: false }, choice: { type: "auto", disable_parallel_tool_use: true } },
    {
      request: { tool_choice: "required", parallel_tool_calls: false },
      choice: { type: "any", disable_parallel_tool_use: true },
    },
  ])("$request is said as $choice", ({ request, choice }) => {
    const tools = [{ type: "function", function: { name: "f" } }];
    expect(build({ ...request, tools }).body.tool_choice).toEqual(choice);
  });

  test("functions become tools with an input schema; the API's own tools pass, others are dropped", () => {
    const { body, droppedParameters } = build({
      tools: [
        { type: "function", function: { name: "f", description: "d", parameters: { properties: { a: {} } } } },
        { type: "web_search_20250305", name: "web_search", max_uses: 2 },
        { type: "openrouter:web_search" },
      ],
    });
    expect(body.tools).toEqual([
      { name: "f", description: "d", input_schema: { type: "object", properties: { a: {} } } },
      { type: "web_search_20250305", name: "web_search", max_uses: 2 },
    ]);
    expect(droppedParameters).toEqual(["tools"]);
  });

  test("calls in a conversation without tools get stand-ins that must not be called", () => {
    const { body } = build({
      messages: [...calling(call("c1", "{}")), { role: "tool", tool_call_id: "c1", content: "x" }],
    });
    expect(body).toMatchObject({ tools: [{ name: "f" }], tool_choice: { type: "none" } });
  });

  test("a function may not have the name by which we take JSON answers", () => {
    const tools = [{ type: "function", function: { name: "signalbox_json_answer" } }];
    expect(errorThrownBy(() => build({ tools })).message).toMatch(/^tools\[0\]\.function\.name/);
  });
});
