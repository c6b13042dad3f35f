import { describe, expect, test } from "vitest";
import { buildUpstream } from "@/lib/testing/adapter-input";
import { bedrockAdapter } from "./bedrock-adapter";

const CLAUDE = { upstreamId: "anthropic.claude-sonnet-4-5-20250929-v1:0", baseUrl: "https://b.test" };
const NOVA = { upstreamId: "amazon.nova-lite-v1:0", baseUrl: "https://b.test" };
const build = (request: Record<string, unknown>, target: Parameters<typeof buildUpstream>[2] = { target: CLAUDE }) =>
  buildUpstream(bedrockAdapter, request, target);
const TOOLS = [{ type: "function", function: { name: "f", parameters: { type: "object", properties: {} } } }];

describe("the address", () => {
  test.each([
    {
      model: "anthropic.claude-sonnet-4-5-v1:0",
      own: "us-east-1",
      scope: undefined,
      id: "us.anthropic.claude-sonnet-4-5-v1:0",
    },
    {
      model: "anthropic.claude-sonnet-4-5-v1:0",
      own: "eu-west-1",
      scope: "eu-west-1",
      id: "eu.anthropic.claude-sonnet-4-5-v1:0",
    },
    {
      model: "anthropic.claude-sonnet-4-5-v1:0",
      own: "us-east-1",
      scope: "global",
      id: "global.anthropic.claude-sonnet-4-5-v1:0",
    },
    { model: "us.anthropic.claude-fable-5", own: "us-east-1", scope: undefined, id: "us.anthropic.claude-fable-5" },
    { model: "openai.gpt-oss-120b", own: "us-east-1", scope: undefined, id: "openai.gpt-oss-120b" },
    { model: "amazon.nova-lite-v1:0", own: undefined, scope: undefined, id: "amazon.nova-lite-v1:0" },
  ])("of $model from $own for $scope", ({ model, own, scope, id }) => {
    const target = {
      upstreamId: model,
      baseUrl: "https://bedrock-runtime.{region}.amazonaws.com",
      region: scope,
      settings: own === undefined ? {} : { region: own },
    };
    const host = `https://bedrock-runtime.${own ?? ""}.amazonaws.com`;
    expect(build({}, { target }).url).toBe(`${host}/model/${encodeURIComponent(id)}/converse`);
    expect(build({}, { target, stream: true }).url).toMatch(/\/converse-stream$/);
  });
});

describe("tools", () => {
  test.each([
    { choice: "auto", toolChoice: { auto: {} } },
    { choice: "required", toolChoice: { any: {} } },
    { choice: { type: "function", function: { name: "f" } }, toolChoice: { tool: { name: "f" } } },
  ])("choice $choice", ({ choice, toolChoice }) => {
    expect(build({ tools: TOOLS, tool_choice: choice }).body.toolConfig).toMatchObject({ toolChoice });
  });

  test("none are offered when none may be called", () => {
    expect(build({ tools: TOOLS, tool_choice: "none" }).body).not.toHaveProperty("toolConfig");
  });

  test("one at a time is said to Claude in its own words, and dropped elsewhere", () => {
    const request = { tools: TOOLS, parallel_tool_calls: false };
    expect(build(request).body.additionalModelRequestFields).toEqual({
      tool_choice: { type: "auto", disable_parallel_tool_use: true },
    });
    expect(build(request, { target: NOVA }).droppedParameters).toEqual(["parallel_tool_calls"]);
  });

  test("results hold text and pictures", () => {
    const messages = [
      { role: "user", content: "look" },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "c.1", type: "function", function: { name: "f", arguments: "{}" } }],
      },
      {
        role: "tool",
        tool_call_id: "c.1",
        content: [
          { type: "text", text: '{"ok":true}' },
          { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=" } },
        ],
      },
    ];
    expect(build({ messages }).body).toMatchObject({
      messages: [
        { role: "user" },
        { role: "assistant", content: [{ toolUse: { toolUseId: "c_1", name: "f", input: {} } }] },
        {
          role: "user",
          content: [
            {
              toolResult: {
                toolUseId: "c_1",
                content: [{ text: '{"ok":true}' }, { image: { format: "png", source: { bytes: "iVBORw0KGgo=" } } }],
              },
            },
          ],
        },
      ],
      toolConfig: { tools: [{ toolSpec: { name: "f" } }] },
    });
  });
});

describe("reasoning", () => {
  test("is a budget for Claude, beside its room in the limit", () => {
    const target = { ...CLAUDE, reasoning: { efforts: [], budget: true }, maxOutputTokens: 64_000 };
    const { body } = build({ reasoning: { max_tokens: 2_000 } }, { target, maxTokens: 1_000 });
    expect(body).toMatchObject({
      inferenceConfig: { maxTokens: 3_000 },
      additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 2_000 } },
    });
  });

  test("is a level for the others", () => {
    const reasoning = { efforts: ["low", "medium", "high"], budget: false };
    const gpt = { upstreamId: "openai.gpt-oss-120b", baseUrl: "https://b.test", reasoning };
    expect(build({ reasoning_effort: "high" }, { target: gpt }).body.additionalModelRequestFields).toEqual({
      reasoning_effort: "high",
    });
    const nova = { upstreamId: "amazon.nova-2-lite-v1:0", baseUrl: "https://b.test", reasoning };
    expect(build({ reasoning_effort: "low" }, { target: nova }).body.additionalModelRequestFields).toEqual({
      reasoningConfig: { type: "enabled", maxReasoningEffort: "low" },
    });
  });

  test("goes back unchanged", () => {
    const details = [
      { type: "reasoning.text", text: "hm ", signature: "sig==", format: "anthropic-claude-v1", index: 0 },
      { type: "reasoning.encrypted", data: "b64=", format: "anthropic-claude-v1", index: 1 },
    ];
    const messages = [
      { role: "user", content: "a" },
      { role: "assistant", content: "b", reasoning_details: details },
      { role: "user", content: "c" },
    ];
    expect(build({ messages }).body).toMatchObject({
      messages: [
        {},
        {
          content: [
            { reasoningContent: { reasoningText: { text: "hm ", signature: "sig==" } } },
            { reasoningContent: { redactedContent: "b64=" } },
            { text: "b" },
          ],
        },
        {},
      ],
    });
  });
});

describe("an answer that must fit a schema", () => {
  const response_format = {
    type: "json_schema",
    json_schema: { name: "answer", schema: { type: "object", properties: { a: { type: "integer" } } } },
  };

  test("is constrained where the model can be", () => {
    const target = { ...CLAUDE, supportedParameters: new Set(["structured_outputs", "response_format"]) };
    const { body } = build({ response_format }, { target });
    expect(body.outputConfig).toMatchObject({
      textFormat: { type: "json_schema", structure: { jsonSchema: { name: "answer" } } },
    });
    expect(body).not.toHaveProperty("toolConfig");
  });

  test("is a forced call elsewhere", () => {
    expect(build({ response_format }, { target: NOVA }).body.toolConfig).toMatchObject({
      toolChoice: { tool: { name: "signalbox_json_answer" } },
    });
  });
});

test("cache marks stand behind what they mark, documents have names of their own", () => {
  const mark = { cache_control: { type: "ephemeral", ttl: "1h" } };
  const file = { type: "file", file: { filename: "plan_1.pdf", file_data: "JVBERi0xLjQK" } };
  const { body } = build({
    messages: [
      { role: "system", content: [{ type: "text", text: "Rules.", ...mark }] },
      { role: "user", content: [file, file, { type: "text", text: "Compare.", ...mark }] },
    ],
    tools: [{ ...TOOLS[0], ...mark }],
  });
  const cachePoint = { cachePoint: { type: "default", ttl: "1h" } };
  expect(body.system).toEqual([{ text: "Rules." }, cachePoint]);
  expect(body.messages).toMatchObject([
    {
      content: [
        { document: { format: "pdf", name: "plan-1 1-0" } },
        { document: { format: "pdf", name: "plan-1 1-1" } },
        { text: "Compare." },
        cachePoint,
      ],
    },
  ]);
  expect(body.toolConfig).toMatchObject({ tools: [{ toolSpec: { name: "f" } }, cachePoint] });
});

test("sampling in the words of each vendor", () => {
  const request = { temperature: 1.5, top_k: 5, stop: ["a", " "] };
  expect(build(request).body).toMatchObject({
    inferenceConfig: { temperature: 1, stopSequences: ["a"] },
    additionalModelRequestFields: { top_k: 5 },
  });
  expect(build(request, { target: NOVA }).body.additionalModelRequestFields).toEqual({ inferenceConfig: { topK: 5 } });
});

test("marks that a vendor's models refuse are dropped and named", () => {
  const request = {
    messages: [{ role: "user", content: [{ type: "text", text: "a", cache_control: { type: "ephemeral" } }] }],
    tools: [{ ...TOOLS[0], cache_control: { type: "ephemeral" } }],
  };
  const marked = JSON.stringify(build(request).body).match(/cachePoint/g);
  expect(marked).toHaveLength(2);
  const nova = build(request, { target: NOVA });
  expect(nova.droppedParameters).toEqual(["cache_control"]);
  expect(JSON.stringify(nova.body).match(/cachePoint/g)).toHaveLength(1);
  const other = build(request, { target: { ...NOVA, upstreamId: "openai.gpt-oss-120b" } });
  expect(JSON.stringify(other.body)).not.toContain("cachePoint");
});
