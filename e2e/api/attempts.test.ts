import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ApiAnswer, callApi } from "@/e2e/fixtures/call-api";
import { type Account, type Gateway, startGateway } from "@/e2e/fixtures/start-gateway";
import { type Behaviour, startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { chatCompletionSchema, errorResponseSchema } from "@/lib/schemas/chat-completion";
import { generationResponseSchema } from "@/lib/schemas/generation";

const MODEL = "meta-llama/llama-3.3-70b-instruct";
const CLAUDE = "anthropic/claude-sonnet-4.5";
const OTHER_MODEL = "openai/gpt-4o-mini";
const BUDGET_MS = 600;

let short: Upstream;
let long: Upstream;
let openai: Upstream;
let anthropic: Upstream;
let vertex: Upstream;
let gateway: Gateway;
let account: Account;

beforeAll(async () => {
  [short, long, openai, anthropic, vertex] = await Promise.all([
    startUpstream("openai"),
    startUpstream("openai"),
    startUpstream("openai"),
    startUpstream("anthropic"),
    startUpstream("anthropic"),
  ]);
  gateway = await startGateway({
    // The context is 24,000 tokens at Cloudflare and 131,072 at DeepInfra.
    providers: { cloudflare: short, deepinfra: long, openai, anthropic, "google-vertex": vertex },
    env: { UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: String(BUDGET_MS), UPSTREAM_IDLE_TIMEOUT_MS: String(BUDGET_MS) },
  });
  // Loading Next keeps the process from everything else for longer than the budgets are.
  await (await fetch(`${gateway.server.url}/sign-in`)).text();
});
afterAll(async () => {
  await gateway.stop();
  await Promise.all([short, long, openai, anthropic, vertex].map((upstream) => upstream.close()));
});
beforeEach(async () => {
  for (const upstream of [short, long, openai, anthropic, vertex]) upstream.reset();
  account = await gateway.newAccount("10");
});

async function ask(body: object): Promise<ApiAnswer> {
  return callApi(gateway.as(account), "/chat/completions", {
    body: { model: MODEL, messages: [{ role: "user", content: "Say hello" }], ...body },
  });
}

async function routeOf(answer: ApiAnswer) {
  const found = await callApi(gateway.as(account), `/generation?id=${answer.headers.get("x-generation-id")}`);
  expect(found.status, found.text).toBe(200);
  return generationResponseSchema.parse(found.json).data.route;
}

const refusal = (message: string, code?: string): Behaviour => ({
  kind: "status",
  status: 400,
  body: { error: { message, type: "invalid_request_error", ...(code === undefined ? {} : { code }) } },
});

const event = (delta: object) =>
  `data: ${JSON.stringify({ id: "x", object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: null }] })}\n\n`;

/** Sends `write` every third of the budget, four times, then an answer. */
function slowly(write: string): Behaviour {
  return {
    kind: "raw",
    serve: async (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (let times = 0; times < 5; times += 1) {
        response.write(write);
        await sleep(BUDGET_MS / 3);
        if (response.destroyed) return;
      }
      response.end(
        `${event({ content: "Done" })}data: {"id":"x","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`,
      );
    },
  };
}

describe("the watchdog", () => {
  const provider = { order: ["cloudflare"], allow_fallbacks: false };

  test("takes reasoning for life", async () => {
    short.behave(slowly(event({ reasoning: "hm " })));
    const answer = await ask({ provider, stream: true });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.text).toContain("Done");
  });

  test.each([
    { what: "comments", write: ": keep-alive\n\n" },
    { what: "empty deltas", write: event({ role: "assistant", content: "" }) },
  ])("takes no $what for life", async ({ write }) => {
    short.behave(slowly(write));
    const answer = await ask({ provider, stream: true });
    expect(answer.status).toBe(408);
    expect(errorResponseSchema.parse(answer.json).error.metadata).toMatchObject({
      error_type: "timeout",
      attempts: [{ provider: "Cloudflare", status: 408 }],
    });
  });

  test("ends a gap between pieces of content", async () => {
    short.behave({ kind: "hang", afterChunks: 2 });
    const answer = await ask({ provider, stream: true });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(`no content for ${BUDGET_MS} ms`);
    expect(answer.text).toContain('"finish_reason":"error"');
  });
});

describe("a prompt that is too long for one provider", () => {
  const tooLong = refusal("This model's maximum context length is 24000 tokens", "context_length_exceeded");

  test("goes on to an endpoint of the model with a longer context", async () => {
    short.behave(tooLong);
    const answer = await ask({ provider: { order: ["cloudflare", "deepinfra"] } });
    expect((await routeOf(answer)).attempts).toMatchObject([
      { provider: "Cloudflare", status: 400 },
      { provider: "DeepInfra", status: 200 },
    ]);
  });

  test("goes on to the next model, past those that are no longer", async () => {
    long.behave(tooLong);
    const answer = await ask({ provider: { order: ["deepinfra", "cloudflare"] }, models: [OTHER_MODEL] });
    expect((await routeOf(answer)).attempts).toMatchObject([
      { provider: "DeepInfra", status: 400 },
      { provider: "OpenAI", model: OTHER_MODEL, status: 200 },
    ]);
    expect(short.requests).toHaveLength(0);
  });

  test("is told as that when nobody takes it", async () => {
    for (const upstream of [short, long]) upstream.behave(tooLong);
    const answer = await ask({ provider: { only: ["cloudflare", "deepinfra"] } });
    expect(answer.status).toBe(400);
    expect(errorResponseSchema.parse(answer.json).error.metadata).toMatchObject({
      error_type: "context_length_exceeded",
    });
  });
});

describe("a prompt that a provider's moderation refuses", () => {
  const refused = refusal("The prompt was filtered", "content_filter");

  test("goes on to the next model", async () => {
    short.behave(refused);
    const answer = await ask({ provider: { order: ["cloudflare"] }, models: [OTHER_MODEL] });
    expect(chatCompletionSchema.parse(answer.json).model).toBe(OTHER_MODEL);
    expect(long.requests).toHaveLength(0);
  });

  test("is a 403 that says who refused it and why", async () => {
    short.behave(refused);
    const answer = await ask({ provider: { order: ["cloudflare"] } });
    expect(answer.status).toBe(403);
    expect(errorResponseSchema.parse(answer.json).error.metadata).toMatchObject({
      error_type: "content_policy_violation",
      provider_name: "Cloudflare",
      model_slug: MODEL,
      reasons: ["content_filter"],
      attempts: [{ provider: "Cloudflare", status: 400 }],
    });
  });
});

test("reasoning that one provider signed stays with it, and is left out for another with a notice", async () => {
  const stream = [
    [
      "message_start",
      { message: { id: "m", role: "assistant", model: "c", usage: { input_tokens: 5, output_tokens: 1 } } },
    ],
    ["content_block_start", { index: 0, content_block: { type: "thinking", thinking: "" } }],
    ["content_block_delta", { index: 0, delta: { type: "thinking_delta", thinking: "hm" } }],
    ["content_block_delta", { index: 0, delta: { type: "signature_delta", signature: "only-anthropic-reads-this" } }],
    ["content_block_stop", { index: 0 }],
    ["content_block_start", { index: 1, content_block: { type: "text", text: "" } }],
    ["content_block_delta", { index: 1, delta: { type: "text_delta", text: "Hello" } }],
    ["content_block_stop", { index: 1 }],
    ["message_delta", { delta: { stop_reason: "end_turn" }, usage: { output_tokens: 5 } }],
    ["message_stop", {}],
  ] as const;
  anthropic.behave({
    kind: "raw",
    serve: (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(
        stream.map(([type, data]) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`).join(""),
      );
    },
  });
  const question = { role: "user", content: "Think" };
  const first = await ask({
    model: CLAUDE,
    messages: [question],
    reasoning: { max_tokens: 1_024 },
    provider: { only: ["anthropic"] },
  });
  const message = chatCompletionSchema.parse(first.json).choices[0]?.message;
  expect(message?.reasoning_details, first.text).toMatchObject([{}]);
  const next = { model: CLAUDE, messages: [question, message, { role: "user", content: "More" }] };

  const stayed = await routeOf(await ask(next));
  expect(stayed).toMatchObject({ strategy: "affinity", attempts: [{ provider: "Anthropic" }], notices: [] });
  expect(JSON.stringify(anthropic.requests.at(-1)?.body)).toContain("only-anthropic-reads-this");

  const moved = await routeOf(await ask({ ...next, provider: { only: ["google-vertex"] } }));
  expect(moved.notices).toEqual(["reasoning signed by anthropic was left out for Google"]);
  expect(JSON.stringify(vertex.requests.at(-1)?.body)).not.toContain("only-anthropic-reads-this");
});
