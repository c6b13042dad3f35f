import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ApiAnswer, callApi, type Target } from "@/e2e/fixtures/call-api";
import { type Account, type Gateway, newDataDir, startGateway } from "@/e2e/fixtures/start-gateway";
import { type FakeRedis, startRedis } from "@/e2e/fixtures/start-redis";
import { type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { generationResponseSchema } from "@/lib/schemas/generation";
import { publicEndpointListSchema } from "@/lib/schemas/public-catalog";
import { waitFor } from "@/lib/testing/wait-for";

const MODEL = "meta-llama/llama-3.3-70b-instruct";

let first: Upstream;
let second: Upstream;
let third: Upstream;

beforeAll(async () => {
  [first, second, third] = await Promise.all([
    startUpstream("openai"),
    startUpstream("openai"),
    startUpstream("openai"),
  ]);
});
afterAll(() => Promise.all([first, second, third].map((upstream) => upstream.close())));
beforeEach(() => {
  for (const upstream of [first, second, third]) upstream.reset();
});

const providers = () => ({ deepinfra: first, groq: second, novita: third });

async function ask(target: Target, provider: object, extra: object = {}): Promise<ApiAnswer> {
  return callApi(target, "/chat/completions", {
    body: { model: MODEL, messages: [{ role: "user", content: "Say hello" }], max_tokens: 50, provider, ...extra },
  });
}

/** Loading Next keeps a process from everything else for a while, and would be measured too. */
async function pagesLoaded(url: string): Promise<void> {
  await (await fetch(`${url}/sign-in`)).text();
}

async function routeOf(target: Target, answer: ApiAnswer) {
  const found = await callApi(target, `/generation?id=${answer.headers.get("x-generation-id")}`);
  expect(found.status, found.text).toBe(200);
  return generationResponseSchema.parse(found.json).data.route;
}

async function endpointsOf(url: string) {
  const { json } = await callApi({ url, key: "" }, `/models/${MODEL}/endpoints`, { key: null });
  const { endpoints } = z.object({ data: publicEndpointListSchema }).parse(json).data;
  return (provider: string) => endpoints.find(({ provider_name }) => provider_name === provider);
}

describe("one process", () => {
  let gateway: Gateway;
  let account: Account;
  beforeAll(async () => {
    gateway = await startGateway({ providers: providers() });
    await pagesLoaded(gateway.server.url);
    account = await gateway.newAccount("10");
  });
  afterAll(() => gateway.stop());

  test("measures what it sees, sorts and prefers by it, and knows it after a restart", async () => {
    const before = (await endpointsOf(gateway.server.url))("Groq");
    expect(before).toMatchObject({ latency_last_30m: null, throughput_last_30m: null, uptime_last_30m: null });

    first.behave({ kind: "answer", delayMs: 700, chunkDelayMs: 60 });
    second.behave({ kind: "answer", delayMs: 20, chunkDelayMs: 200 });
    third.behave({ kind: "answer", delayMs: 300 });
    const target = gateway.as(account);
    for (const name of ["deepinfra", "groq", "novita"]) {
      for (let times = 0; times < 3; times += 1) {
        const answer = await ask(target, { only: [name] }, { stream: true });
        expect(answer.status, answer.text).toBe(200);
      }
    }
    second.behave({ kind: "status", status: 500 });
    await ask(target, { only: ["groq"] });
    second.behave({ kind: "status", status: 429 });
    await ask(target, { only: ["groq"] });
    second.reset();
    // A complaint about the request says nothing about the provider.
    first.behave({ kind: "status", status: 400 });
    for (let times = 0; times < 3; times += 1) await ask(target, { only: ["deepinfra"] });
    first.reset();

    const measured = await endpointsOf(gateway.server.url);
    expect(measured("DeepInfra")?.latency_last_30m?.p50).toBeGreaterThan(650);
    expect(measured("Groq")?.latency_last_30m?.p50).toBeLessThan(300);
    // Three of four went well; the refusal by a rate limit says nothing.
    expect(measured("Groq")).toMatchObject({ uptime_last_5m: 75, uptime_last_30m: 75, uptime_last_1d: 75 });
    for (const name of ["DeepInfra", "Novita"]) expect(measured(name)?.uptime_last_1d).toBe(100);
    // The higher percentiles are the worse ones: of speeds the lower.
    const { p50 = 0, p99 = 0 } = measured("Novita")?.throughput_last_30m ?? {};
    expect(p99).toBeGreaterThan(0);
    expect(p50).toBeGreaterThanOrEqual(p99);

    const orderBy = async (provider: object) =>
      (await routeOf(target, await ask(target, provider))).candidates.map((candidate) => candidate.provider);
    expect(await orderBy({ sort: "latency" })).toEqual(["Groq", "Novita", "DeepInfra"]);
    expect(await orderBy({ sort: { by: "throughput" } })).toEqual(["Novita", "DeepInfra", "Groq"]);
    // Both kinds of preference put the slow one last, and leave it in.
    expect((await orderBy({ sort: "price", preferred_max_latency: 0.6 })).at(-1)).toBe("DeepInfra");
    expect((await orderBy({ preferred_max_latency: { p90: 0.65, p50: 0.6 } })).at(-1)).toBe("DeepInfra");

    const last = await endpointsOf(gateway.server.url);
    await gateway.server.stop();
    const restarted = await startServer({ env: gateway.env, dataDir: newDataDir() });
    const shown = await endpointsOf(restarted.url);
    const again = { url: restarted.url, key: account.key };
    const route = await routeOf(again, await ask(again, { sort: "latency" }));
    await restarted.stop();
    for (const name of ["DeepInfra", "Groq"]) {
      expect(shown(name)?.latency_last_30m?.p50, name).toBe(last(name)?.latency_last_30m?.p50);
    }
    expect(shown("Novita")?.uptime_last_1d).toBe(100);
    expect(route.strategy).toBe("latency");
    expect(route.candidates.at(-1)?.provider).toBe("DeepInfra");
  });
});

describe.each(["PostgreSQL", "Redis"])("two processes that tell each other through %s", (through) => {
  let redis: FakeRedis | undefined;
  let gateway: Gateway;
  let other: RunningServer;
  let account: Account;
  beforeAll(async () => {
    redis = through === "Redis" ? await startRedis() : undefined;
    gateway = await startGateway({
      providers: providers(),
      env: redis === undefined ? {} : { REDIS_URL: redis.url },
    });
    other = await startServer({ env: gateway.env, dataDir: newDataDir() });
    await Promise.all([gateway.server.url, other.url].map(pagesLoaded));
    account = await gateway.newAccount("10");
  });
  afterAll(async () => {
    await other.stop();
    await gateway.stop();
    await redis?.close();
  });

  /** Whether the second process puts DeepInfra behind the others, however often it is asked. */
  async function isLastThere(): Promise<boolean> {
    const target = { url: other.url, key: account.key };
    for (let times = 0; times < 12; times += 1) {
      // Groq answers, so that nothing is learnt of the others here.
      const { candidates } = await routeOf(target, await ask(target, { order: ["groq"] }));
      if (candidates.at(-1)?.provider !== "DeepInfra") return false;
    }
    return true;
  }

  test("an outage that one notices is known to the other within a second or so", async () => {
    expect(await isLastThere()).toBe(false);
    first.behave({ kind: "status", status: 503 });
    for (let times = 0; times < 3; times += 1) await ask(gateway.as(account), { only: ["deepinfra"] });
    const noticedMs = performance.now();
    await waitFor("the other process to know of the outage", isLastThere);
    expect(performance.now() - noticedMs).toBeLessThan(2_500);
    if (redis !== undefined) expect(redis.published()).toBeGreaterThan(0);
  });

  test("speeds that one measures are shown by the other", async () => {
    await ask(gateway.as(account), { only: ["novita"] });
    await waitFor(
      "the other process to know the speed",
      async () => (await endpointsOf(other.url))("Novita")?.latency_last_30m != null,
    );
    expect((await endpointsOf(other.url))("Novita")?.uptime_last_5m).toBe(100);
  });

  test("a conversation whose provider reports cached tokens goes back to it in the other process too", async () => {
    third.behave({ kind: "answer", usage: { prompt: 10, completion: 5, cached: 8 } });
    const session = { session_id: `conversation of ${through}` };
    await ask(gateway.as(account), { only: ["novita"] }, session);
    // From here on nobody reports cached tokens: the other process cannot learn it by itself.
    third.reset();
    const target = { url: other.url, key: account.key };
    await waitFor(
      "the other process to know",
      async () => (await routeOf(target, await ask(target, { ignore: ["none"] }, session))).strategy === "affinity",
    );
    const { candidates, attempts } = await routeOf(target, await ask(target, {}, session));
    expect(candidates[0]).toMatchObject({ provider: "Novita", probability: 1 });
    expect(attempts).toMatchObject([{ provider: "Novita" }]);
    const sorted = await routeOf(target, await ask(target, { order: ["groq"] }, session));
    expect(sorted).toMatchObject({ strategy: "order", attempts: [{ provider: "Groq" }] });
  });

  test.runIf(through === "Redis")(
    "when Redis goes away requests go on, the log says so, and it is used again when it is back",
    async () => {
      const port = Number(new URL(redis?.url ?? "").port);
      await redis?.close();
      expect((await ask(gateway.as(account), { only: ["groq"] })).status).toBe(200);
      await waitFor("the log to say it", async () => /Redis is away/.test(gateway.server.output()));
      redis = await startRedis(port);
      await waitFor("the log to say it", async () => /Redis is back/.test(gateway.server.output()));
      await ask(gateway.as(account), { only: ["groq"] });
      await waitFor("a message through it", async () => (redis?.published() ?? 0) > 0);
    },
  );
});
