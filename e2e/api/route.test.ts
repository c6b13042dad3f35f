import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { callApi, readStream } from "@/e2e/fixtures/call-api";
import { type Account, booksOf, type Gateway, startGateway } from "@/e2e/fixtures/start-gateway";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { chatCompletionSchema } from "@/lib/schemas/chat-completion";
import { publicPlanSchema } from "@/lib/schemas/public-plan";
import { routerMetadataSchema } from "@/lib/schemas/router-metadata";

const CHAT = "/chat/completions";
const MODEL = "meta-llama/llama-3.3-70b-instruct";
const OTHER_MODEL = "openai/gpt-4o-mini";
const WANTED = { "x-openrouter-metadata": "enabled" };

let deepinfra: Upstream;
let groq: Upstream;
let openai: Upstream;
let gateway: Gateway;
let account: Account;

beforeAll(async () => {
  [deepinfra, groq, openai] = await Promise.all([
    startUpstream("openai"),
    startUpstream("openai"),
    startUpstream("openai"),
  ]);
  gateway = await startGateway({ providers: { deepinfra, groq, openai } });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([deepinfra, groq, openai].map((upstream) => upstream.close()));
});

beforeEach(async () => {
  for (const upstream of [deepinfra, groq, openai]) upstream.reset();
  account = await gateway.newAccount("10");
});

const hello = (changes: Record<string, unknown> = {}) => ({
  model: MODEL,
  messages: [{ role: "user", content: "hello" }],
  ...changes,
});

async function planOf(body: unknown) {
  const { status, json } = await callApi(gateway.as(account), "/route", { body });
  expect(status).toBe(200);
  return z.object({ data: publicPlanSchema }).parse(json).data;
}

const complete = (body: unknown, headers: Record<string, string> = WANTED) =>
  callApi(gateway.as(account), CHAT, { body, headers });

describe("POST /route", () => {
  test("shows the plan with prices and costs, calls nobody and charges nothing", async () => {
    const plan = await planOf(hello({ provider: { order: ["groq", "deepinfra"] }, max_tokens: 1_000 }));
    expect(plan).toMatchObject({
      requested: MODEL,
      strategy: "order",
      selected: { model: MODEL, provider: "Groq", endpoint: "groq" },
      plan: [{ endpoint: "groq", probability: 1 }, { provider: "DeepInfra" }],
    });
    const [first] = plan.plan;
    expect(Number(first?.prices.prompt)).toBeGreaterThan(0);
    expect(first?.max_cost).toBeGreaterThan(1_000 * Number(first?.prices.completion));
    const dearest = Math.max(...plan.plan.map(({ max_cost }) => max_cost));
    expect(plan.estimated_cost.max).toBe(dearest);
    expect(plan.estimated_cost.min).toBeGreaterThan(0);
    expect(plan.estimated_cost.min).toBeLessThan(dearest);
    expect(plan.excluded.length).toBeGreaterThan(0);
    for (const { rule, reason, fix } of plan.excluded) expect([rule, reason, fix].every(Boolean)).toBe(true);

    expect([...deepinfra.requests, ...groq.requests, ...openai.requests]).toEqual([]);
    const before = { charged: 0n, leased: 0n, holds: 0 };
    expect(await booksOf(gateway, account.id)).toMatchObject(before);
  });

  test("the real request goes where the dry run said", async () => {
    for (const sort of ["price", "throughput", "latency"]) {
      const { selected } = await planOf(hello({ provider: { sort } }));
      const { json } = await complete(hello({ provider: { sort } }));
      expect(chatCompletionSchema.parse(json)).toMatchObject({ model: selected?.model, provider: selected?.provider });
    }
  });

  test("a request that nobody may serve is explained with what it would be refused with", async () => {
    const body = hello({ provider: { only: ["groq"], ignore: ["groq"] } });
    const plan = await planOf(body);
    expect(plan).toMatchObject({ selected: null, plan: [], estimated_cost: { min: null, max: null } });
    const refused = await complete(body);
    expect(refused.status).toBe(404);
    expect(refused.json).toMatchObject({ error: { code: plan.error?.code, message: plan.error?.message } });
    expect(plan.excluded).toContainEqual(expect.objectContaining({ endpoint: "groq", rule: "ignore" }));
  });

  test.each([
    { name: "an unknown model", body: { model: "nobody/nothing", messages: [{ role: "user", content: "x" }] } },
    { name: "a wrong field", body: { model: MODEL, messages: "hello" } },
    { name: "an unknown preference", body: { ...hello(), provider: { sorting: "price" } } },
  ])("$name: the same 400 as a completion", async ({ body }) => {
    const [dry, real] = await Promise.all([callApi(gateway.as(account), "/route", { body }), complete(body, {})]);
    expect(dry.status).toBe(400);
    expect(dry.json).toEqual(real.json);
  });

  test("needs a key, and not a provisioning one; other methods are refused", async () => {
    expect((await callApi(gateway.as(account), "/route", { body: hello(), key: null })).status).toBe(401);
    expect((await callApi(gateway.as(account), "/route")).status).toBe(405);
  });
});

describe("openrouter_metadata", () => {
  test("is in answers that ask for it, and in no others", async () => {
    const { json } = await complete(hello({ provider: { order: ["deepinfra"] } }));
    const metadata = routerMetadataSchema.parse(chatCompletionSchema.parse(json).openrouter_metadata);
    expect(metadata).toMatchObject({
      requested: MODEL,
      strategy: "direct",
      region: null,
      attempt: 1,
      is_byok: false,
      attempts: [{ provider: "DeepInfra", model: MODEL, status: 200 }],
    });
    expect(metadata.endpoints.available.filter(({ selected }) => selected)).toEqual([
      { provider: "DeepInfra", model: MODEL, selected: true },
    ]);
    expect(metadata.endpoints.total).toBe(metadata.endpoints.available.length + metadata.excluded.length);
    for (const headers of [{}, { "x-openrouter-metadata": "disabled" }]) {
      expect((await complete(hello(), headers)).json).not.toHaveProperty("openrouter_metadata");
    }
    const older = await complete(hello(), { "x-openrouter-experimental-metadata": "enabled" });
    expect(older.json).toHaveProperty("openrouter_metadata");
  });

  test("comes with the last chunk of a stream", async () => {
    const { text } = await complete(hello({ stream: true, provider: { order: ["deepinfra"] } }));
    const { chunks } = readStream(text);
    expect(chunks.at(-1)).toHaveProperty("openrouter_metadata.summary", expect.stringContaining("selected=DeepInfra"));
    for (const chunk of chunks.slice(0, -1)) expect(chunk).not.toHaveProperty("openrouter_metadata");
  });

  test("tells of fallbacks, in providers and in models", async () => {
    deepinfra.behave({ kind: "status", status: 500 });
    groq.behave({ kind: "status", status: 503 });
    const body = hello({ models: [OTHER_MODEL], provider: { order: ["deepinfra", "groq"] } });
    const { json } = await complete(body);
    expect(chatCompletionSchema.parse(json).openrouter_metadata).toMatchObject({
      strategy: "fallback",
      attempt: 3,
      attempts: [{ status: 500 }, { status: 503 }, { provider: "OpenAI", model: OTHER_MODEL, status: 200 }],
    });
  });

  test("is in refusals that routing or providers caused, and not in those of the caller's own making", async () => {
    const unroutable = await complete(hello({ provider: { only: ["openai"] } }));
    expect(unroutable.json).toMatchObject({
      error: { code: 404 },
      openrouter_metadata: { attempt: 0, endpoints: { available: [] }, summary: "available=0, selected=none" },
    });
    deepinfra.behave({ kind: "status", status: 500 });
    groq.behave({ kind: "status", status: 500 });
    const failed = await complete(hello());
    expect(failed.json).toMatchObject({ error: { code: 502 }, openrouter_metadata: { attempt: 2 } });
    expect((await complete({ model: MODEL })).json).not.toHaveProperty("openrouter_metadata");
    expect((await complete(hello(), { ...WANTED, authorization: "Bearer x" })).json).not.toHaveProperty(
      "openrouter_metadata",
    );
  });
});
