import OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startServer } from "@/e2e/fixtures/start-server";
import { type ClientServer, EMBEDDER, FAILING, startClientServer, WEATHER_PARAMETERS } from "./client-server";
import { MODELS } from "./protocols";

let running: ClientServer;
let client: OpenAI;

beforeAll(async () => {
  running = await startClientServer({ MAX_BODY_MB: "1" });
  client = openAi(running.key);
});

afterAll(() => running.stop());

beforeEach(() => running.sandbox.faults.clear());

function openAi(apiKey: string): OpenAI {
  return new OpenAI({ baseURL: running.baseUrl, apiKey, maxRetries: 0 });
}

const say = (text: string) => [{ role: "user" as const, content: `Say exactly: ${text}` }];
const tools = [
  {
    type: "function" as const,
    function: { name: "get_weather", description: "The weather in a city", parameters: { ...WEATHER_PARAMETERS } },
  },
];

// The sandbox says in its answer what a tool gave it.
const TOLD_RESULT = /`get_weather` returned: .*21/;

describe.each(MODELS)("openai with $model", ({ model }) => {
  test("reads an answer", async () => {
    const { data, response } = await client.chat.completions
      .create({ model, messages: say("Guten Tag") })
      .withResponse();

    expect(data.choices[0]?.message.content).toBe("Guten Tag");
    expect(data.choices[0]?.finish_reason).toBe("stop");
    expect(data.usage?.total_tokens).toBe((data.usage?.prompt_tokens ?? 0) + (data.usage?.completion_tokens ?? 0));
    expect(response.headers.get("x-generation-id")).toBe(data.id);
  });

  test("completes a text, whole and streamed", async () => {
    const prompt = "Say exactly: one two three";
    const whole = await client.completions.create({ model, prompt, max_tokens: 2_000 });
    expect(whole.choices.map(({ text }) => text)).toEqual(["one two three"]);

    let text = "";
    const stream = await client.completions.create({ model, prompt, max_tokens: 2_000, stream: true });
    for await (const { choices } of stream) text += choices[0]?.text ?? "";
    expect(text).toBe("one two three");
  });

  test("reads a stream, and its usage at the end", async () => {
    const stream = await client.chat.completions.create({
      model,
      messages: say("one two three four five"),
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);

    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe("one two three four five");
    expect(chunks.at(-1)?.usage?.completion_tokens).toBeGreaterThan(0);
  });

  test("runs a tool and answers with its result, streamed and not", async () => {
    const question: OpenAI.ChatCompletionMessageParam[] = [{ role: "user", content: "What is the weather in Lisbon?" }];
    const first = await client.chat.completions.create({ model, messages: question, tools, tool_choice: "required" });
    const message = first.choices[0]?.message;
    const [call] = message?.tool_calls ?? [];
    if (message === undefined || call?.type !== "function") throw new Error("no tool was called");
    expect(first.choices[0]?.finish_reason).toBe("tool_calls");
    expect(JSON.parse(call.function.arguments)).toEqual({ city: "Lisbon" });

    const second = await client.chat.completions.create({
      model,
      tools,
      messages: [...question, message, { role: "tool", tool_call_id: call.id, content: '{"degrees": 21}' }],
    });
    expect(second.choices[0]?.message.content).toMatch(TOLD_RESULT);

    const streamed = client.chat.completions.stream({ model, messages: question, tools, tool_choice: "required" });
    const [made] = (await streamed.finalChatCompletion()).choices[0]?.message.tool_calls ?? [];
    expect(made?.type === "function" && JSON.parse(made.function.arguments)).toEqual({ city: "Lisbon" });
  });

  test("gets an answer that fits a JSON schema", async () => {
    const answer = await client.chat.completions.create({
      model,
      messages: [{ role: "user", content: "Where is Lisbon?" }],
      response_format: {
        type: "json_schema",
        json_schema: { name: "place", strict: true, schema: { ...WEATHER_PARAMETERS } },
      },
    });

    expect(JSON.parse(answer.choices[0]?.message.content ?? "")).toEqual({ city: expect.any(String) });
  });
});

describe("openai", () => {
  const request = { model: FAILING.model, messages: say("Hello") };

  test.each([
    { name: "an unknown model", error: OpenAI.BadRequestError, params: { ...request, model: "nobody/nothing" } },
    { name: "a wrong field", error: OpenAI.BadRequestError, params: { ...request, temperature: 3 } },
    {
      name: "a provider that does not exist",
      error: OpenAI.NotFoundError,
      params: { ...request, provider: { only: ["nowhere"] } },
    },
  ])("throws its own class for $name", async ({ error, params }) => {
    await expect(client.chat.completions.create(params)).rejects.toThrow(error);
    await expect(client.chat.completions.create({ ...params, stream: true })).rejects.toThrow(error);
  });

  test("gets vectors, which it asks for in base64 unless told otherwise", async () => {
    for (const given of [{}, { encoding_format: "float" as const }]) {
      const { data, usage } = await client.embeddings.create({
        model: EMBEDDER,
        input: ["a", "b"],
        dimensions: 8,
        ...given,
      });
      expect(data.map(({ embedding }) => embedding.length)).toEqual([8, 8]);
      expect(usage.prompt_tokens).toBeGreaterThan(0);
    }
  });

  test("throws AuthenticationError without a good key and PermissionDeniedError with a provisioning key", async () => {
    const stranger = openAi(`sk-or-v1-${"0".repeat(64)}`);
    await expect(stranger.chat.completions.create(request)).rejects.toThrow(OpenAI.AuthenticationError);
    const manager = openAi(running.provisioningKey);
    await expect(manager.chat.completions.create(request)).rejects.toThrow(OpenAI.PermissionDeniedError);
  });

  test("throws RateLimitError when the provider is busy and InternalServerError when it fails", async () => {
    running.sandbox.faults.set(FAILING.provider, { error: { status: 429, retryAfterSeconds: 3 } });
    await expect(client.chat.completions.create(request)).rejects.toThrow(OpenAI.RateLimitError);
    running.sandbox.faults.set(FAILING.provider, { error: { status: 500 } });
    const failure = client.chat.completions.create(request);
    await expect(failure).rejects.toThrow(OpenAI.InternalServerError);
    await expect(failure).rejects.toMatchObject({ status: 502, code: 502 });
  });

  test("throws at the chunk where a stream breaks, with what came before it", async () => {
    running.sandbox.faults.set(FAILING.provider, { error: { status: 503, afterChunks: 2 } });
    const stream = await client.chat.completions.create({
      ...request,
      messages: say("one two three four five"),
      stream: true,
    });
    let text = "";
    const reading = (async () => {
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
    })();

    await expect(reading).rejects.toThrow(OpenAI.APIError);
    expect(text).not.toBe("");
    expect("one two three four five".startsWith(text)).toBe(true);
  });

  test("can leave a stream at any time", async () => {
    const stream = await client.chat.completions.create({ ...request, messages: say("a b c d e f g"), stream: true });
    for await (const _ of stream) break;

    expect(stream.controller.signal.aborted).toBe(true);
  });

  test("lists the models, to the last", async () => {
    const ids: string[] = [];
    for await (const { id } of await client.models.list()) ids.push(id);

    expect(ids.length).toBeGreaterThanOrEqual(400);
    expect(ids).toEqual(expect.arrayContaining(MODELS.map(({ model }) => model)));
  });

  test("passes fields that are not OpenAI's on as they are", async () => {
    const body = { ...request, provider: { order: ["openai"], allow_fallbacks: false }, models: ["openai/gpt-4o"] };

    expect(await client.chat.completions.create(body)).toMatchObject({ model: FAILING.model, provider: "OpenAI" });
  });
});

test("a fresh installation, nothing configured, streams from three models of three wire formats", async () => {
  const fresh = await startServer();
  try {
    const openai = new OpenAI({ baseURL: `${fresh.url}/api/v1`, apiKey: fresh.key, maxRetries: 0 });
    const answers = MODELS.map(async ({ model, provider, providerName }) => {
      const stream = await openai.chat.completions.create({
        model,
        messages: say("Welcome aboard"),
        stream: true,
        ...{ provider: { order: [provider], allow_fallbacks: false } },
      });
      let text = "";
      for await (const chunk of stream) {
        expect(chunk).toMatchObject({ model, provider: providerName });
        text += chunk.choices[0]?.delta.content ?? "";
      }
      return text;
    });

    expect(await Promise.all(answers)).toEqual(MODELS.map(() => "Welcome aboard"));
  } finally {
    await fresh.stop();
  }
});
