import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ApiAnswer, callApi, readStream } from "@/e2e/fixtures/call-api";
import { type Account, booksOf, type Gateway, startGateway } from "@/e2e/fixtures/start-gateway";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { chatCompletionSchema, errorResponseSchema } from "@/lib/schemas/chat-completion";
import { generationResponseSchema } from "@/lib/schemas/generation";
import { publicPlanSchema } from "@/lib/schemas/public-plan";
import { routerMetadataSchema } from "@/lib/schemas/router-metadata";

const CHAT = "/chat/completions";
const AUTO = "openrouter/auto";
const STRONG = "openai/gpt-5.5";
const WEAK = "openai/gpt-5.4-nano";
const EASY = "hi there";
const HARD =
  "Implement a lock-free multi-producer queue in C++20, justify each memory ordering, prove that it is linearizable, " +
  "and derive an upper bound on the number of retries under contention with n threads. Then compare it with a version " +
  "that uses a mutex: give the code of both, explain the trade-offs, and describe how you would test and benchmark them.";
const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

let openai: Upstream;
let anthropic: Upstream;
let gateway: Gateway;
let account: Account;

beforeAll(async () => {
  [openai, anthropic] = await Promise.all([startUpstream("openai"), startUpstream("anthropic")]);
  gateway = await startGateway({ providers: { openai, anthropic } });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([openai, anthropic].map((upstream) => upstream.close()));
});

beforeEach(async () => {
  for (const upstream of [openai, anthropic]) upstream.reset();
  account = await gateway.newAccount("50");
});

type Body = Record<string, unknown>;

const router = (settings: Body) => ({ plugins: [{ id: "auto-router", ...settings }] });
const pair = (tradeoff: number) => router({ allowed_models: [STRONG, WEAK], cost_quality_tradeoff: tradeoff });

function complete(text: string, body: Body = {}, gatewayToCall = gateway): Promise<ApiAnswer> {
  const messages = [{ role: "user", content: text }];
  return callApi(gatewayToCall.as(account), CHAT, { body: { model: AUTO, messages, max_tokens: 64, ...body } });
}

async function modelFor(text: string, body: Body = {}, gatewayToCall = gateway): Promise<string> {
  const answer = await complete(text, body, gatewayToCall);
  expect(answer.status, answer.text).toBe(200);
  return chatCompletionSchema.parse(answer.json).model;
}

async function routeOf(answer: ApiAnswer, gatewayToCall = gateway) {
  const id = answer.headers.get("x-generation-id");
  const { json } = await callApi(gatewayToCall.as(account), `/generation?id=${id}`);
  return generationResponseSchema.parse(json).data;
}

describe("openrouter/auto", () => {
  test("answers with a model of the catalog, is priced as that model, and says how it decided", async () => {
    const answer = await complete(HARD);
    const { model } = chatCompletionSchema.parse(answer.json);
    expect(model).toMatch(/^(openai|anthropic)\//);
    const { data } = z
      .object({ data: z.object({ id: z.literal(model) }) })
      .parse((await callApi(gateway.as(account), `/model/${model}`)).json);
    expect(data.id).toBe(model);
    const generation = await routeOf(answer);
    expect(generation).toMatchObject({ model, router: AUTO });
    expect(generation.route?.auto_router).toMatchObject({ task_type: "code" });
    expect(generation.route?.auto_router?.difficulty).toBeGreaterThan(0.5);
    expect(generation.route?.auto_router?.scores[0]?.model).toBe(model);
    expect((await booksOf(gateway, account.id)).charged).toBeGreaterThan(0n);
  });

  test("is what a request without a model gets", async () => {
    expect(await modelFor(EASY, { model: undefined })).toMatch(/^(openai|anthropic)\//);
  });

  test("streams", async () => {
    const { chunks, done } = readStream((await complete(EASY, { stream: true })).text);
    expect(done).toBe(true);
    expect(z.object({ model: z.string() }).parse(chunks[0]).model).toMatch(/^(openai|anthropic)\//);
  });

  test("judges harder what is harder", async () => {
    const difficulties = await Promise.all(
      [EASY, HARD].map(async (text) => (await routeOf(await complete(text))).route?.auto_router?.difficulty ?? 0),
    );
    expect(difficulties[0]).toBeLessThan(difficulties[1] ?? 0);
  });

  test("tries the next of its ranking when the first cannot answer", async () => {
    const first = await modelFor(EASY, pair(10));
    expect(first).toBe(WEAK);
    openai.behave((request) => {
      const { model } = z.object({ model: z.string() }).parse(request.body);
      return model.includes("nano") ? { kind: "status", status: 500 } : { kind: "answer" };
    });
    expect(await modelFor(EASY, pair(10))).toBe(STRONG);
  });

  test("gives way to models that stand before it", async () => {
    expect(await modelFor(EASY, { model: "openai/gpt-4o-mini", models: [AUTO] })).toBe("openai/gpt-4o-mini");
  });

  test("decides the same in a dry run, which nothing remembers, and tells it in the answer's metadata", async () => {
    const messages = [{ role: "user", content: HARD }];
    const body = { model: AUTO, messages, max_tokens: 64, ...pair(3) };
    const planned = await callApi(gateway.as(account), "/route", { body });
    const { data: plan } = z.object({ data: publicPlanSchema }).parse(planned.json);
    expect(plan.router).toBe(AUTO);
    const answer = await callApi(gateway.as(account), CHAT, { body, headers: { "x-openrouter-metadata": "enabled" } });
    expect(chatCompletionSchema.parse(answer.json).model).toBe(plan.selected?.model);
    const metadata = z.object({ openrouter_metadata: routerMetadataSchema }).parse(answer.json).openrouter_metadata;
    expect(metadata.strategy).toBe("auto");
    expect(metadata.auto_router).toEqual(plan.auto_router);
    expect(metadata.auto_router?.scores.map(({ model }) => model).sort()).toEqual([STRONG, WEAK].sort());
  });

  test("takes no prompt", async () => {
    const answer = await callApi(gateway.as(account), CHAT, { body: { model: AUTO, prompt: "hi" } });
    expect(answer.status).toBe(400);
    expect(errorResponseSchema.parse(answer.json).error.message).toContain("messages");
  });
});

describe("a conversation", () => {
  const opening = [{ role: "user", content: EASY }];
  const later = [...opening, { role: "assistant", content: "Hello!" }, { role: "user", content: HARD }];

  test("stays on the model first chosen, however it goes on", async () => {
    const first = await modelFor(EASY, pair(5));
    expect(first).toBe(WEAK);
    // Several times: requests may come to different workers.
    for (let turn = 0; turn < 4; turn += 1) expect(await modelFor("", { ...pair(5), messages: later })).toBe(first);
    expect(await modelFor(HARD, pair(5))).toBe(STRONG);
  });

  test("of a session stays on its model, whatever it opens with", async () => {
    const session = { ...pair(5), session_id: "s1" };
    expect(await modelFor(EASY, session)).toBe(WEAK);
    await expect.poll(() => modelFor(HARD, session)).toBe(WEAK);
    expect(await modelFor(HARD, { ...pair(5), session_id: "s2" })).toBe(STRONG);
    const unpinned = { ...router({ allowed_models: [STRONG, WEAK], cost_quality_tradeoff: 5, pin_model: false }) };
    expect(await modelFor(EASY, { ...unpinned, session_id: "s3" })).toBe(WEAK);
    expect(await modelFor(HARD, { ...unpinned, session_id: "s3" })).toBe(STRONG);
  });

  test("leaves it when it no longer fits", async () => {
    expect(await modelFor(EASY, pair(10))).toBe(WEAK);
    const excluded = { plugins: [{ ...pair(10).plugins[0], excluded_models: [WEAK] }] };
    expect(await modelFor("", { ...excluded, messages: later })).toBe(STRONG);
  });
});

describe("the settings", () => {
  test("from 0 to 10 the share of the stronger model falls from all to none", async () => {
    const prompts = [
      EASY,
      "Write a short poem about rain.",
      "Explain how a heat pump works.",
      "Write a function that sorts a list by two keys.",
      HARD,
    ];
    let before = prompts.length;
    for (const tradeoff of [0, 2, 4, 6, 8, 10]) {
      const models = await Promise.all(prompts.map((text) => modelFor(text, pair(tradeoff))));
      const share = models.filter((model) => model === STRONG).length;
      expect(share).toBeLessThanOrEqual(before);
      if (tradeoff === 0) expect(share).toBe(prompts.length);
      if (tradeoff === 10) expect(share).toBe(0);
      before = share;
    }
  });

  test.each([
    { name: "a wildcard", settings: { allowed_models: ["anthropic/*"] }, model: /^anthropic\// },
    {
      name: "a model outside the pool",
      settings: { allowed_models: ["openai/gpt-4o-mini"] },
      model: /^openai\/gpt-4o-mini$/,
    },
    { name: "a wildcard outside the pool", settings: { allowed_models: ["openai/gpt-4o*"] }, model: /^openai\/gpt-4o/ },
    { name: "what is excluded", settings: { excluded_models: ["openai/*"] }, model: /^anthropic\// },
    { name: "a low tier", settings: { cost_tier: "low" }, model: /nano|mini/ },
  ])("honour $name", async ({ settings, model }) => {
    expect(await modelFor(HARD, router(settings))).toMatch(model);
  });

  test.each([
    {
      name: "a trade-off above 10",
      plugins: [{ id: "auto-router", cost_quality_tradeoff: 11 }],
      field: "plugins[0].cost_quality_tradeoff",
    },
    {
      name: "half a step",
      plugins: [{ id: "auto-router", cost_quality_tradeoff: 2.5 }],
      field: "plugins[0].cost_quality_tradeoff",
    },
    { name: "an unknown tier", plugins: [{ id: "auto-router", cost_tier: "tiny" }], field: "plugins[0].cost_tier" },
    {
      name: "models that are no list",
      plugins: [{ id: "auto-router", allowed_models: "openai/*" }],
      field: "plugins[0].allowed_models",
    },
    {
      name: "in the form of an object",
      plugins: { "auto-router": { cost_quality_tradeoff: -1 } },
      field: "plugins.auto-router.cost_quality_tradeoff",
    },
    {
      name: "an unknown field",
      plugins: [{ id: "auto-router", cost: 1 }],
      field: 'plugins[0]: has unknown field "cost"',
    },
    {
      name: "nothing left to choose",
      plugins: [{ id: "auto-router", allowed_models: ["nobody/*"] }],
      field: "allowed_models",
    },
  ])("refuse $name", async ({ plugins, field }) => {
    const answer = await complete(EASY, { plugins });
    expect(answer.status).toBe(400);
    expect(errorResponseSchema.parse(answer.json).error.message).toContain(field);
  });

  test("do nothing on other models", async () => {
    expect(await modelFor(EASY, { model: "openai/gpt-4o-mini", ...router({ allowed_models: ["anthropic/*"] }) })).toBe(
      "openai/gpt-4o-mini",
    );
  });

  test("leave 404 with reasons when what they allow cannot serve", async () => {
    const answer = await complete(EASY, {
      ...router({ allowed_models: ["anthropic/*"] }),
      provider: { only: ["openai"] },
    });
    expect(answer.status).toBe(404);
    expect(errorResponseSchema.parse(answer.json).error.metadata?.excluded).not.toHaveLength(0);
  });
});

describe("what a request needs", () => {
  const tools = [{ type: "function", function: { name: "look_up", parameters: { type: "object", properties: {} } } }];
  const schema = {
    type: "object",
    properties: { a: { type: "string" } },
    required: ["a"],
    additionalProperties: false,
  };

  test.each<{ name: string; body: Body }>([
    { name: "tools", body: { tools } },
    {
      name: "pictures",
      body: {
        messages: [
          {
            role: "user",
            content: [
              { type: "text", text: "What is this?" },
              { type: "image_url", image_url: { url: PIXEL } },
            ],
          },
        ],
      },
    },
    {
      name: "structured output",
      body: { response_format: { type: "json_schema", json_schema: { name: "a", strict: true, schema } } },
    },
    { name: "the caller's providers", body: { provider: { only: ["anthropic"] } } },
  ])("$name: the model can do it, and it reaches the provider", async ({ body }) => {
    const model = await modelFor(EASY, body);
    const sent = [...openai.requests, ...anthropic.requests];
    expect(sent).toHaveLength(1);
    if ("provider" in body) expect(model).toMatch(/^anthropic\//);
    if ("tools" in body) expect(JSON.stringify(sent[0]?.body)).toContain("look_up");
    if ("messages" in body) expect(JSON.stringify(sent[0]?.body)).toContain(PIXEL.slice(-40));
  });

  test("pictures rule out models that cannot see", async () => {
    const messages = [{ role: "user", content: [{ type: "image_url", image_url: { url: PIXEL } }] }];
    const settings = router({
      allowed_models: ["openai/gpt-3.5-turbo", "openai/gpt-4o-mini"],
      cost_quality_tradeoff: 10,
    });
    expect(await modelFor("", { ...settings, messages })).toBe("openai/gpt-4o-mini");
  });
});

describe("Not Diamond", () => {
  let asked: unknown[] = [];
  let chosen = "openai/gpt-5.5";
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    asked.push(JSON.parse(Buffer.concat(pieces).toString("utf8")));
    response.writeHead(chosen === "" ? 500 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify({ providers: [{ provider: "openai", model: chosen }], session_id: "s" }));
  });
  let withKey: Gateway;

  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const url = `http://127.0.0.1:${address.port}`;
    withKey = await startGateway({
      providers: { openai, anthropic },
      env: { NOTDIAMOND_API_KEY: "nd-key", NOTDIAMOND_BASE_URL: url },
    });
  });

  afterAll(async () => {
    await withKey.stop();
    server.close();
  });

  beforeEach(async () => {
    asked = [];
    chosen = "openai/gpt-5.5";
    account = await withKey.newAccount("50");
  });

  test("chooses when its key is set, once per conversation", async () => {
    const answer = await complete(EASY, {}, withKey);
    expect(chatCompletionSchema.parse(answer.json).model).toBe("openai/gpt-5.5");
    expect(asked).toHaveLength(1);
  });

  test("is not needed: when it fails the local router chooses, and the route says so", async () => {
    chosen = "";
    const answer = await complete(EASY, pair(10), withKey);
    expect(chatCompletionSchema.parse(answer.json).model).toBe(WEAK);
    expect((await routeOf(answer, withKey)).route?.notices).toEqual([expect.stringContaining("Not Diamond")]);
  });

  test("is not shown what must not be collected", async () => {
    await complete(EASY, { provider: { data_collection: "deny" } }, withKey);
    expect(asked).toEqual([]);
  });
});
