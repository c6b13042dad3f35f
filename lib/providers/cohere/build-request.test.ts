import { describe, expect, test } from "vitest";
import { buildUpstream } from "@/lib/testing/adapter-input";
import { decodeAll, readEvents } from "@/lib/testing/contract-tools";
import { foldAnswer } from "@/lib/testing/fold-answer";
import { cohereAdapter } from "./cohere-adapter";

const FIXTURES = new URL("./__fixtures__/", import.meta.url);
const TARGET = { upstreamId: "command-a-03-2025", baseUrl: "https://api.cohere.com/v2" };
const build = (request: Record<string, unknown>, target = {}) =>
  buildUpstream(cohereAdapter, request, { target: { ...TARGET, ...target } });
const tool = (name: string) => ({ type: "function", function: { name } });

test("the key, the address, and the names of parameters", () => {
  const { url, headers, body, droppedParameters } = build({ top_p: 1, top_k: 7, frequency_penalty: -1, user: "u" });
  expect(url).toBe("https://api.cohere.com/v2/chat");
  expect(headers.authorization).toBe("Bearer k");
  expect(body).toMatchObject({ p: 0.99, k: 7, frequency_penalty: 0 });
  expect(droppedParameters).toEqual(["user"]);
  expect(build({}, { baseUrl: "https://here.test" }).url).toBe("https://here.test/v2/chat");
});

test("marks for the cache are dropped and named", () => {
  const content = [{ type: "text", text: "a", cache_control: { type: "ephemeral" } }];
  expect(build({ messages: [{ role: "user", content }] }).droppedParameters).toEqual(["cache_control"]);
});

describe("tool choice", () => {
  test.each([
    { choice: "required", names: ["a", "b"], wire: "REQUIRED" },
    { choice: "none", names: ["a", "b"], wire: "NONE" },
    { choice: "auto", names: ["a", "b"], wire: undefined },
    { choice: { type: "function", function: { name: "b" } }, names: ["b"], wire: "REQUIRED" },
  ])("$choice", ({ choice, names, wire }) => {
    const { body } = build({ tools: [tool("a"), tool("b")], tool_choice: choice });
    expect(body.tools).toMatchObject(names.map(tool));
    expect(body.tool_choice).toBe(wire);
  });
});

test("what a model says before it calls is its plan, and comes back as one", () => {
  const answer = foldAnswer(decodeAll(cohereAdapter, readEvents(FIXTURES, "parallel-tool-calls")));
  const calls = answer.toolCalls.map(({ id, name, arguments: input }) => ({
    id,
    type: "function",
    function: { name, arguments: input },
  }));
  const { body } = build({
    messages: [
      { role: "user", content: "Weather?" },
      { role: "assistant", content: answer.content, tool_calls: calls },
      ...calls.map(({ id }) => ({ role: "tool", tool_call_id: id, content: "{}" })),
    ],
  });
  expect(body.messages).toMatchObject([
    {},
    { role: "assistant", tool_plan: "Let me look.", tool_calls: calls },
    {},
    {},
  ]);
});

test.each([
  { wish: { max_tokens: 500 }, thinking: { type: "enabled", token_budget: 500 } },
  { wish: { enabled: true }, thinking: { type: "enabled" } },
  { wish: { effort: "none" }, thinking: { type: "disabled" } },
])("reasoning $wish", ({ wish, thinking }) => {
  expect(build({ reasoning: wish }, { reasoning: { efforts: ["none"], budget: true } }).body.thinking).toEqual(
    thinking,
  );
});

test("sources with an address are annotations, pieces of text have probabilities", () => {
  const answer = foldAnswer(decodeAll(cohereAdapter, readEvents(FIXTURES, "citations")));
  expect(answer.annotations).toEqual([
    {
      type: "url_citation",
      url_citation: {
        url: "https://example.org/interlocking",
        title: "Interlocking",
        content: "Signal boxes",
        start_index: 0,
        end_index: 12,
      },
    },
  ]);
  expect(answer.logprobs?.content).toMatchObject([{ token: "Signal boxes exist.", logprob: -0.75 }]);
});

test("a schema is a format of its own, and words where tools are offered", () => {
  const response_format = { type: "json_schema", json_schema: { name: "a", schema: { properties: { x: {} } } } };
  expect(build({ response_format }).body.response_format).toEqual({
    type: "json_object",
    json_schema: { type: "object", properties: { x: {} } },
  });
  const { body } = build({ response_format, tools: [tool("a")] });
  expect(body).not.toHaveProperty("response_format");
  expect(body.messages).toMatchObject([{ role: "system", content: expect.stringContaining('"x"') }, {}]);
});
