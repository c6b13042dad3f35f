import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { buildUpstream } from "@/lib/testing/adapter-input";
import { errorThrownBy } from "@/lib/testing/contract-tools";
import { geminiAdapter } from "./gemini-adapter";

const build = (request: Record<string, unknown>, target: object = {}, rest: object = {}) =>
  buildUpstream(geminiAdapter, request, { target, ...rest });
const contentsOf = (...messages: readonly unknown[]) => build({ messages }).body.contents;
const configOf = (request: Record<string, unknown>, target: object = {}, maxTokens?: number) =>
  build(request, target, { maxTokens }).body.generationConfig;

const LEVELS = { reasoning: { efforts: ["low", "medium", "high"], budget: false } };
const BUDGET = { reasoning: { efforts: [], budget: true } };
const SWITCHED = { reasoning: { efforts: ["none"], budget: true } };

test.each([
  { baseUrl: "https://g.test/v1beta", stream: false, url: "https://g.test/v1beta/models/m-1:generateContent" },
  { baseUrl: "https://g.test/v1", stream: false, url: "https://g.test/v1/models/m-1:generateContent" },
  { baseUrl: "https://g.test", stream: true, url: "https://g.test/v1beta/models/m-1:streamGenerateContent?alt=sse" },
])("$baseUrl is called at $url", ({ baseUrl, stream, url }) => {
  const built = build({}, { baseUrl, upstreamId: "m-1", apiKey: "k-1" }, { stream });
  expect(built.url).toBe(url);
  expect(built.headers["x-goog-api-key"]).toBe("k-1");
});

describe("conversation", () => {
  test("system messages become the instruction, roles user and model, neighbours one turn", () => {
    const { body } = build({
      messages: [
        { role: "system", content: "One." },
        { role: "user", content: "a" },
        { role: "user", content: "b" },
        { role: "assistant", content: "c" },
        { role: "developer", content: "Two." },
      ],
    });
    expect(body.systemInstruction).toEqual({ parts: [{ text: "One." }, { text: "Two." }] });
    expect(body.contents).toEqual([
      { role: "user", parts: [{ text: "a" }, { text: "b" }] },
      { role: "model", parts: [{ text: "c" }] },
    ]);
  });

  test("instructions alone become the question", () => {
    expect(build({ messages: [{ role: "system", content: "Say hello." }] }).body).toEqual({
      contents: [{ role: "user", parts: [{ text: "Say hello." }] }],
    });
  });

  test.each([
    {
      part: { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } },
      wire: { inlineData: { mimeType: "image/png", data: "AA==" } },
    },
    {
      part: { type: "image_url", image_url: { url: "https://x.test/a.webp" } },
      wire: { fileData: { fileUri: "https://x.test/a.webp", mimeType: "image/webp" } },
    },
    {
      part: { type: "video_url", video_url: { url: "https://www.youtube.com/watch?v=1" } },
      wire: { fileData: { fileUri: "https://www.youtube.com/watch?v=1" } },
    },
    {
      part: { type: "input_video", video_url: { url: "data:video/mp4;base64,AA==" } },
      wire: { inlineData: { mimeType: "video/mp4", data: "AA==" } },
    },
    {
      part: { type: "input_audio", input_audio: { data: "AA==", format: "mp3" } },
      wire: { inlineData: { mimeType: "audio/mp3", data: "AA==" } },
    },
    {
      part: { type: "file", file: { file_data: "JVBERi0=" } },
      wire: { inlineData: { mimeType: "application/pdf", data: "JVBERi0=" } },
    },
    {
      part: { type: "file", file: { file_data: "https://x.test/doc", filename: "a.csv" } },
      wire: { fileData: { fileUri: "https://x.test/doc", mimeType: "text/csv" } },
    },
  ])("the part $part becomes $wire", ({ part, wire }) => {
    expect(contentsOf({ role: "user", content: [part] })).toEqual([{ role: "user", parts: [wire] }]);
  });
});

describe("tools", () => {
  const call = (id: string, name: string, args: string) => ({
    id,
    type: "function",
    function: { name, arguments: args },
  });
  const conversation = [
    { role: "user", content: "go" },
    { role: "assistant", content: "Looking.", tool_calls: [call("c1", "f", '{"a":1}'), call("c2", "g", "")] },
    { role: "tool", tool_call_id: "c1", content: '{"ok":true}' },
    { role: "tool", tool_call_id: "c2", content: "[1,2]" },
    { role: "user", content: "and?" },
  ];

  test("results find the name of their function and stay a turn of their own", () => {
    expect(contentsOf(...conversation)).toEqual([
      { role: "user", parts: [{ text: "go" }] },
      {
        role: "model",
        parts: [
          { text: "Looking." },
          { functionCall: { id: "c1", name: "f", args: { a: 1 } } },
          { functionCall: { id: "c2", name: "g", args: {} } },
        ],
      },
      {
        role: "user",
        parts: [
          { functionResponse: { id: "c1", name: "f", response: { ok: true } } },
          { functionResponse: { id: "c2", name: "g", response: { result: "[1,2]" } } },
        ],
      },
      { role: "user", parts: [{ text: "and?" }] },
    ]);
  });

  test("a result without its call is refused, naming it", () => {
    const error = errorThrownBy(() => contentsOf({ role: "tool", tool_call_id: "lost", content: "x" }));
    expect(error).toBeInstanceOf(AppError);
    expect(error.message).toMatch(/^messages\[0\]\.tool_call_id/);
  });

  test("arguments that are no object are refused, naming the call", () => {
    const messages = [{ role: "assistant", content: null, tool_calls: [call("c1", "f", "[1]")] }];
    expect(errorThrownBy(() => contentsOf(...messages)).message).toMatch(
      /^messages\[0\]\.tool_calls\[0\]\.function\.arguments/,
    );
  });

  test.each([
    { choice: "auto", config: { mode: "AUTO" } },
    { choice: "none", config: { mode: "NONE" } },
    { choice: "required", config: { mode: "ANY" } },
    {
      choice: { type: "function", function: { name: "f" } },
      config: { mode: "ANY", allowedFunctionNames: ["f"] },
    },
  ])("the choice $choice is said as $config", ({ choice, config }) => {
    const tools = [{ type: "function", function: { name: "f" } }];
    expect(build({ tools, tool_choice: choice }).body.toolConfig).toEqual({ functionCallingConfig: config });
  });

  test("JSON schemas pass as they are, but for the mark of their dialect; Google's own tools by their name", () => {
    const parameters = { $schema: "https://json-schema.org/draft-07", type: "object", additionalProperties: false };
    const { body, droppedParameters } = build({
      tools: [
        { type: "function", function: { name: "f", parameters } },
        { type: "google_search" },
        { type: "openrouter:web_search" },
      ],
    });
    expect(body.tools).toEqual([
      {
        functionDeclarations: [{ name: "f", parametersJsonSchema: { type: "object", additionalProperties: false } }],
      },
      { googleSearch: {} },
    ]);
    expect(droppedParameters).toEqual(["tools"]);
  });
});

describe("generation config", () => {
  test("our names become the API's", () => {
    const request = {
      temperature: 0.1,
      top_p: 0.2,
      top_k: 3,
      seed: 4,
      presence_penalty: 0.5,
      frequency_penalty: 0.6,
      stop: "END",
      logprobs: true,
      top_logprobs: 2,
      modalities: ["image", "text"],
      image_config: { aspect_ratio: "16:9" },
    };
    expect(configOf(request, {}, 99)).toEqual({
      temperature: 0.1,
      topP: 0.2,
      topK: 3,
      seed: 4,
      presencePenalty: 0.5,
      frequencyPenalty: 0.6,
      maxOutputTokens: 99,
      stopSequences: ["END"],
      responseLogprobs: true,
      logprobs: 2,
      responseModalities: ["IMAGE", "TEXT"],
      imageConfig: { aspectRatio: "16:9" },
    });
  });

  test("of more than five stops the rest is dropped, which is reported", () => {
    const { body, droppedParameters } = build({ stop: ["a", "b", "c", "d", "e", "f"] });
    expect(body.generationConfig).toMatchObject({ stopSequences: ["a", "b", "c", "d", "e"] });
    expect(droppedParameters).toEqual(["stop"]);
  });

  test("what the API has no word for is dropped and named", () => {
    const { droppedParameters } = build({ min_p: 0.1, user: "u", logit_bias: { "1": 1 } });
    expect([...droppedParameters].sort()).toEqual(["logit_bias", "min_p", "user"]);
  });

  const schema = { type: "object", properties: { n: { type: "integer" } } };
  const format = { type: "json_schema", json_schema: { name: "count", schema } };
  const tools = [{ type: "function", function: { name: "f" } }];

  test("a schema for the answer is passed on", () => {
    expect(configOf({ response_format: format })).toEqual({
      responseMimeType: "application/json",
      responseJsonSchema: schema,
    });
    expect(configOf({ response_format: { type: "json_object" } })).toEqual({ responseMimeType: "application/json" });
  });

  test("beside tools it is asked for in words where the model cannot do both", () => {
    const older = build({ response_format: format, tools }, BUDGET);
    expect(JSON.stringify(older.body.generationConfig)).not.toContain("responseMimeType");
    expect(JSON.stringify(older.body.systemInstruction)).toContain("integer");
    const newer = build({ response_format: format, tools }, LEVELS);
    expect(newer.body.generationConfig).toMatchObject({ responseJsonSchema: schema });
  });
});

describe("thinking", () => {
  test.each([
    { target: BUDGET, reasoning: { effort: "high" }, config: { includeThoughts: true, thinkingBudget: 8_000 } },
    { target: BUDGET, reasoning: { max_tokens: 90_000 }, config: { includeThoughts: true, thinkingBudget: 24_576 } },
    { target: BUDGET, reasoning: { max_tokens: 1 }, config: { includeThoughts: true, thinkingBudget: 512 } },
    { target: BUDGET, reasoning: { enabled: true }, config: { includeThoughts: true, thinkingBudget: -1 } },
    { target: BUDGET, reasoning: { effort: "none" }, config: { thinkingBudget: 128 } },
    { target: SWITCHED, reasoning: { effort: "none" }, config: { thinkingBudget: 0 } },
    { target: LEVELS, reasoning: { effort: "xhigh" }, config: { includeThoughts: true, thinkingLevel: "high" } },
    { target: LEVELS, reasoning: { enabled: false }, config: { thinkingLevel: "low" } },
    { target: LEVELS, reasoning: { exclude: true }, config: { includeThoughts: false } },
    { target: LEVELS, reasoning: {}, config: { includeThoughts: true } },
  ])("$target.reasoning told $reasoning gets $config", ({ target, reasoning, config }) => {
    expect(configOf({ reasoning }, target, 10_000)).toMatchObject({ thinkingConfig: config });
    expect(configOf({ reasoning }, target, 10_000)).toHaveProperty("thinkingConfig", config);
  });

  test("a model that cannot think is not asked to, which is reported", () => {
    const { body, droppedParameters } = build({ reasoning: { effort: "high" } });
    expect(body).not.toHaveProperty("generationConfig");
    expect(droppedParameters).toEqual(["reasoning"]);
  });
});
