import { describe, expect, test } from "vitest";
import type { NativeSearch } from "@/lib/schemas/web-search";
import { buildUpstream } from "@/lib/testing/adapter-input";
import { decodeAll, errorThrownBy, failureThrownBy } from "@/lib/testing/contract-tools";
import { foldAnswer } from "@/lib/testing/fold-answer";
import { responsesAdapter } from "./responses-adapter";

const search: NativeSearch = {
  maxResults: 5,
  maxSearches: 5,
  includeDomains: [],
  excludeDomains: [],
  contextSize: undefined,
  userLocation: undefined,
};
const build = (request: Record<string, unknown>, more: object = {}) =>
  buildUpstream(responsesAdapter, request, {
    target: { providerSlug: "openai", upstreamId: "gpt-5" },
    search,
    ...more,
  });

describe("the request", () => {
  test("a conversation with pictures, documents and calls becomes items", () => {
    const { body } = build({
      messages: [
        { role: "system", content: "rules" },
        {
          role: "user",
          content: [
            { type: "text", text: "look" },
            { type: "image_url", image_url: { url: "https://a.test/b.png", detail: "low" } },
            { type: "file", file: { filename: "c.pdf", file_data: "data:application/pdf;base64,AAAA" } },
          ],
        },
        {
          role: "assistant",
          content: "I call",
          reasoning: "thought",
          tool_calls: [{ id: "call_1", type: "function", function: { name: "f", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "call_1", content: "result" },
        { role: "user", content: "go on" },
      ],
    });
    expect(body.input).toEqual([
      { role: "developer", content: "rules" },
      {
        role: "user",
        content: [
          { type: "input_text", text: "look" },
          { type: "input_image", image_url: "https://a.test/b.png", detail: "low" },
          { type: "input_file", filename: "c.pdf", file_data: "data:application/pdf;base64,AAAA" },
        ],
      },
      { role: "assistant", content: [{ type: "output_text", text: "I call" }] },
      { type: "function_call", call_id: "call_1", name: "f", arguments: "{}" },
      { type: "function_call_output", call_id: "call_1", output: "result" },
      { role: "user", content: "go on" },
    ]);
  });

  test("parameters are said in its words, and what it does not know is told", () => {
    const { body, droppedParameters, headers } = build(
      {
        temperature: 0.5,
        seed: 7,
        stop: ["x"],
        verbosity: "low",
        user: "u1",
        plugins: [{ id: "web" }],
        tools: [{ type: "function", function: { name: "f", parameters: { type: "object" } } }],
        tool_choice: { type: "function", function: { name: "f" } },
        response_format: { type: "json_schema", json_schema: { name: "n", schema: { type: "object" }, strict: true } },
        reasoning: { effort: "high", summary: "auto" },
      },
      {
        target: { providerSlug: "openai", reasoning: { efforts: ["low", "high"], budget: false } },
        maxTokens: 5,
        stream: true,
      },
    );
    expect(body).toMatchObject({
      temperature: 0.5,
      user: "u1",
      stream: true,
      store: false,
      max_output_tokens: 16,
      reasoning: { effort: "high", summary: "auto" },
      text: { verbosity: "low", format: { type: "json_schema", name: "n", schema: { type: "object" }, strict: true } },
      tools: [{ type: "function", name: "f", parameters: { type: "object" }, strict: false }, { type: "web_search" }],
      tool_choice: { type: "function", name: "f" },
    });
    expect(Object.keys(body)).not.toContain("plugins");
    expect([...droppedParameters].sort()).toEqual(["seed", "stop"]);
    expect(headers).toMatchObject({ authorization: "Bearer k", accept: "text/event-stream" });
  });

  test("what cannot be sent is named", () => {
    const audio = { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } };
    expect(errorThrownBy(() => build({ messages: [{ role: "user", content: [audio] }] })).message).toMatch(
      /^messages\[0\]\.content\[0\]\.type: /,
    );
  });
});

const TEXT = "Forty are left. [a.test](https://a.test/x)";
const citation = { type: "url_citation", url: "https://a.test/x", title: "3", start_index: 16, end_index: 42 };
const ITEMS = [
  { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: "Let me look." }] },
  { type: "web_search_call", id: "ws_1", status: "completed", action: { type: "search", query: "boxes" } },
  { type: "web_search_call", id: "ws_2", status: "completed", action: { type: "open_page", url: "https://a.test/x" } },
  {
    type: "message",
    id: "msg_1",
    role: "assistant",
    content: [
      { type: "output_text", text: "First. ", annotations: [] },
      { type: "output_text", text: TEXT, annotations: [citation] },
    ],
  },
  { type: "function_call", id: "fc_1", call_id: "call_1", name: "f", arguments: '{"a":1}' },
];
const USAGE = {
  input_tokens: 50,
  output_tokens: 20,
  input_tokens_details: { cached_tokens: 10 },
  output_tokens_details: { reasoning_tokens: 5 },
};
const RESPONSE = { id: "resp_1", object: "response", status: "completed", output: ITEMS, usage: USAGE };
const EXPECTED = {
  reasoning: "Let me look.",
  content: `First. ${TEXT}`,
  toolCalls: [{ id: "call_1", name: "f", arguments: '{"a":1}' }],
  finishReason: "tool_calls",
  nativeFinishReason: "completed",
  annotations: [
    {
      type: "url_citation",
      // Its number is no title; its place counts from the beginning of the whole text.
      url_citation: { url: "https://a.test/x", title: "a.test", start_index: 23, end_index: 49 },
    },
  ],
  usage: { promptTokens: 50, completionTokens: 20, cachedTokens: 10, reasoningTokens: 5, searches: 1 },
};

describe("the answer", () => {
  const events = (...objects: readonly object[]) =>
    objects.map((data) => ({ event: undefined, data: JSON.stringify(data) }));
  const at = (output_index: number, content_index: number) => ({ output_index, content_index });

  test("whole", () => {
    expect(foldAnswer(responsesAdapter.decodeBody(RESPONSE))).toMatchObject(EXPECTED);
  });

  test("streamed", () => {
    const chunks = decodeAll(
      responsesAdapter,
      events(
        { type: "response.created", response: { id: "resp_1" } },
        { type: "response.reasoning_summary_text.delta", delta: "Let me " },
        { type: "response.reasoning_summary_text.delta", delta: "look." },
        { type: "response.web_search_call.searching", item_id: "ws_1" },
        { type: "response.output_item.done", output_index: 1, item: ITEMS[1] },
        { type: "response.output_item.done", output_index: 2, item: ITEMS[2] },
        { type: "response.output_text.delta", ...at(3, 0), delta: "First. " },
        { type: "response.output_text.delta", ...at(3, 1), delta: TEXT.slice(0, 9) },
        { type: "response.output_text.delta", ...at(3, 1), delta: TEXT.slice(9) },
        { type: "response.output_text.annotation.added", ...at(3, 1), annotation: citation },
        { type: "response.output_item.added", output_index: 4, item: { ...ITEMS[4], arguments: "" } },
        { type: "response.function_call_arguments.delta", item_id: "fc_1", delta: '{"a"' },
        { type: "response.function_call_arguments.delta", item_id: "fc_1", delta: ":1}" },
        { type: "response.output_item.done", output_index: 4, item: ITEMS[4] },
        { type: "response.completed", response: RESPONSE },
      ),
    );
    expect(foldAnswer(chunks)).toMatchObject(EXPECTED);
  });

  test("cut by its limit, or failed", () => {
    const cut = { ...RESPONSE, output: [], status: "incomplete", incomplete_details: { reason: "max_output_tokens" } };
    expect(foldAnswer(responsesAdapter.decodeBody(cut))).toMatchObject({ finishReason: "length" });
    const failed = { ...RESPONSE, status: "failed", error: { code: "rate_limit_exceeded", message: "Slow down" } };
    expect(failureThrownBy(() => responsesAdapter.decodeBody(failed))).toMatchObject({ status: 429 });
    expect(
      failureThrownBy(() => decodeAll(responsesAdapter, events({ type: "response.failed", response: failed }))),
    ).toMatchObject({ status: 429, message: "Slow down" });
  });

  test("in another protocol is none", () => {
    expect(errorThrownBy(() => responsesAdapter.decodeBody({ choices: [] })).message).toMatch(/no output/);
    const decoder = responsesAdapter.createStreamDecoder();
    expect(errorThrownBy(() => decoder.decode({ event: undefined, data: '{"choices":[]}' })).message).toMatch(
      /responses protocol/,
    );
    expect(decoder.isComplete()).toBe(false);
  });
});
