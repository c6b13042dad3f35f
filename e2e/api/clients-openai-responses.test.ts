import OpenAI from "openai";
import { zodTextFormat } from "openai/helpers/zod";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ClientServer, FAILING, startClientServer, WEATHER_PARAMETERS } from "./client-server";
import { MODELS } from "./protocols";

let running: ClientServer;
let client: OpenAI;

beforeAll(async () => {
  running = await startClientServer();
  client = new OpenAI({ baseURL: running.baseUrl, apiKey: running.key, maxRetries: 0 });
});

afterAll(() => running.stop());

beforeEach(() => running.sandbox.faults.clear());

const WEATHER: OpenAI.Responses.FunctionTool = {
  type: "function",
  name: "get_weather",
  description: "The weather in a city",
  parameters: { ...WEATHER_PARAMETERS },
  strict: true,
};
const QUESTION: OpenAI.Responses.ResponseInputItem = { role: "user", content: "What is the weather in Lisbon?" };
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";

type Output = OpenAI.Responses.Response["output"];
const callsIn = (output: Output) => output.filter((item) => item.type === "function_call");
/** Items as they go back: all that answers here have. Some others are not of a type that may. */
const again = (output: Output) =>
  output.filter((item) => item.type === "message" || item.type === "reasoning" || item.type === "function_call");
const resultsFor = (output: Output) =>
  callsIn(output).map(({ call_id }) => ({ type: "function_call_output" as const, call_id, output: '{"degrees": 21}' }));

// The sandbox says in its answer what a tool gave it.
const TOLD_RESULT = /`get_weather` returned: .*21/;

describe.each(MODELS)("responses of $model, with openai", ({ model }) => {
  test("a response", async () => {
    const response = await client.responses.create({
      model,
      input: "Say exactly: Guten Tag",
      instructions: "Be brief.",
    });

    expect(response).toMatchObject({ object: "response", status: "completed", model, instructions: "Be brief." });
    expect(response.output_text).toBe("Guten Tag");
    expect(response.usage?.total_tokens).toBe(
      (response.usage?.input_tokens ?? 0) + (response.usage?.output_tokens ?? 0),
    );
  });

  test("a stream, event by event and with the helper", async () => {
    const stream = client.responses.stream({ model, input: "Say exactly: one two three four five" });
    const types: string[] = [];
    let text = "";
    for await (const event of stream) {
      types.push(event.type);
      if (event.type === "response.output_text.delta") text += event.delta;
    }
    const response = await stream.finalResponse();

    expect(text).toBe("one two three four five");
    expect(response.output_text).toBe(text);
    expect(types.slice(0, 2)).toEqual(["response.created", "response.in_progress"]);
    expect(types.at(-1)).toBe("response.completed");
  });

  test("a conversation with tools, streamed and not", async () => {
    const first = await client.responses.create({
      model,
      input: [QUESTION],
      tools: [WEATHER],
      tool_choice: "required",
    });
    expect(callsIn(first.output).map(({ name, arguments: text }) => [name, JSON.parse(text)])).toEqual([
      ["get_weather", { city: "Lisbon" }],
    ]);

    const input = [QUESTION, ...again(first.output), ...resultsFor(first.output)];
    const second = await client.responses.create({ model, input, tools: [WEATHER] });
    expect(second.output_text).toMatch(TOLD_RESULT);

    const stream = client.responses.stream({
      model,
      input: [...input, ...again(second.output), QUESTION],
      tools: [WEATHER],
      tool_choice: { type: "function", name: "get_weather" },
    });
    expect(callsIn((await stream.finalResponse()).output)).toHaveLength(1);
  });

  test("an answer that fits a schema", async () => {
    const format = zodTextFormat(z.object({ city: z.string() }), "place");
    const parsed = await client.responses.parse({ model, input: "Where is Lisbon?", text: { format } });
    expect(parsed.output_parsed).toEqual({ city: expect.any(String) });

    const streamed = await client.responses
      .stream({ model, input: "Where is Lisbon?", text: { format } })
      .finalResponse();
    expect(streamed.output_parsed).toEqual({ city: expect.any(String) });
  });

  test("a picture", async () => {
    const content: OpenAI.Responses.ResponseInputContent[] = [
      { type: "input_text", text: "What is in the picture?" },
      { type: "input_image", image_url: `data:image/png;base64,${PIXEL}`, detail: "auto" },
    ];
    const response = await client.responses.create({ model, input: [{ role: "user", content }] });
    expect(response.output_text).toMatch(/image|picture/i);
  });

  test("a tool that takes plain text", async () => {
    const response = await client.responses.create({
      model,
      input: "Write the patch",
      tools: [{ type: "custom", name: "patch", description: "Applies a patch" }],
      tool_choice: { type: "custom", name: "patch" },
    });
    expect(response.output.filter(({ type }) => type === "custom_tool_call")).toMatchObject([
      { name: "patch", input: expect.stringMatching(/^[^{]/) },
    ]);
  });

  test("a text completion, streamed and not", async () => {
    const whole = await client.completions.create({ model, prompt: "Say exactly: Once upon a time", max_tokens: 50 });
    expect(whole).toMatchObject({ object: "text_completion", model });
    expect(whole.choices).toMatchObject([{ index: 0, text: "Once upon a time", finish_reason: "stop" }]);

    let text = "";
    const stream = await client.completions.create({ model, prompt: "Say exactly: Once upon a time", stream: true });
    for await (const { choices } of stream) text += choices[0]?.text ?? "";
    expect(text).toBe("Once upon a time");
  });
});

test.each(["anthropic/claude-haiku-4.5", "google/gemini-2.5-flash"])(
  "the reasoning of %s goes back and forth, tools between",
  async (model) => {
    const common = {
      model,
      tools: [WEATHER],
      reasoning: { effort: "low" as const },
      include: ["reasoning.encrypted_content" as const],
    };
    const first = await client.responses.stream({ ...common, input: [QUESTION] }).finalResponse();
    const [thought] = first.output;
    expect(thought?.type === "reasoning" && [...(thought.content ?? []), ...thought.summary].length).toBeGreaterThan(0);
    expect(callsIn(first.output)).toHaveLength(1);

    const input = [QUESTION, ...again(first.output), ...resultsFor(first.output)];
    const second = await client.responses.create({ ...common, input });
    expect(second.output_text).toMatch(TOLD_RESULT);
    expect(second.usage?.output_tokens_details.reasoning_tokens).toBeGreaterThan(0);
  },
);

describe("responses that are refused or fail", () => {
  const request = { model: FAILING.model, input: "Say exactly: one two three four five" };

  test.each([
    { name: "an unknown model", error: OpenAI.BadRequestError, params: { ...request, model: "nobody/nothing" } },
    { name: "a memory", error: OpenAI.BadRequestError, params: { ...request, previous_response_id: "resp_1" } },
    {
      name: "a provider that is not there",
      error: OpenAI.NotFoundError,
      params: { ...request, provider: { only: ["nowhere"] } },
    },
  ])("$name", async ({ error, params }) => {
    await expect(client.responses.create(params)).rejects.toThrow(error);
    await expect(client.responses.stream(params).finalResponse()).rejects.toThrow(error);
  });

  test("a provider that breaks off", async () => {
    running.sandbox.faults.set(FAILING.provider, { error: { status: 503, afterChunks: 2 } });
    const whole = await client.responses.create(request);
    expect(whole).toMatchObject({ status: "failed", error: { code: "server_error" } });
    expect(whole.output_text).not.toBe("");

    const types: string[] = [];
    let last: OpenAI.Responses.ResponseStreamEvent | undefined;
    for await (const event of await client.responses.create({ ...request, stream: true })) {
      types.push(event.type);
      last = event;
    }
    expect(types).toContain("response.output_text.delta");
    expect(last).toMatchObject({
      type: "response.failed",
      response: { status: "failed", error: { code: "server_error" } },
    });
  });

  test("an answer that the limit cuts off", async () => {
    expect(await client.responses.create({ ...request, max_output_tokens: 2 })).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
    });
  });
});
