import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ApiAnswer, callApi } from "@/e2e/fixtures/call-api";
import { type Account, booksOf, type Gateway, recordOf, startGateway } from "@/e2e/fixtures/start-gateway";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { countTokens } from "@/lib/gateway/count-tokens";
import { tokenFamilyOf } from "@/lib/gateway/token-families";
import { errorResponseSchema } from "@/lib/schemas/chat-completion";
import { generationResponseSchema } from "@/lib/schemas/generation";
import { makeModel } from "@/lib/testing/make-model";

const CHAT = "/chat/completions";
/** Its only endpoint here has a context of 8 191 tokens. */
const SMALL = { model: "openai/gpt-4", contextTokens: 8_191 };
/** 128 000 tokens. */
const LARGE = "openai/gpt-4o-mini";
const CLAUDE = "anthropic/claude-haiku-4.5";
const PROSE = "The quick brown fox jumps over the lazy dog, and the dog does not mind it at all. ";

let openai: Upstream;
let anthropic: Upstream;
let gateway: Gateway;
let account: Account;

beforeAll(async () => {
  [openai, anthropic] = await Promise.all([startUpstream("openai"), startUpstream("anthropic")]);
  gateway = await startGateway({ providers: { openai, anthropic } });
  account = await gateway.newAccount("100");
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([openai.close(), anthropic.close()]);
});

beforeEach(() => {
  openai.reset();
  anthropic.reset();
});

const messageSchema = z.looseObject({ role: z.string(), content: z.unknown() });
const bodySchema = z.looseObject({ messages: z.array(messageSchema) });
type Message = z.infer<typeof messageSchema>;

const ask = (body: object) => callApi(gateway.as(account), CHAT, { body });

/** So many turns of about `tokens` tokens each, under instructions, with a question at their end. */
function conversation(turns: number, tokens: number): Message[] {
  const text = PROSE.repeat(Math.ceil(tokens / 19));
  return [
    { role: "system", content: "Be brief." },
    ...Array.from({ length: turns }, (_, turn) => ({
      role: turn % 2 === 0 ? "user" : "assistant",
      content: `${turn}: ${text}`,
    })),
    ...(turns % 2 === 0 ? [] : [{ role: "assistant", content: "Yes." }]),
    { role: "user", content: "And now the question." },
  ];
}

function sentTo(upstream: Upstream): Message[] {
  return bodySchema.parse(upstream.requests.at(-1)?.body).messages;
}

async function tokensOf(messages: readonly Message[], model: string): Promise<number> {
  const family = tokenFamilyOf(makeModel({ id: model, endpoints: [], fact: { tokenizer: "GPT" } }));
  let tokens = 0;
  for (const { content } of messages) tokens += 4 + (await countTokens(z.string().parse(content), family));
  return tokens;
}

async function noticesOf(answer: ApiAnswer): Promise<readonly string[]> {
  const id = answer.headers.get("x-generation-id") ?? "";
  const record = await callApi(gateway.as(account), `/generation?id=${id}`);
  return generationResponseSchema.parse(record.json).data.route.notices;
}

function refusalOf({ status, json }: ApiAnswer) {
  return { status, ...errorResponseSchema.parse(json).error };
}

describe("a prompt that is too long for a small context", () => {
  test("is compressed by default: the middle goes, the ends stay, and the route says so", async () => {
    const messages = conversation(40, 400);
    const answer = await ask({ model: SMALL.model, messages, max_tokens: 500 });
    expect(answer.status, answer.text).toBe(200);
    const sent = sentTo(openai);
    expect(sent.slice(0, 2)).toEqual(messages.slice(0, 2));
    expect(sent.at(-1)).toEqual(messages.at(-1));
    expect(sent.length).toBeLessThan(messages.length);
    const tokens = await tokensOf(sent, SMALL.model);
    expect(tokens).toBeLessThanOrEqual(SMALL.contextTokens - 500);
    // No more is lost than is needed.
    expect(tokens).toBeGreaterThan((SMALL.contextTokens - 500) * 0.9);
    const [notice] = await noticesOf(answer);
    expect(notice).toMatch(/^\d+ of 42 messages dropped.* to fit 8191 tokens \(openai\/gpt-4 at openai\)$/);
  });

  test("goes as it is when it fits", async () => {
    const messages = conversation(8, 400);
    const answer = await ask({ model: SMALL.model, messages });
    expect(answer.status).toBe(200);
    expect(sentTo(openai)).toEqual(messages);
    expect(await noticesOf(answer)).toEqual([]);
  });

  test.each([
    { how: "transforms: []", extra: { transforms: [] } },
    { how: "the plugin, disabled", extra: { plugins: [{ id: "context-compression", enabled: false }] } },
    { how: "the plugin, disabled, by its key", extra: { plugins: { "context-compression": { enabled: false } } } },
  ])("is refused with $how: 400 with both numbers and the two ways out", async ({ extra }) => {
    const refusal = refusalOf(
      await ask({ model: SMALL.model, messages: conversation(40, 400), max_tokens: 500, ...extra }),
    );
    expect(refusal.status).toBe(400);
    expect(refusal.message).toMatch(
      /about \d{5} tokens .*500 of output.*8191 tokens.*shorten.*context-compression.*middle-out/,
    );
    expect(refusal.metadata).toMatchObject({ error_type: "context_length_exceeded" });
    expect(openai.requests).toHaveLength(0);
  });

  test("is shortened inside when it is one message", async () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `w${index}`).join(" ");
    const answer = await ask({ model: SMALL.model, messages: [{ role: "user", content: text }], max_tokens: 100 });
    expect(answer.status, answer.text).toBe(200);
    const [message, ...others] = sentTo(openai);
    expect(others).toEqual([]);
    expect(message?.content).toMatch(/^w0 w1 [\s\S]*\[…\][\s\S]* w19999$/);
    expect(await noticesOf(answer)).toEqual([expect.stringMatching(/^1 message shortened to fit 8191 tokens/)]);
  });

  test("cannot be made to fit when its tools alone are too long: 400, and nothing is charged", async () => {
    const before = await booksOf(gateway, account.id);
    const tools = [{ type: "function", function: { name: "look", description: PROSE.repeat(600), parameters: {} } }];
    const refusal = refusalOf(await ask({ model: SMALL.model, messages: [{ role: "user", content: "x" }], tools }));
    expect(refusal).toMatchObject({ status: 400, metadata: { error_type: "context_length_exceeded" } });
    expect((await booksOf(gateway, account.id)).charged).toBe(before.charged);
  });
});

describe("a prompt that is too long for a large context", () => {
  const messages = conversation(60, 2_500);

  test("is refused unless compression is asked for", async () => {
    const refusal = refusalOf(await ask({ model: LARGE, messages, max_tokens: 1_000 }));
    expect(refusal).toMatchObject({ status: 400, message: expect.stringContaining("128000 tokens") });
  });

  test.each([
    { how: "transforms", extra: { transforms: ["middle-out"] } },
    { how: "the plugin", extra: { plugins: [{ id: "context-compression" }] } },
    { how: "the plugin with its engine", extra: { plugins: [{ id: "context-compression", engine: "middle-out" }] } },
  ])("is compressed with $how", async ({ extra }) => {
    const answer = await ask({ model: LARGE, messages, max_tokens: 1_000, ...extra });
    expect(answer.status, answer.text).toBe(200);
    const sent = sentTo(openai);
    expect(sent.at(-1)).toEqual(messages.at(-1));
    expect(await tokensOf(sent, LARGE)).toBeLessThanOrEqual(127_000);
  });

  test("goes to a fallback model that has room, before anything is left out", async () => {
    const answer = await ask({
      models: [SMALL.model, LARGE],
      messages: conversation(40, 1_000),
      transforms: ["middle-out"],
    });
    expect(answer.status).toBe(200);
    expect(z.object({ model: z.string() }).parse(answer.json).model).toBe(LARGE);
    expect(sentTo(openai)).toEqual(conversation(40, 1_000));
  });

  test("goes to the largest context where nobody has even half of what is needed", async () => {
    const answer = await ask({
      models: ["openai/gpt-3.5-turbo", SMALL.model],
      messages: conversation(60, 1_000),
      transforms: ["middle-out"],
    });
    expect(answer.status, answer.text).toBe(200);
    expect(z.object({ model: z.string() }).parse(answer.json).model).toBe("openai/gpt-3.5-turbo");
    expect(await tokensOf(sentTo(openai), SMALL.model)).toBeLessThanOrEqual(16_385);
  });
});

test("a provider's limit on messages is kept: half from the start, half from the end", async () => {
  const messages = Array.from({ length: 1_201 }, (_, index) => ({
    role: index % 2 === 0 ? "user" : "assistant",
    content: `message ${index}`,
  }));
  const answer = await ask({ model: CLAUDE, messages, max_tokens: 50, transforms: ["middle-out"] });
  expect(answer.status, answer.text).toBe(200);
  const sent = sentTo(anthropic);
  expect(sent.length).toBeLessThanOrEqual(1_000);
  expect(sent.length).toBeGreaterThanOrEqual(996);
  expect(sent.map(({ role }) => role)).toEqual(sent.map((_, index) => (index % 2 === 0 ? "user" : "assistant")));
  expect(JSON.stringify(sent[0])).toContain("message 0");
  expect(JSON.stringify(sent.at(-1))).toContain("message 1200");
  expect(await noticesOf(answer)).toEqual([
    expect.stringMatching(/^20\d of 1201 messages dropped to fit 1000 messages/),
  ]);
});

test("calls of tools and their results arrive together, or not at all", async () => {
  const exchange = (turn: number) => [
    { role: "user", content: `${turn}: ${PROSE.repeat(10)}` },
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: `c${turn}`, type: "function", function: { name: "look", arguments: "{}" } }],
    },
    { role: "tool", tool_call_id: `c${turn}`, content: PROSE.repeat(10) },
    { role: "assistant", content: PROSE.repeat(10) },
  ];
  const messages = [
    ...Array.from({ length: 30 }, (_, turn) => exchange(turn)).flat(),
    { role: "user", content: "And?" },
  ];
  const tools = [{ type: "function", function: { name: "look", parameters: { type: "object" } } }];
  const answer = await ask({ model: SMALL.model, messages, tools, max_tokens: 200 });
  expect(answer.status, answer.text).toBe(200);
  const sent = sentTo(openai);
  expect(sent.length).toBeLessThan(messages.length);
  for (const [index, message] of sent.entries()) {
    const calls = z.array(z.looseObject({ id: z.string() })).parse(message.tool_calls ?? []);
    const results = sent.slice(index + 1, index + 1 + calls.length);
    expect(results.map((result) => result.tool_call_id)).toEqual(calls.map(({ id }) => id));
    if (message.role === "tool") expect(sent[index - 1]?.tool_calls).toBeDefined();
  }
});

test("no more credit is held than the context can cost, and the charge is the provider's count", async () => {
  // Half a million tokens would cost 15 USD at this model's price; the 8 191 of its context 0.25 USD.
  const poor = await gateway.newAccount("0.5");
  openai.behave({ kind: "answer", usage: { prompt: 7_500, completion: 10 } });
  const answer = await callApi(gateway.as(poor), CHAT, {
    body: { model: SMALL.model, messages: conversation(400, 1_200), max_tokens: 100 },
  });
  expect(answer.status, answer.text).toBe(200);
  const { entry } = await recordOf(gateway, answer.headers.get("x-generation-id") ?? "");
  expect(entry).toMatchObject({ amountNanoUsd: String(-(7_500 * 30_000 + 10 * 60_000)) });
});

test.each([
  { field: "plugins[0].engine", body: { plugins: [{ id: "context-compression", engine: "summary" }] } },
  { field: "plugins.context-compression.engine", body: { plugins: { "context-compression": { engine: 1 } } } },
  { field: "transforms[0]", body: { transforms: ["middle-in"] } },
])("$field is checked, and named when it is wrong", async ({ field, body }) => {
  const refusal = refusalOf(await ask({ model: SMALL.model, messages: [{ role: "user", content: "x" }], ...body }));
  expect(refusal.status).toBe(400);
  expect(refusal.message).toBe(`${field}: must be "middle-out"`);
});

test("POST /route tells what a compressed prompt would have, and sends nothing", async () => {
  const { status, json } = await callApi(gateway.as(account), "/route", {
    body: { model: SMALL.model, messages: conversation(40, 400), max_tokens: 500 },
  });
  expect(status).toBe(200);
  const { data } = z.object({ data: z.looseObject({ prompt_tokens: z.number() }) }).parse(json);
  expect(data.prompt_tokens).toBe(SMALL.contextTokens - 500);
  expect(openai.requests).toHaveLength(0);
});
