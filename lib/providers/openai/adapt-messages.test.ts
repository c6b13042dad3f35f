import { describe, expect, test } from "vitest";
import { buildUpstream } from "@/lib/testing/adapter-input";
import { openAiAdapter } from "./openai-adapter";

const build = (providerSlug: string, request: Record<string, unknown>, target = {}) =>
  buildUpstream(openAiAdapter, request, { target: { providerSlug, ...target } });
const PNG = { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=" } };
const call = (id: string) => ({ id, type: "function", function: { name: "look", arguments: "{}" } });

describe("Mistral's form", () => {
  test("ids of calls have nine letters and digits, in the call and in its result", () => {
    const { body } = build("mistral", {
      messages: [
        { role: "user", content: "look", name: "ann" },
        { role: "assistant", content: null, tool_calls: [call("call_a.1"), call("abcDEF123")] },
        { role: "tool", tool_call_id: "call_a.1", content: "x", name: "look" },
        { role: "tool", tool_call_id: "abcDEF123", content: "y" },
      ],
    });
    const ids = JSON.stringify(body.messages).match(/"(?:id|tool_call_id)":"([^"]*)"/g) ?? [];
    const values = ids.map((text) => text.split('":"')[1]?.slice(0, -1) ?? "");
    for (const id of values) expect(id).toMatch(/^[A-Za-z0-9]{9}$/);
    expect(values).toEqual([values[0], "abcDEF123", values[0], "abcDEF123"]);
    expect(body.messages).toMatchObject([{ role: "user" }, {}, { role: "tool", name: "look" }, {}]);
    expect(JSON.stringify(body.messages)).not.toContain("ann");
  });

  test("the start of an answer is marked, thoughts and documents are parts of their own", () => {
    const { body } = build("mistral", {
      messages: [
        {
          role: "user",
          content: [
            { type: "file", file: { filename: "plan.pdf", file_data: "https://example.org/plan.pdf" } },
            { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
          ],
        },
        { role: "assistant", content: "So:", reasoning: "hm" },
      ],
      seed: 3,
      user: "u",
    });
    expect(body.messages).toEqual([
      {
        role: "user",
        content: [
          { type: "document_url", document_url: "https://example.org/plan.pdf", document_name: "plan.pdf" },
          { type: "input_audio", input_audio: "AAAA" },
        ],
      },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: [{ type: "text", text: "hm" }] },
          { type: "text", text: "So:" },
        ],
        prefix: true,
      },
    ]);
    expect(body).toMatchObject({ random_seed: 3 });
    expect(body).not.toHaveProperty("user");
  });
});

test("what one side says twice is joined for who insists on turns", () => {
  const { body } = build("perplexity", {
    messages: [
      { role: "system", content: "s" },
      { role: "user", content: "a" },
      { role: "user", content: [{ type: "text", text: "b" }, PNG] },
      { role: "assistant", content: "c" },
      { role: "assistant", content: "d" },
      { role: "user", content: "e" },
    ],
  });
  expect(body.messages).toEqual([
    { role: "system", content: "s" },
    { role: "user", content: [{ type: "text", text: "a" }, { type: "text", text: "b" }, PNG] },
    { role: "assistant", content: "c\n\nd" },
    { role: "user", content: "e" },
  ]);
});

describe("pictures in results", () => {
  const messages = [
    { role: "user", content: "look" },
    { role: "assistant", content: null, tool_calls: [call("a"), call("b")] },
    { role: "tool", tool_call_id: "a", content: [{ type: "text", text: "here" }, PNG] },
    { role: "tool", tool_call_id: "b", content: [PNG] },
    { role: "user", content: "and?" },
  ];

  test("are shown by the user after all results, for the protocol has no place for them", () => {
    expect(build("openai", { messages }).body.messages).toMatchObject([
      {},
      {},
      { role: "tool", tool_call_id: "a", content: "here" },
      { role: "tool", tool_call_id: "b", content: "The result is attached." },
      { role: "user", content: [PNG, PNG] },
      { role: "user", content: "and?" },
    ]);
  });

  test("stay where an aggregator does the same", () => {
    expect(build("openrouter", { messages }).body.messages).toMatchObject([{}, {}, { content: [{}, PNG] }, {}, {}]);
  });
});

describe("what a provider refuses is dropped and named", () => {
  const tools = [{ type: "function", function: { name: "f" } }];
  test.each([
    { provider: "groq", request: { logprobs: true, store: true }, dropped: ["logprobs", "store"] },
    { provider: "groq", request: { service_tier: "priority" }, dropped: ["service_tier"] },
    { provider: "moonshotai", request: { tools, tool_choice: "required" }, dropped: ["tool_choice"] },
    { provider: "perplexity", request: { tools }, dropped: ["tools"] },
    { provider: "openai", request: { service_tier: "fast" }, dropped: [] },
  ])("$provider: $request", ({ provider, request, dropped }) => {
    const { body, droppedParameters } = build(provider, request);
    expect([...droppedParameters].sort()).toEqual(dropped);
    for (const name of dropped) expect(body).not.toHaveProperty(name);
  });

  test("by models that reason only", () => {
    const reasoning = { efforts: ["low", "high"], budget: false };
    expect(build("xai", { stop: "x" }, { reasoning }).droppedParameters).toEqual(["stop"]);
    expect(build("xai", { stop: "x" }).droppedParameters).toEqual([]);
  });

  test("fast is said as priority", () => {
    expect(build("openai", { service_tier: "fast" }).body.service_tier).toBe("priority");
    expect(build("openrouter", { service_tier: "fast" }).body.service_tier).toBe("fast");
  });
});

test("names are left out, results keep theirs, and fields a provider always wants are there", () => {
  expect(build("groq", { messages: [{ role: "user", content: "a", name: "n" }] }).body.messages).toEqual([
    { role: "user", content: "a" },
  ]);
  expect(build("friendli", {}).body).toMatchObject({ parse_reasoning: true });
});
