import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callApi, openApi, readStream } from "@/e2e/fixtures/call-api";
import { type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { chatCompletionChunkSchema, chatCompletionSchema } from "@/lib/schemas/chat-completion";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { chatBody, MODELS, startUpstreams, type Upstreams } from "./protocols";
import { CHAT, complete, exactly, keysOf, stream } from "./read-answers";

const [OPENAI] = MODELS;

let upstreams: Upstreams;
let server: RunningServer;

beforeAll(async () => {
  upstreams = await startUpstreams();
  server = await startServer({ env: upstreams.env });
});

afterAll(async () => {
  await server.stop();
  await upstreams.close();
});

beforeEach(() => upstreams.reset());

describe.each(MODELS)("a completion in $protocol's protocol", ({ protocol, model, providerName }) => {
  test("has every key that official clients read, and no other", async () => {
    const answer = await complete(server, chatBody(model));

    expect(keysOf(answer)).toEqual(
      [
        "choices",
        "created",
        "id",
        "model",
        "object",
        "provider",
        "system_fingerprint",
        "usage",
        ...("service_tier" in answer ? ["service_tier"] : []),
      ].sort(),
    );
    expect(answer).toMatchObject({ object: "chat.completion", model, provider: providerName });
    expect(answer.id).toMatch(/^gen-\d{10}-[A-Za-z0-9]{20}$/);
    expect(Math.abs(answer.created - Date.now() / 1_000)).toBeLessThan(60);
    expect(answer.choices).toHaveLength(1);
    const [choice] = answer.choices;
    expect(keysOf(choice)).toEqual(["finish_reason", "index", "logprobs", "message", "native_finish_reason"]);
    expect(choice).toMatchObject({
      index: 0,
      finish_reason: "stop",
      message: { role: "assistant", content: "Hello from the upstream", refusal: null, reasoning: null },
    });
    // `tool_calls: null` and its like make clients throw; what there is none of is left out.
    expect(keysOf(choice?.message)).toEqual(["content", "reasoning", "refusal", "role"]);
  });

  test("streams one chunk after another of one answer, then its finish, its usage and [DONE]", async () => {
    const chunks = await stream(server, chatBody(model));

    const [first] = chunks;
    for (const chunk of chunks) {
      expect(chunk).toMatchObject({ id: first?.id, created: first?.created, model, provider: providerName });
    }
    const deltas = chunks.slice(0, -2);
    expect(deltas.map(({ choices }) => choices[0]?.delta.content).join("")).toBe("Hello from the upstream");
    for (const { choices } of deltas) expect(choices[0]).toMatchObject({ finish_reason: null });
    expect(chunks.at(-2)?.choices[0]).toMatchObject({ finish_reason: "stop", delta: { content: "" } });
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 10, completion_tokens: 5 } });
  });

  test("has exactly one usage in a stream, in its last chunk, and never a null one", async () => {
    const chunks = await stream(server, chatBody(model));

    expect(chunks.filter((chunk) => "usage" in chunk)).toEqual([chunks.at(-1)]);
  });

  test("says the same whole and streamed", async () => {
    const whole = await complete(server, chatBody(model));
    const chunks = await stream(server, chatBody(model));

    expect(chunks.at(-1)?.usage).toEqual(whole.usage);
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe(whole.choices[0]?.finish_reason);
    expect(chunks.at(-2)?.choices[0]?.native_finish_reason).toBe(whole.choices[0]?.native_finish_reason);
  });

  test("gives tool calls whole and in fragments that make the same", async () => {
    const call = { id: "call_1", name: "get_weather", arguments: { city: "Zürich", days: [1, 2] } };
    upstreams[protocol].behave({ kind: "answer", toolCalls: [call] });
    const body = chatBody(model, {
      tools: [{ type: "function", function: { name: "get_weather", parameters: { type: "object", properties: {} } } }],
    });

    const { choices } = await complete(server, body);
    const [choice] = choices;
    expect(choice).toMatchObject({ finish_reason: "tool_calls", message: { content: null } });
    const [made] = choice?.message.tool_calls ?? [];
    expect(keysOf(made)).toEqual(["function", "id", "index", "type"]);
    expect(made).toMatchObject({ type: "function", index: 0, function: { name: "get_weather" } });
    expect(JSON.parse(made?.function.arguments ?? "")).toEqual(call.arguments);

    const fragments = (await stream(server, body)).flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []);
    expect(fragments[0]).toMatchObject({
      index: 0,
      id: expect.stringMatching(/^\S+$/),
      type: "function",
      function: { name: "get_weather" },
    });
    // Later fragments that repeat id or name would be joined to them by clients that concatenate.
    for (const fragment of fragments.slice(1)) {
      expect(keysOf(fragment)).toEqual(["function", "index"]);
      expect(keysOf(fragment.function)).toEqual(["arguments"]);
    }
    expect(JSON.parse(fragments.map((fragment) => fragment.function.arguments ?? "").join(""))).toEqual(call.arguments);
  });

  test("gives reasoning as text and as details, and neither when it is to be left out", async () => {
    upstreams[protocol].behave({
      kind: "answer",
      reasoning: "Let me think.",
      usage: { prompt: 10, completion: 9, reasoning: 4 },
    });

    const [shown] = (await complete(server, chatBody(model))).choices;
    expect(shown?.message.reasoning).toBe("Let me think.");
    // OpenAI-compatible providers give plain text, of which there are no details to give back.
    const details = protocol === "openai" ? undefined : [{ type: "reasoning.text", text: "Let me think." }];
    expect(shown?.message.reasoning_details).toEqual(details && [expect.objectContaining(details[0])]);

    const streamed = await stream(server, chatBody(model));
    expect(streamed.map(({ choices }) => choices[0]?.delta.reasoning ?? "").join("")).toBe("Let me think.");

    const hidden = chatBody(model, { include_reasoning: false });
    const [choice] = (await complete(server, hidden)).choices;
    expect(choice?.message).toMatchObject({ content: "Hello from the upstream", reasoning: null });
    expect(choice?.message).not.toHaveProperty("reasoning_details");
    for (const { choices } of await stream(server, hidden)) expect(choices[0]?.delta.reasoning ?? "").toBe("");
  });

  test("reports an answer that ran into its limit", async () => {
    upstreams[protocol].behave({ kind: "answer", finish: "length" });

    expect((await complete(server, chatBody(model))).choices[0]).toMatchObject({ finish_reason: "length" });
  });

  test("counts for itself, and says so, when the provider does not", async () => {
    upstreams[protocol].behave({ kind: "answer", usage: null });

    const { usage } = await complete(server, chatBody(model));
    expect(usage.estimated).toBe(true);
    expect(usage.completion_tokens).toBeGreaterThan(0);
    expect(usage.prompt_tokens).toBeGreaterThan(0);
    expect(usage.cost).toBeGreaterThan(0);
    expect(Number.isInteger(usage.prompt_tokens_details.cached_tokens)).toBe(true);
  });
});

describe("what a request may hold", () => {
  test("null for everything that is optional", async () => {
    const { model: _, messages: __, n: ___, ...optional } = chatRequestSchema.shape;
    const nulls = Object.fromEntries(Object.keys(optional).map((field) => [field, null]));

    await complete(server, { ...chatBody(OPENAI.model), ...nulls });
  });

  test("fields that nobody here knows, which reach the provider as they came", async () => {
    const field = { list: [1, null, { deep: "ü" }] };
    await complete(server, chatBody(OPENAI.model, { field_of_the_future: field }));

    expect(upstreams.openai.requests[0]?.body).toMatchObject({ field_of_the_future: field });
  });

  test("our own fields, which do not reach the provider", async () => {
    const own = { provider: { order: ["openai"] }, models: ["openai/gpt-4o"], route: "fallback", transforms: [] };
    await complete(server, chatBody(OPENAI.model, { ...own, usage: { include: true }, plugins: [], session_id: "s" }));

    const sent = keysOf(upstreams.openai.requests[0]?.body);
    for (const field of [...Object.keys(own), "usage", "plugins", "session_id"]) expect(sent).not.toContain(field);
  });

  test("a prompt in place of messages", async () => {
    await complete(server, { model: OPENAI.model, prompt: "Say hello" });

    expect(upstreams.openai.requests[0]?.body).toMatchObject({ messages: [{ role: "user", content: "Say hello" }] });
  });
});

describe("headers and waiting", () => {
  test("X-Generation-Id is the id of the answer, whole, streamed and refused by the provider", async () => {
    const whole = await callApi(server, CHAT, { body: chatBody(OPENAI.model) });
    expect(whole.headers.get("x-generation-id")).toBe(chatCompletionSchema.parse(whole.json).id);

    const streamed = await callApi(server, CHAT, { body: chatBody(OPENAI.model, { stream: true }) });
    const [first] = readStream(streamed.text).chunks;
    expect(streamed.headers.get("x-generation-id")).toBe(chatCompletionChunkSchema.parse(first).id);

    upstreams.openai.behave({ kind: "status", status: 500 });
    const refused = await callApi(server, CHAT, { body: chatBody(OPENAI.model) });
    const { json } = await callApi(server, `/generation?id=${refused.headers.get("x-generation-id")}`);
    expect(json).toMatchObject({ data: { total_cost: 0, provider_responses: [{ status: 500 }] } });
  });

  test("a client that waits for a slow provider hears OPENROUTER PROCESSING before the first chunk", async () => {
    upstreams.openai.behave({ kind: "answer", delayMs: 1_300 });

    const { text } = await callApi(server, CHAT, { body: chatBody(OPENAI.model, { stream: true }) });
    expect(text.startsWith(": OPENROUTER PROCESSING\n\n")).toBe(true);
    const { chunks, done } = readStream(text);
    expect(done).toBe(true);
    expect(chunks).toHaveLength(6);
  });

  test("a failure after that comment is a whole chunk with an error, and [DONE]", async () => {
    upstreams.openai.behave({ kind: "status", status: 500, delayMs: 1_300 });

    const { text } = await callApi(server, CHAT, { body: chatBody(OPENAI.model, { stream: true }) });
    const { chunks, done } = readStream(text);
    expect(done).toBe(true);
    expect(exactly(chatCompletionChunkSchema, chunks[0])).toMatchObject({
      choices: [{ index: 0, finish_reason: "error" }],
      error: { code: 502 },
    });
  });

  test("chunks leave as they come, not when the answer is over", async () => {
    upstreams.openai.behave({ kind: "hang", afterChunks: 2, pieces: ["one", "two", "three"] });
    const client = new AbortController();

    const response = await openApi(server, CHAT, {
      body: chatBody(OPENAI.model, { stream: true }),
      signal: client.signal,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.includes("two")) text += (await reader?.read())?.value ?? "";
    client.abort();
    const request = await upstreams.openai.nextRequest(0);
    await request.closed;
    expect(request.aborted).toBe(true);
  });
});
