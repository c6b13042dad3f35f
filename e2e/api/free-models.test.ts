import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ApiAnswer, callApi } from "@/e2e/fixtures/call-api";
import { type Account, type Gateway, newDataDir, startGateway } from "@/e2e/fixtures/start-gateway";
import { type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { chatCompletionSchema } from "@/lib/schemas/chat-completion";

const FREE_MODEL = "openai/gpt-oss-20b:free";
const PAID_MODEL = "openai/gpt-4o-mini";
/** A debt of it is no obstacle to anything but money. */
const DEBT_NANO_USD = -2_000_000_000;

const refusalSchema = z.object({
  error: z.object({
    code: z.literal(429),
    message: z.string(),
    metadata: z.object({
      error_type: z.literal("rate_limit_exceeded"),
      headers: z.record(z.string(), z.string()),
    }),
  }),
});
const keySchema = z.object({
  data: z.object({
    free_model_daily_requests: z.object({ limit: z.number(), used: z.number(), remaining: z.number() }),
    rate_limit: z.object({ requests: z.number(), interval: z.string(), note: z.string() }),
  }),
});
const routeSchema = z.object({
  data: z.object({ route: z.object({ excluded: z.array(z.object({ endpoint: z.string(), rule: z.string() })) }) }),
});

let free: Upstream;
let paid: Upstream;

beforeAll(async () => {
  [free, paid] = await Promise.all([startUpstream("openai"), startUpstream("openai")]);
});

afterAll(async () => {
  await Promise.all([free.close(), paid.close()]);
});

beforeEach(() => {
  free.reset();
  paid.reset();
});

function ask(target: { url: string; key: string }, extra: Readonly<Record<string, unknown>> = {}): Promise<ApiAnswer> {
  return callApi(target, "/chat/completions", {
    body: { model: FREE_MODEL, messages: [{ role: "user", content: "Say hello" }], max_tokens: 20, ...extra },
  });
}

const countOf = (answers: readonly ApiAnswer[], status: number) =>
  answers.filter((one) => one.status === status).length;

async function allowanceOf(target: { url: string; key: string }) {
  const { json } = await callApi(target, "/key");
  const { free_model_daily_requests: today, rate_limit } = keySchema.parse(json).data;
  return { ...today, perMinute: rate_limit.requests };
}

describe("20 requests a minute to free models, over two servers", () => {
  let gateway: Gateway;
  let other: RunningServer;
  let account: Account;

  const at = (index: number) => ({ url: index % 2 === 0 ? gateway.server.url : other.url, key: account.key });
  const askMany = (count: number, extra = {}) =>
    Promise.all(Array.from({ length: count }, (_, index) => ask(at(index), extra)));

  beforeAll(async () => {
    gateway = await startGateway({
      providers: { openai: paid, "open-inference": free },
      env: { FREE_REQUESTS_PER_MINUTE: "20", FREE_REQUESTS_PER_DAY: "50" },
    });
    other = await startServer({ env: gateway.env, dataDir: newDataDir() });
  });

  afterAll(async () => {
    await other.stop();
    await gateway.stop();
  });

  beforeEach(async () => {
    account = await gateway.newAccount("1");
  });

  test("are exactly 20, all at once, and the others are told when to come again", async () => {
    const startedMs = Date.now();
    const answers = await askMany(60);
    expect(countOf(answers, 200)).toBe(20);
    expect(countOf(answers, 429)).toBe(40);
    expect(free.requests).toHaveLength(20);

    for (const { json, headers } of answers.filter(({ status }) => status === 429)) {
      const { message, metadata } = refusalSchema.parse(json).error;
      expect(message).toMatch(/^Rate limit exceeded: free-models-per-min\. .*20 requests a minute/);
      const reset = Number(headers.get("x-ratelimit-reset"));
      expect(reset).toBeGreaterThan(startedMs);
      expect(reset).toBeLessThanOrEqual(Date.now() + 60_000);
      expect([headers.get("x-ratelimit-limit"), headers.get("x-ratelimit-remaining")]).toEqual(["20", "0"]);
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
      expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(60);
      expect(metadata.headers).toEqual({
        "X-RateLimit-Limit": "20",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": String(reset),
      });
      expect(headers.get("access-control-expose-headers")).toContain("X-RateLimit-Reset");
    }
    expect(await allowanceOf(at(0))).toEqual({ limit: 50, used: 20, remaining: 30, perMinute: 20 });
  });

  test("are exactly 20, one after the other, streamed or not", async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 22; index += 1) {
      statuses.push((await ask(at(index), { stream: index % 3 === 0 })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 429, 429]);
  });

  test("leave other models and other accounts alone", async () => {
    await askMany(21);
    expect(countOf(await askMany(21, { model: PAID_MODEL }), 200)).toBe(21);
    account = await gateway.newAccount("1");
    expect((await ask(at(0))).status).toBe(200);
  });

  test("are passed over for the next model of the request, and the route says so", async () => {
    await askMany(21);
    const answer = await ask(at(0), { models: [PAID_MODEL] });
    expect(answer.status, answer.text).toBe(200);
    expect(chatCompletionSchema.parse(answer.json).model).toBe(PAID_MODEL);
    const { json } = await callApi(at(0), `/generation?id=${answer.headers.get("x-generation-id")}`);
    expect(routeSchema.parse(json).data.route.excluded).toContainEqual(
      expect.objectContaining({ rule: "free_requests", endpoint: "open-inference/int8" }),
    );
  });

  test("have the form of the protocol that was asked", async () => {
    await askMany(21);
    const messages = [{ role: "user", content: "Say hello" }];
    const answer = await callApi(at(0), "/messages", { body: { model: FREE_MODEL, messages, max_tokens: 20 } });
    expect(answer.status).toBe(429);
    expect(answer.json).toMatchObject({ type: "error", error: { type: "rate_limit_error" } });
    expect(answer.headers.get("x-ratelimit-limit")).toBe("20");
  });

  test.each([
    { name: "an account in debt", extra: {}, status: 402 },
    { name: "a request that nobody can serve", extra: { provider: { only: ["mistral"] } }, status: 404 },
    { name: "a request that is wrong", extra: { temperature: "hot" }, status: 400 },
  ])("do not count what was refused before anybody was called: $name", async ({ extra, status }) => {
    if (status === 402) await adjust(DEBT_NANO_USD);
    expect(countOf(await askMany(25, extra), status)).toBe(25);
    if (status === 402) await adjust(-DEBT_NANO_USD);
    expect(free.requests).toHaveLength(0);
    expect(countOf(await askMany(25), 200)).toBe(20);
  });

  test("do not count requests that a paid model in front of the free one serves", async () => {
    expect(countOf(await askMany(25, { model: PAID_MODEL, models: [FREE_MODEL] }), 200)).toBe(25);
    expect(countOf(await askMany(25), 200)).toBe(20);
  });

  test("count those that fail at the provider", async () => {
    free.behave({ kind: "status", status: 500 });
    const answers = await askMany(25);
    expect(countOf(answers, 429)).toBe(5);
    expect(await allowanceOf(at(0))).toMatchObject({ used: 20, remaining: 30 });
  });

  test("count on when a server stops in between", async () => {
    const third = await startServer({ env: gateway.env, dataDir: newDataDir() });
    expect((await ask({ url: third.url, key: account.key })).status).toBe(200);
    await third.stop();
    expect(countOf(await askMany(25), 200)).toBe(19);
  });

  async function adjust(amountNanoUsd: number): Promise<void> {
    const entry = [{ accountId: account.id, kind: "adjustment", amountNanoUsd }];
    await gateway.sql(`select * from signalbox_add_entries('${JSON.stringify(entry)}')`);
  }
});

describe("an operator's own limits", () => {
  let gateway: Gateway;

  beforeAll(async () => {
    gateway = await startGateway({
      providers: { openai: paid, "open-inference": free },
      env: {
        FREE_REQUESTS_PER_MINUTE: "0",
        FREE_REQUESTS_PER_DAY: "5",
        FREE_REQUESTS_PER_DAY_BUYERS: "8",
        FREE_REQUESTS_BUYER_CREDITS: "2.5",
      },
    });
  });

  afterAll(() => gateway.stop());

  test("hold for a day, and are higher at once for an account that has bought credits", async () => {
    const account = await gateway.newAccount("0");
    const target = gateway.as(account);
    const before = await Promise.all(Array.from({ length: 9 }, () => ask(target)));
    expect(countOf(before, 200)).toBe(5);
    const refused = await ask(target);
    expect(refused.status).toBe(429);
    expect(refusalSchema.parse(refused.json).error.message).toMatch(
      /^Rate limit exceeded: free-models-per-day\. .*5 requests a day/,
    );
    const reset = Number(refused.headers.get("x-ratelimit-reset"));
    expect(Math.abs(reset - (Math.floor(Date.now() / 86_400_000) + 1) * 86_400_000)).toBeLessThan(2_000);
    expect(await allowanceOf(target)).toEqual({ limit: 5, used: 5, remaining: 0, perMinute: -1 });

    const bought = [{ accountId: account.id, kind: "purchase", amountNanoUsd: 2_500_000_000 }];
    await gateway.sql(`select * from signalbox_add_entries('${JSON.stringify(bought)}')`);
    await expect.poll(async () => (await ask(target)).status, { timeout: 3_000 }).toBe(200);
    const after = await Promise.all(Array.from({ length: 9 }, () => ask(target)));
    expect(countOf(after, 200)).toBe(2);
    expect(await allowanceOf(target)).toEqual({ limit: 8, used: 8, remaining: 0, perMinute: -1 });
  });
});
