import { OpenRouter } from "@openrouter/sdk";
import type { ChatRequest } from "@openrouter/sdk/models";
import * as errors from "@openrouter/sdk/models/errors";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type ClientServer,
  EMBEDDER,
  FAILING,
  PAINTER,
  RERANKER,
  startClientServer,
  WEATHER_PARAMETERS,
} from "./client-server";
import { MODELS } from "./protocols";

let running: ClientServer;
let client: OpenRouter;
let manager: OpenRouter;

beforeAll(async () => {
  running = await startClientServer({ MAX_BODY_MB: "1" });
  client = openRouter(running.key);
  manager = openRouter(running.provisioningKey);
});

afterAll(() => running.stop());

beforeEach(() => running.sandbox.faults.clear());

// It retries failures for up to an hour unless told otherwise.
function openRouter(apiKey: string): OpenRouter {
  return new OpenRouter({ apiKey, serverURL: running.baseUrl, retryConfig: { strategy: "none" }, appTitle: "Tests" });
}

// The SDK's types do not tell a stream from a whole answer.
async function complete(chatRequest: ChatRequest, as = client) {
  const answer = await as.chat.send({ chatRequest });
  if (!("choices" in answer)) throw new Error("the answer is a stream");
  return answer;
}

async function openStream(chatRequest: ChatRequest) {
  const answer = await client.chat.send({ chatRequest: { ...chatRequest, stream: true } });
  if (!(Symbol.asyncIterator in answer)) throw new Error("the answer is no stream");
  return answer;
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

describe.each(MODELS)("@openrouter/sdk 1.3.19 with $model", ({ model, provider }) => {
  const common = { model, provider: { order: [provider] } };

  test("reads an answer and its cost", async () => {
    const answer = await complete({ ...common, messages: say("Guten Tag") });

    expect(answer.choices[0]?.message.content).toBe("Guten Tag");
    expect(answer.usage?.cost).toBeGreaterThan(0);
    expect(answer.usage?.promptTokensDetails?.cachedTokens).toBe(0);
  });

  test("reads a stream, and its usage at the end", async () => {
    const stream = await openStream({ ...common, messages: say("one two three four five") });
    let text = "";
    let tokens = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? "";
      tokens = chunk.usage?.completionTokens ?? tokens;
    }

    expect(text).toBe("one two three four five");
    expect(tokens).toBeGreaterThan(0);
  });

  test("runs a tool and answers with its result", async () => {
    const question = { role: "user" as const, content: "What is the weather in Lisbon?" };
    const first = await complete({ ...common, messages: [question], tools, toolChoice: "required" });
    const message = first.choices[0]?.message;
    const [call] = message?.toolCalls ?? [];
    if (message === undefined || call === undefined) throw new Error("no tool was called");
    expect(first.choices[0]?.finishReason).toBe("tool_calls");
    expect(JSON.parse(call.function.arguments)).toEqual({ city: "Lisbon" });

    const second = await complete({
      ...common,
      tools,
      messages: [
        question,
        { ...message, role: "assistant" },
        { role: "tool", toolCallId: call.id, content: '{"degrees": 21}' },
      ],
    });
    expect(second.choices[0]?.message.content).toMatch(TOLD_RESULT);
  });

  test("gets an answer that fits a JSON schema", async () => {
    const answer = await complete({
      ...common,
      messages: [{ role: "user", content: "Where is Lisbon?" }],
      responseFormat: {
        type: "json_schema",
        jsonSchema: { name: "place", strict: true, schema: { ...WEATHER_PARAMETERS } },
      },
    });

    expect(JSON.parse(String(answer.choices[0]?.message.content))).toEqual({ city: expect.any(String) });
  });
});

describe("@openrouter/sdk 1.3.19 at the other doors", () => {
  test.each(MODELS)("reads responses of $model, whole and streamed", async ({ model }) => {
    const input = "Say exactly: one two three";
    const whole = await client.responses.send({ responsesRequest: { model, input } });
    if (!("output" in whole)) throw new Error("the answer is a stream");
    expect(whole).toMatchObject({ status: "completed", outputText: "one two three" });

    const stream = await client.responses.send({ responsesRequest: { model, input, stream: true } });
    if (!(Symbol.asyncIterator in stream)) throw new Error("the answer is no stream");
    let text = "";
    let last = "";
    for await (const event of stream) {
      last = String(event.type);
      if (event.type === "response.output_text.delta") text += event.delta;
    }
    expect([text, last]).toEqual(["one two three", "response.completed"]);
  });

  test("gets vectors, rankings and the lists of their models", async () => {
    const vectors = await client.embeddings.generate({
      requestBody: { model: EMBEDDER, input: ["a", "b"], dimensions: 8 },
    });
    if (typeof vectors === "string") throw new Error("vectors came as text");
    expect(vectors.data.map(({ embedding }) => embedding.length)).toEqual([8, 8]);
    expect(vectors.usage?.promptTokens).toBeGreaterThan(0);

    const ranked = await client.rerank.rerank({
      requestBody: { model: RERANKER, query: "a red signal", documents: ["a green field", "the signal is red"] },
    });
    if (typeof ranked === "string") throw new Error("a ranking came as text");
    expect(ranked.results.map(({ index }) => index)).toEqual([1, 0]);

    const { data } = (await client.embeddings.listModels()).result;
    expect(data.map(({ id }) => id)).toContain(EMBEDDER);
  });

  test("gets a picture", async () => {
    const answer = await complete({
      model: PAINTER.model,
      messages: [{ role: "user", content: "Draw a fox" }],
      modalities: ["image", "text"],
      imageConfig: { aspect_ratio: "16:9" },
    });
    expect(answer.choices[0]?.message.images?.[0]?.imageUrl.url).toMatch(/^data:image\/png;base64,/);
    expect(answer.usage?.cost).toBeGreaterThan(0.03);
  });
});

describe("@openrouter/sdk 1.3.19 throws its own class", () => {
  const request = { model: FAILING.model, messages: say("Hello") };

  test.each([
    { name: "an unknown model", error: errors.BadRequestResponseError, more: { model: "nobody/nothing" } },
    {
      name: "a provider that does not exist",
      error: errors.NotFoundResponseError,
      more: { provider: { only: ["nowhere"] } },
    },
    {
      name: "a body too large",
      error: errors.PayloadTooLargeResponseError,
      more: { messages: say("x".repeat(1_100_000)) },
    },
  ])("for $name", async ({ error, more }) => {
    await expect(complete({ ...request, ...more })).rejects.toThrow(error);
  });

  test("for strangers, and for keys of the wrong kind", async () => {
    const stranger = openRouter(`sk-or-v1-${"0".repeat(64)}`);
    await expect(complete(request, stranger)).rejects.toThrow(errors.UnauthorizedResponseError);
    await expect(complete(request, manager)).rejects.toThrow(errors.ForbiddenResponseError);
    // Its operations for keys do not declare 403, so there it has no class of its own.
    await expect(client.apiKeys.list()).rejects.toMatchObject({ statusCode: 403 });
  });

  test("for a key whose limit is used up", async () => {
    const { key } = await manager.apiKeys.create({ requestBody: { name: "Nothing to spend", limit: 0 } });

    await expect(complete(request, openRouter(key))).rejects.toThrow(errors.PaymentRequiredResponseError);
  });

  test.each([
    { status: 429, error: errors.TooManyRequestsResponseError },
    { status: 500, error: errors.BadGatewayResponseError },
    { status: 529, error: errors.BadGatewayResponseError },
  ])("when the provider answers $status", async ({ status, error }) => {
    running.sandbox.faults.set(FAILING.provider, { error: { status } });

    await expect(complete(request)).rejects.toThrow(error);
  });

  test("for a generation and a key that are not there", async () => {
    await expect(client.generations.getGeneration({ id: "gen-0" })).rejects.toThrow(errors.NotFoundResponseError);
    await expect(manager.apiKeys.get({ hash: "0".repeat(64) })).rejects.toThrow(errors.NotFoundResponseError);
  });

  test("but gives the chunk with the error where a stream breaks", async () => {
    running.sandbox.faults.set(FAILING.provider, { error: { status: 503, afterChunks: 2 } });
    const stream = await openStream({ ...request, messages: say("one two three four five") });
    const failures: unknown[] = [];
    for await (const chunk of stream) if (chunk.error !== undefined) failures.push(chunk.error);

    expect(failures).toEqual([expect.objectContaining({ code: 502, message: expect.any(String) })]);
  });
});

describe("@openrouter/sdk 1.3.19 reads", () => {
  test("the models, page by page", async () => {
    const ids: string[] = [];
    for await (const { result } of await client.models.list({ limit: 100 }))
      ids.push(...result.data.map(({ id }) => id));

    const { data } = await client.models.count();
    expect(ids.length).toBe(data.count);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(MODELS.map(({ model }) => model)));
  });

  test("one model, its endpoints, and the providers", async () => {
    const { data: model } = await client.models.get({ author: "openai", slug: "gpt-4o-mini" });
    expect(model.id).toBe("openai/gpt-4o-mini");
    const { data } = await client.endpoints.list({ author: "openai", slug: "gpt-4o-mini" });
    expect(data.endpoints.map(({ tag }) => tag)).toContain("openai");
    const providers = await client.providers.list();
    expect(providers.data.map(({ slug }) => slug)).toContain("openai");
  });

  test("the key, the credits, and a generation with its cost", async () => {
    const before = await client.credits.getCredits();
    const answer = await complete({ model: FAILING.model, messages: say("Hello") });
    const after = await client.credits.getCredits();
    expect(after.data.totalUsage - before.data.totalUsage).toBeCloseTo(answer.usage?.cost ?? 0, 9);

    const { data: generation } = await client.generations.getGeneration({ id: answer.id });
    expect(generation).toMatchObject({ id: answer.id, totalCost: answer.usage?.cost, providerName: "OpenAI" });
    const { data: key } = await client.apiKeys.getCurrentKeyMetadata();
    expect(key).toMatchObject({ isProvisioningKey: false, isManagementKey: false });
  });

  test("keys from their making to their end", async () => {
    const made = await manager.apiKeys.create({
      requestBody: { name: "Customer", limit: 5, limitReset: "monthly", expiresAt: new Date(Date.now() + 86_400_000) },
    });
    expect(made.key).toMatch(/^sk-or-v1-[0-9a-f]{64}$/);
    const { hash } = made.data;
    expect((await manager.apiKeys.list({ offset: 0 })).data.map((key) => key.hash)).toContain(hash);
    const answer = await complete({ model: FAILING.model, messages: say("Hi") }, openRouter(made.key));

    const { data: used } = await manager.apiKeys.get({ hash });
    expect(used).toMatchObject({ name: "Customer", limit: 5, limitReset: "monthly", usage: answer.usage?.cost });
    const { data: changed } = await manager.apiKeys.update({ hash, requestBody: { name: "Renamed", disabled: true } });
    expect(changed).toMatchObject({ name: "Renamed", disabled: true });
    expect(await manager.apiKeys.delete({ hash })).toEqual({ deleted: true });
    await expect(manager.apiKeys.get({ hash })).rejects.toThrow(errors.NotFoundResponseError);
  });
});
