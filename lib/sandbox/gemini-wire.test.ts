import { describe, expect, test } from "vitest";
import { testSandbox } from "@/lib/sandbox/test-sandbox";

const sandbox = testSandbox();
const path = (method: string, model = "gemini-2.5-flash") => `/google-ai-studio/v1beta/models/${model}:${method}`;
const user = (...parts: unknown[]) => ({ role: "user", parts });
const model = (...parts: unknown[]) => ({ role: "model", parts });
const ask = (text: string, more: Record<string, unknown> = {}) => ({ contents: [user({ text })], ...more });
const WEATHER = {
  functionDeclarations: [
    {
      name: "get_weather",
      description: "Weather for a city",
      parameters: { type: "OBJECT", properties: { city: { type: "STRING" } }, required: ["city"] },
    },
  ],
};
const post = (body: unknown, name = "gemini-2.5-flash") => sandbox.postJson(path("generateContent", name), body);

type Chunk = { candidates: { content: { parts?: { text?: string; thought?: boolean }[] }; finishReason?: string }[] };

function textIn(chunks: Chunk[], isThought: boolean): string {
  const parts = chunks.flatMap((chunk) => chunk.candidates[0]?.content.parts ?? []);
  return parts.map((part) => ((part.thought === true) === isThought ? (part.text ?? "") : "")).join("");
}

describe("framing", () => {
  test("a whole answer", async () => {
    const { json } = await post(ask("say exactly: hello world"));
    expect(json).toMatchObject({
      candidates: [{ content: { role: "model", parts: [{ text: "hello world" }] }, finishReason: "STOP", index: 0 }],
      usageMetadata: { candidatesTokenCount: 2 },
      modelVersion: "gemini-2.5-flash",
      responseId: expect.any(String),
    });
    const { promptTokenCount, totalTokenCount } = json.usageMetadata;
    expect(totalTokenCount).toBe(promptTokenCount + 2);
  });

  test("as events: CRLF framed, usage on each, no [DONE], the reason on the last", async () => {
    const { text, headers } = await sandbox.post(
      `${path("streamGenerateContent")}?alt=sse`,
      ask("say exactly: a b c d e f"),
    );
    expect(headers.get("content-type")).toContain("text/event-stream");
    const frames = text.split("\r\n\r\n");
    expect(frames.pop()).toBe("");
    expect(frames.every((frame) => frame.startsWith("data: {"))).toBe(true);
    const chunks = frames.map((frame) => JSON.parse(frame.slice(6)));
    expect(textIn(chunks, false)).toBe("a b c d e f");
    expect(chunks.every((chunk) => chunk.usageMetadata.promptTokenCount > 0)).toBe(true);
    expect(chunks.map((chunk) => chunk.candidates[0].finishReason).filter(Boolean)).toEqual(["STOP"]);
    expect(chunks.at(-1)?.candidates[0].finishReason).toBe("STOP");
  });

  test("without alt=sse: one JSON array", async () => {
    const { text, headers } = await sandbox.post(path("streamGenerateContent"), ask("say exactly: a b c d e f"));
    expect(headers.get("content-type")).toContain("application/json");
    expect(textIn(JSON.parse(text), false)).toBe("a b c d e f");
    const failure = await sandbox.postJson(path("streamGenerateContent"), {});
    expect(failure).toMatchObject({ status: 400, json: [{ error: { code: 400 } }] });
  });

  test("thoughts are parts of their own, counted apart, and only shown when asked for", async () => {
    const shown = ask("Why?", { generationConfig: { thinkingConfig: { includeThoughts: true } } });
    const { json } = await post(shown);
    const [thought, answer] = json.candidates[0].content.parts;
    expect(thought).toMatchObject({ thought: true, text: expect.stringContaining("Why?") });
    expect(answer.thoughtSignature).toBeTypeOf("string");
    const { thoughtsTokenCount, candidatesTokenCount, promptTokenCount, totalTokenCount } = json.usageMetadata;
    expect(thoughtsTokenCount).toBeGreaterThan(0);
    expect(totalTokenCount).toBe(promptTokenCount + candidatesTokenCount + thoughtsTokenCount);
    const { text } = await sandbox.post(path("streamGenerateContent"), shown);
    expect(textIn(JSON.parse(text), true)).toBe(thought.text);
    expect(textIn(JSON.parse(text), false)).toBe(answer.text);

    const hidden = (await post(ask("Why?", { generationConfig: { thinkingConfig: { thinkingBudget: 512 } } }))).json;
    expect(hidden.candidates[0].content.parts).toHaveLength(1);
    expect(hidden.usageMetadata.thoughtsTokenCount).toBeGreaterThan(0);
    const off = (await post(ask("Why?", { generationConfig: { thinkingConfig: { thinkingBudget: 0 } } }))).json;
    expect(off.usageMetadata).not.toHaveProperty("thoughtsTokenCount");
  });

  test("a blocked prompt has feedback and no candidates", async () => {
    const blocked = await sandbox.postJson(path("generateContent"), ask("x"), { "x-sandbox-fault": "refuse" });
    expect(blocked.status).toBe(200);
    expect(blocked.json).toMatchObject({ promptFeedback: { blockReason: "PROHIBITED_CONTENT" } });
    expect(blocked.json).not.toHaveProperty("candidates");
  });
});

describe("what the request asks for", () => {
  test("calls, several of them, and words after their results", async () => {
    const question = user({ text: "Weather in Paris and Rome?" });
    const { json } = await post({ contents: [question], tools: [WEATHER] });
    const { parts } = json.candidates[0].content;
    expect(parts).toEqual([
      { functionCall: { name: "get_weather", args: { city: "Paris" } } },
      { functionCall: { name: "get_weather", args: { city: "Rome" } } },
    ]);
    expect(json.candidates[0].finishReason).toBe("STOP");
    const response = { functionResponse: { name: "get_weather", response: { sky: "clear" } } };
    const after = await post({ contents: [question, model(...parts), user(response, response)], tools: [WEATHER] });
    expect(after.json.candidates[0].content.parts[0].text).toContain('`get_weather` returned: {"sky":"clear"}');
  });

  test("mode ANY calls one of the allowed functions, NONE calls none", async () => {
    const forced = { functionCallingConfig: { mode: "ANY", allowedFunctionNames: ["get_weather"] } };
    const { json } = await post(ask("Hi", { tools: [WEATHER], toolConfig: forced }));
    expect(json.candidates[0].content.parts[0].functionCall.name).toBe("get_weather");
    const none = { functionCallingConfig: { mode: "NONE" } };
    const { json: quiet } = await post(ask("Weather in Paris?", { tools: [WEATHER], toolConfig: none }));
    expect(quiet.candidates[0].content.parts[0].text).toBeTypeOf("string");
  });

  test("JSON for either kind of schema", async () => {
    const responseSchema = { type: "OBJECT", properties: { city: { type: "STRING" } }, required: ["city"] };
    const responseJsonSchema = { type: "object", properties: { city: { const: "Rome" } }, required: ["city"] };
    for (const schema of [{ responseSchema }, { responseJsonSchema }]) {
      const { json } = await post(
        ask("About Rome", { generationConfig: { responseMimeType: "application/json", ...schema } }),
      );
      expect(JSON.parse(json.candidates[0].content.parts[0].text)).toEqual({ city: "Rome" });
    }
  });

  test("pictures come inline, with their price", async () => {
    const generationConfig = { responseModalities: ["TEXT", "IMAGE"], imageConfig: { aspectRatio: "3:2" } };
    const { json } = await post(ask("A fox", { generationConfig }));
    expect(json.candidates[0].content.parts[1].inlineData).toEqual({
      mimeType: "image/png",
      data: expect.stringMatching(/^iVBOR/),
    });
    expect(json.usageMetadata.candidatesTokensDetails).toEqual([{ modality: "IMAGE", tokenCount: 1290 }]);
  });

  test("limits, stop sequences, seeds and logprobs", async () => {
    const cut = await post(ask("write 90 words", { generationConfig: { maxOutputTokens: 5 } }));
    expect(cut.json).toMatchObject({
      candidates: [{ finishReason: "MAX_TOKENS" }],
      usageMetadata: { candidatesTokenCount: 5 },
    });
    const stopped = await post(ask("say exactly: one two", { generationConfig: { stopSequences: ["two"] } }));
    expect(stopped.json.candidates[0]).toMatchObject({ content: { parts: [{ text: "one " }] }, finishReason: "STOP" });
    const odds = await post(ask("say exactly: a b", { generationConfig: { responseLogprobs: true, logprobs: 2 } }));
    expect(odds.json.candidates[0].logprobsResult.chosenCandidates).toHaveLength(2);
    expect(odds.json.candidates[0].logprobsResult.topCandidates[0].candidates).toHaveLength(2);
  });

  test("a long prefix is cached the second time", async () => {
    const body = ask("rail ".repeat(1500));
    expect((await post(body, "gemini-cachy")).json.usageMetadata).not.toHaveProperty("cachedContentTokenCount");
    expect((await post(body, "gemini-cachy")).json.usageMetadata.cachedContentTokenCount).toBe(1408);
  });
});

describe("signatures since Gemini 3", () => {
  const question = user({ text: "Weather in Paris and Rome?" });
  const response = { functionResponse: { name: "get_weather", response: {} } };
  const again = (...parts: unknown[]) =>
    post({ contents: [question, model(...parts), user(response, response)], tools: [WEATHER] }, "gemini-3-pro");

  test("the first call has one, which must come back as it was", async () => {
    const { json } = await post({ contents: [question], tools: [WEATHER] }, "gemini-3-pro");
    const [first, second] = json.candidates[0].content.parts;
    expect(first).toMatchObject({ thoughtSignature: expect.any(String), functionCall: { id: expect.any(String) } });
    expect(second).not.toHaveProperty("thoughtSignature");
    expect((await again(first, second)).status).toBe(200);
    expect((await again({ ...first, thoughtSignature: "skip_thought_signature_validator" }, second)).status).toBe(200);
    const { thoughtSignature: _lost, ...unsigned } = first;
    expect((await again(unsigned, second)).json.error.message).toContain("missing a thought_signature");
    expect((await again({ ...first, thoughtSignature: "forged" }, second)).json.error.message).toBe(
      "Corrupted thought signature.",
    );
  });

  test("earlier turns and earlier models are not asked for theirs", async () => {
    const call = { functionCall: { name: "get_weather", args: {} } };
    const contents = [question, model(call), user(response), model({ text: "Done." }), user({ text: "Thanks" })];
    expect((await post({ contents }, "gemini-3-pro")).status).toBe(200);
    expect((await post({ contents: [question, model(call), user(response)] }, "gemini-2.5-pro")).status).toBe(200);
  });
});

describe("refusals", () => {
  const call = { functionCall: { name: "f", args: {} } };
  const response = { functionResponse: { name: "f", response: {} } };
  const withParameters = (parameters: unknown) =>
    ask("x", { tools: [{ functionDeclarations: [{ name: "f", parameters }] }] });

  test.each<[string, unknown, string]>([
    ["no contents", {}, "contents is not specified"],
    ["no parts", { contents: [user()] }, "contents[0].parts: contents.parts must not be empty"],
    [
      "another role",
      { contents: [{ role: "assistant", parts: [{ text: "x" }] }] },
      "Please use a valid role: user, model.",
    ],
    [
      "a call that comes first",
      { contents: [model(call), user(response)] },
      "function call turn comes immediately after a user turn",
    ],
    [
      "a result without a call",
      { contents: [user(response)] },
      "function response turn comes immediately after a function call turn",
    ],
    [
      "too few results",
      { contents: [user({ text: "x" }), model(call, call), user(response)] },
      "number of function response parts is equal",
    ],
    ["an unknown field", ask("x", { messages: [] }), 'Unknown name "messages": Cannot find field.'],
    [
      "an unknown setting",
      ask("x", { generationConfig: { max_tokens: 1 } }),
      "Unknown name \"max_tokens\" at 'generation_config'",
    ],
    [
      "a schema keyword of JSON Schema",
      withParameters({ type: "object", properties: { n: { type: "integer", exclusiveMinimum: 0 } } }),
      "Unknown name \"exclusiveMinimum\" at 'tools[0].function_declarations[0].parameters.properties[0].value'",
    ],
    ["$schema", withParameters({ $schema: "x", type: "object" }), 'Unknown name "$schema"'],
    [
      "a value of another type",
      ask("x", { generationConfig: { temperature: "hot" } }),
      "Invalid value at 'generation_config.temperature'",
    ],
  ])("%s: 400", async (_name, body, message) => {
    const { status, json } = await post(body);
    expect(status).toBe(400);
    expect(json.error).toMatchObject({
      code: 400,
      status: "INVALID_ARGUMENT",
      message: expect.stringContaining(message),
    });
  });

  test("JSON Schema is welcome where the API takes it", async () => {
    const parametersJsonSchema = {
      $schema: "x",
      type: "object",
      properties: { n: { type: "integer", exclusiveMinimum: 0 } },
    };
    const body = ask("x", { tools: [{ functionDeclarations: [{ name: "f", parametersJsonSchema }] }] });
    expect((await post(body)).status).toBe(200);
  });

  test("no key: 403, for Google takes it for a caller without an identity", async () => {
    const headers = { "x-goog-api-key": "", authorization: "" };
    const { status, json } = await sandbox.postJson(path("generateContent"), ask("x"), headers);
    expect(status).toBe(403);
    expect(json.error).toMatchObject({ code: 403, status: "PERMISSION_DENIED" });
    expect((await sandbox.post(`${path("generateContent")}?key=sandbox`, ask("x"), headers)).status).toBe(200);
  });
});
