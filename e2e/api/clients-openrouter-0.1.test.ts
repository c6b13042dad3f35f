import { OpenRouter } from "@openrouter/sdk-0.1";
import * as errors from "@openrouter/sdk-0.1/models/errors";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ClientServer, FAILING, startClientServer, WEATHER_PARAMETERS } from "./client-server";
import { MODELS } from "./protocols";

// The generation for which most published samples are written: `chat.send({ model, messages })`.
let running: ClientServer;
let client: OpenRouter;
let manager: OpenRouter;

beforeAll(async () => {
  running = await startClientServer();
  client = openRouter(running.key);
  manager = openRouter(running.provisioningKey);
});

afterAll(() => running.stop());

beforeEach(() => running.sandbox.faults.clear());

function openRouter(apiKey: string): OpenRouter {
  return new OpenRouter({ apiKey, serverURL: running.baseUrl, retryConfig: { strategy: "none" } });
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

describe.each(MODELS)("@openrouter/sdk 0.1.27 with $model", ({ model }) => {
  test("reads an answer", async () => {
    const answer = await client.chat.send({ model, messages: say("Guten Tag"), stream: false });

    expect(answer.choices[0]?.message.content).toBe("Guten Tag");
    expect(answer.usage?.completionTokens).toBeGreaterThan(0);
  });

  test("reads a stream, and its usage at the end", async () => {
    const stream = await client.chat.send({ model, messages: say("one two three four five"), stream: true });
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
    const first = await client.chat.send({ model, messages: [question], tools, toolChoice: "required", stream: false });
    const message = first.choices[0]?.message;
    const [call] = message?.toolCalls ?? [];
    if (message === undefined || call === undefined) throw new Error("no tool was called");
    expect(JSON.parse(call.function.arguments)).toEqual({ city: "Lisbon" });

    const second = await client.chat.send({
      model,
      tools,
      stream: false,
      messages: [
        question,
        { role: "assistant", content: null, toolCalls: [call] },
        { role: "tool", toolCallId: call.id, content: '{"degrees": 21}' },
      ],
    });
    expect(second.choices[0]?.message.content).toMatch(TOLD_RESULT);
  });
});

describe("@openrouter/sdk 0.1.27", () => {
  const request = { model: FAILING.model, messages: say("Hello"), stream: false } as const;

  test("throws ChatError for what it knows, and one with the status for the rest", async () => {
    await expect(client.chat.send({ ...request, model: "nobody/nothing" })).rejects.toThrow(errors.ChatError);
    const stranger = openRouter(`sk-or-v1-${"0".repeat(64)}`);
    await expect(stranger.chat.send(request)).rejects.toThrow(errors.ChatError);
    running.sandbox.faults.set(FAILING.provider, { error: { status: 429 } });
    await expect(client.chat.send(request)).rejects.toThrow(errors.ChatError);
    await expect(manager.chat.send(request)).rejects.toMatchObject({ statusCode: 403 });
  });

  test("gives the chunk with the error where a stream breaks", async () => {
    running.sandbox.faults.set(FAILING.provider, { error: { status: 503, afterChunks: 2 } });
    const stream = await client.chat.send({ ...request, messages: say("one two three four five"), stream: true });
    const failures: unknown[] = [];
    for await (const chunk of stream) if (chunk.error !== undefined) failures.push(chunk.error);

    expect(failures).toEqual([expect.objectContaining({ code: 502 })]);
  });

  test("reads the models, their count, endpoints and providers", async () => {
    const { data } = await client.models.list();
    expect((await client.models.count()).data.count).toBe(data.length);
    const endpoints = await client.endpoints.list({ author: "openai", slug: "gpt-4o-mini" });
    expect(endpoints.data.endpoints.map(({ tag }) => tag)).toContain("openai");
    expect((await client.providers.list()).data.map(({ slug }) => slug)).toContain("openai");
  });

  test("reads the key, the credits and a generation", async () => {
    const { id, usage } = await client.chat.send(request);
    const { data: generation } = await client.generations.getGeneration({ id });
    expect(generation).toMatchObject({ id, tokensPrompt: usage?.promptTokens, providerName: "OpenAI" });
    expect(generation.totalCost).toBeGreaterThan(0);
    // This generation keeps nothing of the credits, but it refuses an answer that is not an object.
    expect(await client.credits.getCredits()).toBeTypeOf("object");
    expect((await client.apiKeys.getCurrentKeyMetadata()).data.isProvisioningKey).toBe(false);
  });

  test("manages keys from their making to their end", async () => {
    const { key, data } = await manager.apiKeys.create({ name: "Customer", limit: 5 });
    expect(key).toMatch(/^sk-or-v1-[0-9a-f]{64}$/);
    const { hash } = data;
    expect((await manager.apiKeys.list({ offset: "0" })).data.map((one) => one.hash)).toContain(hash);
    expect((await manager.apiKeys.get({ hash })).data).toMatchObject({ name: "Customer", limit: 5, disabled: false });
    const changed = await manager.apiKeys.update({ hash, requestBody: { disabled: true } });
    expect(changed.data.disabled).toBe(true);
    expect(await manager.apiKeys.delete({ hash })).toEqual({ deleted: true });
    await expect(manager.apiKeys.get({ hash })).rejects.toThrow(errors.NotFoundResponseError);
  });
});
