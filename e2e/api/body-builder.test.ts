import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { callApi, readStream, type Target } from "@/e2e/fixtures/call-api";
import { type Account, booksOf, type Gateway, recordOf, startGateway } from "@/e2e/fixtures/start-gateway";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { chatCompletionSchema, errorResponseSchema } from "@/lib/schemas/chat-completion";
import { generationResponseSchema } from "@/lib/schemas/generation";

const CHAT = "/chat/completions";
const MODEL = "openrouter/bodybuilder";
const SENTENCE = "Count to 10 using Claude Sonnet and GPT-5";

const bodiesSchema = z.strictObject({
  requests: z
    .array(
      z.strictObject({ model: z.string(), messages: z.array(z.object({ role: z.string(), content: z.unknown() })) }),
    )
    .min(1),
});

const chunkSchema = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.string().nullish() }) })),
  usage: z.unknown().optional(),
});

let upstream: Upstream;
let gateway: Gateway;
let account: Account;
let target: Target;

beforeAll(async () => {
  upstream = await startUpstream("openai");
  gateway = await startGateway({ providers: { openai: upstream } });
  account = await gateway.newAccount("1");
  target = gateway.as(account);
});

afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

beforeEach(() => upstream.reset());

const user = (content: unknown) => ({ role: "user", content });
const ask = (content: unknown, extra: object = {}) =>
  callApi(target, CHAT, { body: { model: MODEL, messages: [user(content)], ...extra } });

function bodiesOf(content: unknown) {
  return bodiesSchema.parse(JSON.parse(z.string().parse(content))).requests;
}

test("a sentence becomes request bodies, and nobody is called or charged", async () => {
  const { status, headers, json } = await ask(SENTENCE);
  expect(status).toBe(200);
  const completion = chatCompletionSchema.parse(json);
  expect(completion).toMatchObject({ model: MODEL, provider: "Signalbox", choices: [{ finish_reason: "stop" }] });
  const bodies = bodiesOf(completion.choices[0]?.message.content);
  expect(bodies.map(({ messages }) => messages)).toEqual([[user("Count to 10")], [user("Count to 10")]]);
  expect(bodies[0]?.model).toMatch(/^anthropic\/claude-sonnet-/);
  expect(bodies[1]?.model).toMatch(/^openai\/gpt-5/);

  expect(completion.usage).toMatchObject({ cost: 0 });
  expect(completion.usage?.prompt_tokens).toBeGreaterThan(5);
  expect(completion.usage?.completion_tokens).toBeGreaterThan(20);
  expect(upstream.requests).toHaveLength(0);

  const id = headers.get("x-generation-id") ?? "";
  expect(completion.id).toBe(id);
  const { entry, generation } = await recordOf(gateway, id);
  expect(entry).toMatchObject({ kind: "usage", amountNanoUsd: "0", state: "exact" });
  expect(generation).toMatchObject({ modelId: MODEL, state: "finished", estimated: false, insured: false });
  const shown = generationResponseSchema.parse((await callApi(target, `/generation?id=${id}`)).json).data;
  expect(shown).toMatchObject({ model: MODEL, router: MODEL, total_cost: 0, finish_reason: "stop" });
  expect(shown.route).toMatchObject({ strategy: "bodybuilder", attempts: [] });
  expect(await booksOf(gateway, account.id)).toMatchObject({ charged: 0n, holds: 0 });
});

test("a stream brings the same, with its usage at the end", async () => {
  const { text } = await ask(SENTENCE, { stream: true });
  const { chunks, done } = readStream(text);
  const read = z.array(chunkSchema).parse(chunks);
  const whole = chatCompletionSchema.parse((await ask(SENTENCE)).json);
  expect(done).toBe(true);
  expect(read.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe(whole.choices[0]?.message.content);
  expect(read.at(-1)?.usage).toEqual(whole.usage);
});

test("every body that was made is one that can be sent back as it is", async () => {
  const { json } = await ask("Say hello using GPT-5, GPT-4o mini and an OpenAI model");
  const bodies = bodiesOf(chatCompletionSchema.parse(json).choices[0]?.message.content);
  expect(bodies).toHaveLength(2);
  for (const body of bodies) {
    const answer = await callApi(target, CHAT, { body });
    expect(answer.status).toBe(200);
    expect(chatCompletionSchema.parse(answer.json).model).toBe(body.model);
  }
});

test("system messages go into each body; tools, formats and the like are ignored", async () => {
  const { status, json } = await callApi(target, CHAT, {
    body: {
      model: MODEL,
      messages: [{ role: "system", content: "Be brief." }, user("Explain gravity using Gemini and Claude")],
      tools: [{ type: "function", function: { name: "lookup", parameters: { type: "object" } } }],
      tool_choice: "required",
      response_format: { type: "json_schema", json_schema: { name: "x", schema: { type: "object" } } },
      provider: { only: ["nobody"] },
      max_tokens: 1,
    },
  });
  expect(status).toBe(200);
  for (const { messages } of bodiesOf(chatCompletionSchema.parse(json).choices[0]?.message.content)) {
    expect(messages).toEqual([{ role: "system", content: "Be brief." }, user("Explain gravity")]);
  }
});

test("a sentence that names nobody gives one request to the default model", async () => {
  const { json } = await ask("What is 2+2?");
  expect(bodiesOf(chatCompletionSchema.parse(json).choices[0]?.message.content)).toEqual([
    { model: "openrouter/auto", messages: [user("What is 2+2?")] },
  ]);
});

test.each([
  { what: "a prompt instead of messages", body: { prompt: SENTENCE }, named: /^prompt: .* takes messages/ },
  { what: "no user message", body: { messages: [{ role: "system", content: SENTENCE }] }, named: /^messages: / },
])("$what: 400 that names it", async ({ body, named }) => {
  const { status, json } = await callApi(target, CHAT, { body: { model: MODEL, ...body } });
  expect(status).toBe(400);
  expect(errorResponseSchema.parse(json).error.message).toMatch(named);
});

test("a dry run says that it would be answered here", async () => {
  const { status, json } = await callApi(target, "/route", { body: { model: MODEL, messages: [user(SENTENCE)] } });
  expect(status).toBe(200);
  expect(json).toMatchObject({
    data: { router: MODEL, selected: { model: MODEL, provider: "Signalbox" }, estimated_cost: { min: 0, max: 0 } },
  });
});

test("an account in debt is refused, although it would cost nothing", async () => {
  const debtor = await gateway.newAccount("-1");
  const { status } = await callApi(gateway.as(debtor), CHAT, { body: { model: MODEL, messages: [user(SENTENCE)] } });
  expect(status).toBe(402);
});

test("the operator's model reads it, and what it says wrongly is read here instead", async () => {
  const reading = await startGateway({
    providers: { openai: upstream },
    env: { BODY_BUILDER_MODEL: "openai/gpt-4o-mini" },
  });
  const reader = await reading.newAccount("1");
  const built = async () => {
    const { headers, json } = await callApi(reading.as(reader), CHAT, {
      body: { model: MODEL, messages: [{ role: "system", content: "Be brief." }, user(SENTENCE)] },
    });
    const content = chatCompletionSchema.parse(json).choices[0]?.message.content;
    const { generation } = await recordOf(reading, headers.get("x-generation-id") ?? "");
    const { notices } = z.object({ notices: z.array(z.string()) }).parse(generation?.route);
    return { bodies: bodiesOf(content), notices };
  };
  try {
    upstream.behave({ kind: "answer", pieces: ['{"models":["openai/gpt-4o"],"task":"Count to 10, please"}'] });
    expect(await built()).toEqual({
      bodies: [
        { model: "openai/gpt-4o", messages: [{ role: "system", content: "Be brief." }, user("Count to 10, please")] },
      ],
      notices: ["the message was read by openai/gpt-4o-mini"],
    });
    expect(upstream.requests[0]?.body).toMatchObject({ response_format: { type: "json_schema" }, temperature: 0 });

    for (const answer of ['{"models":["made/up"],"task":"x"}', '{"models":[],"task":"x"}', "I cannot do that."]) {
      upstream.behave({ kind: "answer", pieces: [answer] });
      const { bodies, notices } = await built();
      expect(bodies).toHaveLength(2);
      expect(notices).toEqual(["openai/gpt-4o-mini gave no valid answer; the message was read here"]);
    }
    upstream.behave({ kind: "status", status: 500 });
    expect((await built()).bodies).toHaveLength(2);
    expect(await booksOf(reading, reader.id)).toMatchObject({ charged: 0n });
  } finally {
    await reading.stop();
  }
});
