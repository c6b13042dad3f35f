import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { callApi, type Target } from "@/e2e/fixtures/call-api";
import { type Account, type Gateway, startGateway } from "@/e2e/fixtures/start-gateway";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { publicSettingsSchema } from "@/lib/schemas/account-settings";
import { generationResponseSchema } from "@/lib/schemas/generation";
import { publicPlanSchema } from "@/lib/schemas/public-plan";
import { chatBody } from "./protocols";
import { CHAT, complete, refusalOf } from "./read-answers";

// Served by providers of every kind: Chutes trains on prompts, Friendli keeps them, DeepInfra and Together do neither.
const MODEL = "z-ai/glm-5.2";
const PROVIDERS = ["deepinfra", "together", "friendli", "chutes"] as const;
const FREE_MODEL = "nvidia/nemotron-nano-9b-v2:free";
/** How long after a change the state before it may still be met. */
const LIMIT_MS = 1_000;
/** How long a test waits for it: a busy machine is slow to ask, which says nothing of the change. */
const PATIENCE_MS = 10_000;

const DEFAULTS = {
  privacy: { allow_training_paid: true, allow_training_free: true, zdr: false, log_content: false },
  preferences: {
    default_model: null,
    default_sort: null,
    allowed_providers: [],
    ignored_providers: [],
    lock_allowed_providers: false,
  },
  plugins: [],
};

const excludedSchema = z.array(
  z.object({ endpoint: z.string(), rule: z.string(), reason: z.string(), fix: z.string() }),
);

let upstream: Upstream;
let gateway: Gateway;
let account: Account;
/** The account's ordinary key, and its provisioning key. */
let client: Target;
let manager: Target;

beforeAll(async () => {
  upstream = await startUpstream("openai");
  const providers = Object.fromEntries([...PROVIDERS, "nvidia"].map((slug) => [slug, upstream]));
  gateway = await startGateway({ providers, env: { WEB_CONCURRENCY: "2" } });
});

afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

beforeEach(async () => {
  upstream.reset();
  // Enough that no worker has to wait for credit that the other one has set aside.
  account = await gateway.newAccount("10000");
  client = gateway.as(account);
  manager = gateway.as({ key: await gateway.newProvisioningKey(account) });
});

async function settingsOf(target: Target) {
  const { status, text, json } = await callApi(target, "/settings");
  expect(status, text).toBe(200);
  return z.strictObject({ data: publicSettingsSchema }).parse(json).data;
}

async function change(body: unknown) {
  const { status, text, json } = await callApi(manager, "/settings", { method: "PATCH", body });
  expect(status, text).toBe(200);
  return z.strictObject({ data: publicSettingsSchema }).parse(json).data;
}

/** Changes settings and waits until every process acts on them, as `isActing` sees it. */
async function settle(body: unknown, isActing: () => Promise<boolean>) {
  await change(body);
  // Several times over: the answers come from two processes.
  const everywhere = async () => (await Promise.all(Array.from({ length: 8 }, isActing))).every(Boolean);
  await expect.poll(everywhere, { timeout: PATIENCE_MS, interval: 20 }).toBe(true);
}

/** The endpoints that a request would be tried at and those left out, as its record tells. */
async function routeOf(body: Record<string, unknown>) {
  const { id } = await complete(client, body);
  const { json } = await callApi(client, `/generation?id=${id}`);
  const { route } = generationResponseSchema.parse(json).data;
  return { ...route, endpoints: route.candidates.map(({ endpoint }) => endpoint) };
}

const ask = (provider?: Record<string, unknown>) => chatBody(MODEL, provider === undefined ? {} : { provider });
const excludes = (endpoint: string, rule: string) => async () => {
  const { excluded } = await routeOf(ask());
  return excluded.some((entry) => entry.endpoint === endpoint && entry.rule === rule);
};

describe("reading and changing", () => {
  test("an account that never set anything has the defaults", async () => {
    expect(await settingsOf(manager)).toEqual(DEFAULTS);
  });

  test("a patch answers with everything, changes what it names, and null goes back to the default", async () => {
    const privacy = { allow_training_paid: false, allow_training_free: false, zdr: true, log_content: true };
    const preferences = {
      default_model: "openai/gpt-4o-mini",
      default_sort: "throughput",
      allowed_providers: ["deepinfra", "Together"],
      ignored_providers: ["chutes"],
      lock_allowed_providers: true,
    };
    expect(await change({ privacy, preferences })).toEqual({ privacy, preferences, plugins: [] });
    expect(await change({})).toEqual({ privacy, preferences, plugins: [] });

    const changed = await change({ privacy: { zdr: false }, preferences: { default_sort: null } });
    const expected = {
      privacy: { ...privacy, zdr: false },
      preferences: { ...preferences, default_sort: null },
      plugins: [],
    };
    expect([changed, await settingsOf(manager)]).toEqual([expected, expected]);

    expect(await change({ privacy: null, preferences: null, plugins: null })).toEqual(DEFAULTS);
  });

  test("who may: provisioning keys of the account", async () => {
    for (const method of ["GET", "PATCH"]) {
      const call = { method, ...(method === "PATCH" ? { body: {} } : {}) };
      expect(await refusalOf(client, "/settings", call)).toMatchObject({
        status: 403,
        message: "Only management keys can perform this operation",
      });
      expect(await refusalOf(client, "/settings", { ...call, key: null })).toMatchObject({ status: 401 });
    }
    expect(await refusalOf(manager, "/settings", { method: "DELETE" })).toMatchObject({ status: 405 });
  });

  test("browsers of other sites may", async () => {
    const { status, headers } = await callApi(manager, "/settings", { headers: { origin: "https://app.example" } });
    expect([status, headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
  });

  test("an account's settings are its own", async () => {
    const other = await gateway.newAccount("10");
    const otherManager = gateway.as({ key: await gateway.newProvisioningKey(other) });
    await settle({ preferences: { ignored_providers: ["chutes"] } }, excludes("chutes", "ignore"));

    expect(await settingsOf(otherManager)).toEqual(DEFAULTS);
    client = gateway.as(other);
    expect((await routeOf(ask())).endpoints.toSorted()).toEqual([...PROVIDERS].toSorted());
  });
});

describe("a wrong field is named, and nothing is changed", () => {
  test.each<{ field: string; body: unknown; problem?: RegExp }>([
    ...["allow_training_paid", "allow_training_free", "zdr", "log_content"].flatMap((name) =>
      ["true", 1, {}, []].map((value) => ({ field: `privacy.${name}`, body: { privacy: { [name]: value } } })),
    ),
    { field: "privacy", body: { privacy: true } },
    { field: "privacy", body: { privacy: { zdr: true, training: false } }, problem: /"training"/ },
    { field: "preferences", body: { preferences: [] } },
    { field: "preferences", body: { preferences: { theme: "dark" } }, problem: /"theme"/ },
    { field: "body", body: { privacy: {}, billing: {} }, problem: /"billing"/ },
    ...[1, "", {}, "x".repeat(513), "openai/no-such-model", "@preset/mine"].map((value) => ({
      field: "preferences.default_model",
      body: { preferences: { default_model: value } },
    })),
    ...["fame", 1, {}, ""].map((value) => ({
      field: "preferences.default_sort",
      body: { preferences: { default_sort: value } },
      problem: /price/,
    })),
    ...["allowed_providers", "ignored_providers"].flatMap((name) => [
      { field: `preferences.${name}`, body: { preferences: { [name]: "openai" } } },
      { field: `preferences.${name}[0]`, body: { preferences: { [name]: [1] } } },
      { field: `preferences.${name}[0]`, body: { preferences: { [name]: [""] } } },
      {
        field: `preferences.${name}[1]`,
        body: { preferences: { [name]: ["openai", "opneai"] } },
        problem: /"opneai"/,
      },
      { field: `preferences.${name}`, body: { preferences: { [name]: Array(201).fill("openai") } } },
    ]),
    { field: "preferences.lock_allowed_providers", body: { preferences: { lock_allowed_providers: "yes" } } },
    { field: "plugins", body: { plugins: { web: {} } } },
    { field: "plugins[0].id", body: { plugins: [{}] } },
    { field: "plugins[0].id", body: { plugins: [{ id: "weather" }] }, problem: /unknown plugin "weather"; known/ },
    { field: "plugins[0].enabled", body: { plugins: [{ id: "web", enabled: "no" }] } },
    { field: "plugins[0].prevent_overrides", body: { plugins: [{ id: "web", prevent_overrides: 1 }] } },
    { field: "plugins[1].id", body: { plugins: [{ id: "web" }, { id: "web" }] }, problem: /already/ },
    { field: "plugins[0]", body: { plugins: [{ id: "web", note: "x".repeat(20_000) }] }, problem: /characters/ },
  ])("$field: $body", async ({ field, body, problem }) => {
    const refusal = await refusalOf(manager, "/settings", { method: "PATCH", body });
    expect(refusal).toMatchObject({ status: 400, metadata: { error_type: "invalid_request", field } });
    if (problem !== undefined) expect(refusal.message).toMatch(problem);
    expect(await settingsOf(manager)).toEqual(DEFAULTS);
  });

  test.each(["", "[]", "null", "{"])("a body of %j", async (body) => {
    expect(await refusalOf(manager, "/settings", { method: "PATCH", body })).toMatchObject({ status: 400 });
  });
});

describe("what they do to requests", () => {
  test("the account's allowed providers, with the request's added", async () => {
    const preferences = { allowed_providers: ["DeepInfra"] };
    await settle({ preferences }, excludes("together", "only"));

    const alone = await routeOf(ask());
    expect(alone.endpoints).toEqual(["deepinfra"]);
    expect(alone.excluded.find(({ endpoint }) => endpoint === "together")).toMatchObject({
      rule: "only",
      fix: expect.stringContaining("/settings/preferences"),
    });
    expect((await routeOf(ask({ only: ["chutes"] }))).endpoints.toSorted()).toEqual(["chutes", "deepinfra"]);
  });

  test("a locked list is a ceiling", async () => {
    const preferences = { allowed_providers: ["deepinfra", "together"], lock_allowed_providers: true };
    await settle({ preferences }, excludes("chutes", "only"));

    expect((await routeOf(ask({ only: ["together", "chutes"] }))).endpoints).toEqual(["together"]);
    const refusal = await refusalOf(client, CHAT, { body: ask({ only: ["chutes"] }) });
    expect(refusal).toMatchObject({ status: 404, message: expect.stringContaining("/settings/preferences") });
    const chutes = excludedSchema.parse(refusal.metadata?.excluded).find(({ endpoint }) => endpoint === "chutes");
    expect(chutes).toMatchObject({
      rule: "only",
      reason: expect.stringContaining("lock_allowed_providers"),
      fix: expect.stringContaining("/settings/preferences"),
    });
  });

  test("ignored providers of both", async () => {
    await settle({ preferences: { ignored_providers: ["Chutes", "friendli"] } }, excludes("chutes", "ignore"));

    expect((await routeOf(ask({ ignore: ["together"] }))).endpoints).toEqual(["deepinfra"]);
  });

  test("the default sort, where a request has none of its own", async () => {
    await settle({ preferences: { default_sort: "price" } }, async () => (await routeOf(ask())).strategy === "price");

    expect((await routeOf(ask())).endpoints[0]).toBe("deepinfra");
    expect((await routeOf(ask({ sort: "latency" }))).strategy).toBe("latency");
    expect((await routeOf(ask({ order: ["chutes"] }))).strategy).toBe("order");
    expect((await routeOf(chatBody(`${MODEL}:nitro`))).strategy).toBe("throughput");
  });

  test("the default model, where a request names none", async () => {
    const messages = [{ role: "user", content: "Say hello" }];
    const isActing = async () => (await callApi(client, CHAT, { body: { messages } })).text.includes(MODEL);
    await settle({ preferences: { default_model: `${MODEL}:floor` } }, isActing);

    expect(await routeOf({ messages })).toMatchObject({ requested: `${MODEL}:floor`, strategy: "price" });
    expect((await complete(client, { messages, model: FREE_MODEL })).model).toBe(FREE_MODEL);
    expect((await complete(client, { messages, models: [FREE_MODEL] })).model).toBe(FREE_MODEL);
  });

  test("no training by paid endpoints", async () => {
    await settle({ privacy: { allow_training_paid: false } }, excludes("chutes", "data_collection"));

    const { endpoints, excluded } = await routeOf(ask({ data_collection: "allow" }));
    expect(endpoints.toSorted()).toEqual(["deepinfra", "together"]);
    expect(excluded.find(({ endpoint }) => endpoint === "chutes")).toMatchObject({
      rule: "data_collection",
      reason: expect.stringContaining("allow_training_paid"),
      fix: expect.stringContaining("/settings/privacy"),
    });
    expect((await complete(client, chatBody(FREE_MODEL))).model).toBe(FREE_MODEL);
  });

  test("no training by free endpoints", async () => {
    const isActing = async () => (await callApi(client, CHAT, { body: chatBody(FREE_MODEL) })).status === 404;
    await settle({ privacy: { allow_training_free: false } }, isActing);

    expect(await refusalOf(client, CHAT, { body: chatBody(FREE_MODEL) })).toMatchObject({
      status: 404,
      message: expect.stringContaining("/settings/privacy"),
      metadata: { excluded: [{ rule: "data_collection", reason: expect.stringContaining("allow_training_free") }] },
    });
    expect((await routeOf(ask())).endpoints).toHaveLength(PROVIDERS.length);
  });

  test("a dry run obeys them as well", async () => {
    await settle({ privacy: { zdr: true } }, excludes("chutes", "zdr"));

    const { json } = await callApi(client, "/route", { body: ask() });
    const { data } = z.strictObject({ data: publicPlanSchema }).parse(json);
    expect(data.plan.map(({ endpoint }) => endpoint).toSorted()).toEqual(["deepinfra", "together"]);
  });

  test("zero data retention, which a request cannot take back", async () => {
    await settle({ privacy: { zdr: true } }, excludes("chutes", "zdr"));

    const { endpoints, excluded } = await routeOf(ask({ zdr: false }));
    expect(endpoints.toSorted()).toEqual(["deepinfra", "together"]);
    expect(excluded.find(({ endpoint }) => endpoint === "friendli")).toMatchObject({
      rule: "zdr",
      fix: expect.stringContaining("/settings/privacy"),
    });
  });

  test("nothing asked reached a provider that it must not", async () => {
    await settle({ preferences: { allowed_providers: ["together"], lock_allowed_providers: true } }, async () => {
      return (await routeOf(ask())).endpoints.join() === "together";
    });
    upstream.reset();
    await Promise.all(Array.from({ length: 10 }, () => complete(client, ask({ order: ["chutes"] }))));

    expect(new Set(upstream.requests.map(({ headers }) => headers.authorization))).toEqual(
      new Set(["Bearer key-of-together"]),
    );
  });
});

test("a change acts within a second, on every worker and open connection", async () => {
  const clients = 16;
  const seen: { startedMs: number; provider: string | undefined }[] = [];
  let stopped = false;
  const run = async () => {
    while (!stopped) {
      const startedMs = performance.now();
      const { provider } = await complete(client, ask({ order: ["chutes"] }));
      seen.push({ startedMs, provider });
    }
  };
  const running = Promise.all(Array.from({ length: clients }, run));
  await expect.poll(() => seen.length, { timeout: PATIENCE_MS }).toBeGreaterThan(4 * clients);
  expect(new Set(seen.map(({ provider }) => provider))).toEqual(new Set(["Chutes"]));

  await change({ preferences: { ignored_providers: ["chutes"] } });
  const changedMs = performance.now();
  const after = () => seen.filter(({ provider }) => provider !== "Chutes");
  await expect.poll(() => after().length, { timeout: PATIENCE_MS }).toBeGreaterThan(4 * clients);
  stopped = true;
  await running;
  const lastOld = seen.findLast(({ provider }) => provider === "Chutes");
  expect((lastOld?.startedMs ?? 0) - changedMs).toBeLessThan(LIMIT_MS);
});
