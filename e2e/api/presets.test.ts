import { OpenRouter } from "@openrouter/sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { callApi, type Target } from "@/e2e/fixtures/call-api";
import { type Account, type Gateway, startGateway } from "@/e2e/fixtures/start-gateway";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { generationResponseSchema } from "@/lib/schemas/generation";
import { publicPresetSchema, publicPresetVersionSchema, publicPresetWithVersionSchema } from "@/lib/schemas/preset";
import { publicPlanSchema } from "@/lib/schemas/public-plan";
import { CHAT, complete, exactly, refusalOf } from "./read-answers";

const MODEL = "z-ai/glm-5.2";
const OTHER_MODEL = "openai/gpt-4o-mini";
const USER = { role: "user", content: "Say hello" };
const SYSTEM = { role: "system", content: "You are a helpful assistant." };
/** How long after a change the state before it may still be met. */
const LIMIT_MS = 1_000;
/** How long a test waits for it: a busy machine is slow to ask, which says nothing of the change. */
const PATIENCE_MS = 10_000;

let upstream: Upstream;
let gateway: Gateway;
let account: Account;
let client: Target;

beforeAll(async () => {
  upstream = await startUpstream("openai");
  const providers = { openai: upstream, deepinfra: upstream, together: upstream };
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
});

const savedSchema = z.strictObject({ data: publicPresetWithVersionSchema });
const chatPath = (slug: string) => `/presets/${slug}${CHAT}`;

/** Makes a preset, or a new version of it, from a chat completion's body. */
async function capture(slug: string, body: Record<string, unknown>, target = client) {
  const { status, text, json } = await callApi(target, chatPath(slug), { body: { messages: [USER], ...body } });
  expect(status, text).toBe(200);
  return exactly(savedSchema, json).data;
}

async function ok<T>(schema: z.ZodType<T>, path: string, call: Parameters<typeof callApi>[2] = {}, status = 200) {
  const answer = await callApi(client, path, call);
  expect(answer.status, answer.text).toBe(status);
  return exactly(schema, answer.json);
}

/** What reached the provider, of one completion. */
async function sentBy(body: Record<string, unknown>, target = client) {
  const { id, model, provider } = await complete(target, { messages: [USER], ...body });
  const sent = z.record(z.string(), z.unknown()).parse(upstream.requests.at(-1)?.body);
  const { json } = await callApi(target, `/generation?id=${id}`);
  return { model, provider, sent, generation: generationResponseSchema.parse(json).data };
}

describe("a preset is made from an inference body", () => {
  test.each([
    {
      path: "/chat/completions",
      body: { model: OTHER_MODEL, messages: [SYSTEM, USER], temperature: 0.7, stream: true, user: "u" },
      config: { model: OTHER_MODEL, temperature: 0.7 },
    },
    {
      path: "/messages",
      body: { model: OTHER_MODEL, system: SYSTEM.content, messages: [USER], max_tokens: 1024, stop_sequences: ["x"] },
      config: { model: OTHER_MODEL, max_tokens: 1024, stop: ["x"] },
    },
    {
      path: "/responses",
      body: { model: OTHER_MODEL, instructions: SYSTEM.content, input: "Hello!", max_output_tokens: 9 },
      config: { model: OTHER_MODEL, max_tokens: 9 },
    },
  ])("POST /presets/{slug}$path", async ({ path, body, config }) => {
    const made = await ok(savedSchema, `/presets/my-preset${path}`, { body });

    expect(made.data).toMatchObject({
      slug: "my-preset",
      name: "my-preset",
      description: null,
      status: "active",
      status_updated_at: null,
      workspace_id: account.id,
      designated_version: { version: 1, system_prompt: SYSTEM.content, config },
    });
    expect(made.data.designated_version_id).toBe(made.data.designated_version?.id);
    expect(made.data.designated_version?.config).toEqual(config);
    // And it does what the body did.
    const { sent } = await sentBy({ model: "@preset/my-preset" });
    expect(sent).toMatchObject({ messages: [SYSTEM, USER] });
  });

  test("once more is a new version, which is used, and the old one stays", async () => {
    const first = await capture("my-preset", { model: OTHER_MODEL, temperature: 0.1 });
    const second = await capture("my-preset", { model: OTHER_MODEL, top_p: 0.5 });

    expect(second).toMatchObject({ id: first.id, designated_version: { version: 2, config: { top_p: 0.5 } } });
    const { sent } = await sentBy({ preset: "my-preset" });
    expect(sent).toMatchObject({ top_p: 0.5 });
    expect(sent).not.toHaveProperty("temperature");
    const versions = await ok(
      z.strictObject({ data: z.array(publicPresetVersionSchema), total_count: z.number() }),
      "/presets/my-preset/versions",
    );
    expect(versions).toEqual({ data: [first.designated_version, second.designated_version], total_count: 2 });
    const one = z.strictObject({ data: publicPresetVersionSchema });
    expect((await ok(one, "/presets/my-preset/versions/1")).data).toEqual(first.designated_version);
  });
});

describe("the official client", () => {
  const sdk = () =>
    new OpenRouter({
      apiKey: account.key,
      serverURL: `${gateway.server.url}/api/v1`,
      retryConfig: { strategy: "none" },
    });

  test("makes, reads and lists presets", async () => {
    const { presets } = sdk();
    const made = await presets.createPresetsChatCompletions({
      slug: "sdk-preset",
      chatRequest: { model: OTHER_MODEL, temperature: 0.7, messages: [{ role: "user", content: "Hello!" }] },
    });
    expect(made.data.designatedVersion).toMatchObject({ version: 1, config: { model: OTHER_MODEL, temperature: 0.7 } });
    const updated = await presets.createPresetsResponses({
      slug: "sdk-preset",
      responsesRequest: { model: OTHER_MODEL, input: "Hello!", instructions: "Be brief." },
    });
    expect(updated.data.designatedVersion).toMatchObject({ version: 2, systemPrompt: "Be brief." });
    const again = await presets.createPresetsMessages({
      slug: "sdk-preset",
      messagesRequest: { model: OTHER_MODEL, maxTokens: 5, messages: [{ role: "user", content: "Hello!" }] },
    });
    expect(again.data.designatedVersion).toMatchObject({ version: 3, config: { max_tokens: 5 } });

    expect(await presets.get({ slug: "sdk-preset" })).toEqual(again);
    expect((await presets.getVersion({ slug: "sdk-preset", version: "1" })).data).toEqual(made.data.designatedVersion);
    await capture("another", {});
    const listed: string[] = [];
    for await (const page of await presets.list({ limit: 1 })) listed.push(...page.result.data.map(({ slug }) => slug));
    expect(listed).toEqual(["another", "sdk-preset"]);
    const versions: number[] = [];
    for await (const page of await presets.listVersions({ slug: "sdk-preset", limit: 2 })) {
      versions.push(...page.result.data.map((version) => version?.version ?? 0));
    }
    expect(versions).toEqual([1, 2, 3]);
    await expect(presets.get({ slug: "nothing" })).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe("presets as configuration", () => {
  const listSchema = z.strictObject({ data: z.array(publicPresetSchema), total_count: z.number() });

  test("made, changed, rolled back, renamed and deleted", async () => {
    const made = await ok(
      savedSchema,
      "/presets",
      {
        body: {
          slug: "writer",
          name: "Writer",
          description: "Writes letters",
          system_prompt: "You write.",
          config: { model: OTHER_MODEL, provider: { only: ["openai"] } },
        },
      },
      201,
    );
    expect(made.data).toMatchObject({
      name: "Writer",
      description: "Writes letters",
      designated_version: { version: 1 },
    });

    const second = await ok(savedSchema, "/presets/writer/versions", { body: { config: { temperature: 1 } } }, 201);
    expect(second.data.designated_version).toMatchObject({
      version: 2,
      system_prompt: null,
      config: { temperature: 1 },
    });

    const back = await ok(savedSchema, "/presets/writer/versions", { body: { from_version: 1 } }, 201);
    expect(back.data.designated_version).toMatchObject({
      version: 3,
      system_prompt: "You write.",
      config: { model: OTHER_MODEL, provider: { only: ["openai"] } },
    });
    expect(back.data.designated_version?.id).not.toBe(made.data.designated_version?.id);

    const change = { method: "PATCH", body: { slug: "author", name: "Author", description: null } };
    const renamed = await ok(savedSchema, "/presets/writer", change);
    expect(renamed.data).toMatchObject({ id: made.data.id, slug: "author", name: "Author", description: null });
    expect(await refusalOf(client, "/presets/writer", {})).toMatchObject({ status: 404 });

    expect((await ok(listSchema, "/presets")).data.map(({ slug }) => slug)).toEqual(["author"]);
    expect(await ok(z.unknown(), "/presets/author", { method: "DELETE" })).toEqual({ deleted: true });
    expect(await ok(listSchema, "/presets")).toEqual({ data: [], total_count: 0 });
    expect(await refusalOf(client, "/presets/author", { method: "DELETE" })).toMatchObject({ status: 404 });
  });

  test("a slug that is taken is a conflict", async () => {
    await capture("a", {});
    await capture("b", {});
    expect(await refusalOf(client, "/presets", { body: { slug: "a" } })).toMatchObject({ status: 409 });
    const rename = { method: "PATCH", body: { slug: "a" } };
    expect(await refusalOf(client, "/presets/b", rename)).toMatchObject({ status: 409, metadata: { field: "slug" } });
  });

  test("an archived preset takes no new version, and a disabled one is not used, until it is active again", async () => {
    await capture("a", { model: OTHER_MODEL });
    const setStatus = (status: string) => ok(savedSchema, "/presets/a", { method: "PATCH", body: { status } });
    const used = async () => (await callApi(client, CHAT, { body: { model: "@preset/a", messages: [USER] } })).status;

    expect((await setStatus("archived")).data.status_updated_at).not.toBeNull();
    expect(await refusalOf(client, chatPath("a"), { body: { messages: [USER] } })).toMatchObject({ status: 409 });
    expect(await refusalOf(client, "/presets/a/versions", { body: {} })).toMatchObject({ status: 409 });
    await expect.poll(used, { timeout: PATIENCE_MS }).toBe(404);
    await setStatus("disabled");
    await capture("a", { model: OTHER_MODEL, top_p: 1 });
    expect(await refusalOf(client, CHAT, { body: { model: "@preset/a", messages: [USER] } })).toMatchObject({
      status: 404,
      message: 'Preset "a" is disabled',
    });
    await setStatus("active");
    await expect.poll(used, { timeout: PATIENCE_MS }).toBe(200);
  });

  test("pages of the list", async () => {
    for (const slug of ["a", "b", "c"]) await capture(slug, {});
    const page = await ok(listSchema, "/presets?offset=1&limit=1");
    expect([page.data.map(({ slug }) => slug), page.total_count]).toEqual([["b"], 3]);
    expect((await ok(listSchema, "/presets?offset=3")).data).toEqual([]);
  });

  test.each(["offset=-1", "offset=x", "offset=1.5", "limit=0", "limit=101", "limit=x", "offset=99999999999"])(
    "a page that cannot be: %s",
    async (query) => {
      await capture("a", {});
      const field = query.split("=")[0];
      for (const path of ["/presets", "/presets/a/versions"]) {
        expect(await refusalOf(client, `${path}?${query}`, {})).toMatchObject({ status: 400, metadata: { field } });
      }
    },
  );
});

describe("in requests", () => {
  const CONFIG = { model: MODEL, temperature: 0.3, provider: { only: ["together"] }, max_tokens: 50 };

  beforeEach(() => capture("bridge", { ...CONFIG, messages: [SYSTEM, USER] }));

  test.each([
    { name: "in place of a model", body: { model: "@preset/bridge" } },
    { name: "as a field", body: { preset: "bridge" } },
    { name: "as a field beside the model", body: { model: MODEL, preset: "bridge" } },
    { name: "behind the model", body: { model: `${MODEL}@preset/bridge` } },
    { name: "in a list of models", body: { models: ["@preset/bridge"] } },
  ])("$name", async ({ body }) => {
    const { model, provider, sent, generation } = await sentBy(body);

    expect([model, provider]).toEqual([MODEL, "Together"]);
    expect(sent).toMatchObject({ temperature: 0.3, max_tokens: 50, messages: [SYSTEM, USER] });
    expect(sent).not.toHaveProperty("preset");
    const preset = await ok(savedSchema, "/presets/bridge");
    expect(generation.preset_id).toBe(preset.data.id);
    expect(generation.route).toMatchObject({ presets: [{ slug: "bridge", version: 1 }] });
    expect(generation.route.requested).toBe(body.model ?? body.models?.[0] ?? MODEL);
  });

  test("what the request says wins, and its provider replaces the preset's whole", async () => {
    const own = { model: `${OTHER_MODEL}@preset/bridge`, temperature: 1.5, provider: { sort: "price" } };
    const { model, provider, sent } = await sentBy({ ...own, messages: [{ role: "system", content: "Mine" }, USER] });

    expect([model, provider]).toEqual([OTHER_MODEL, "OpenAI"]);
    expect(sent).toMatchObject({ temperature: 1.5, messages: [SYSTEM, { role: "system", content: "Mine" }, USER] });
  });

  test("a dry run works them in as well", async () => {
    const body = { model: `${MODEL}@preset/bridge`, messages: [USER] };
    const { data } = await ok(z.strictObject({ data: publicPlanSchema }), "/route", { body });
    expect(data).toMatchObject({
      requested: `${MODEL}@preset/bridge`,
      presets: [{ slug: "bridge", version: 1 }],
      selected: { model: MODEL, endpoint: "together" },
    });
    expect(await refusalOf(client, "/route", { body: { ...body, preset: "nothing" } })).toMatchObject({ status: 404 });
  });

  test("streams too", async () => {
    const { status, text } = await callApi(client, CHAT, {
      body: { model: "@preset/bridge", messages: [USER], stream: true },
    });
    expect([status, text.includes(MODEL), text.trimEnd().endsWith("[DONE]")]).toEqual([200, true, true]);
  });

  test("a preset's tools make a tool choice good", async () => {
    const tools = [{ type: "function", function: { name: "f", parameters: { type: "object", properties: {} } } }];
    await capture("tooled", { model: OTHER_MODEL, tools });
    const { sent } = await sentBy({ model: "@preset/tooled", tool_choice: "required" });
    expect(sent).toMatchObject({ tools, tool_choice: "required" });
    expect(
      await refusalOf(client, CHAT, { body: { model: MODEL, messages: [USER], tool_choice: "required" } }),
    ).toMatchObject({ status: 400, metadata: { field: "tool_choice" } });
  });

  test("a preset whose model is not there is refused as such a model is", async () => {
    await capture("lost", { model: "acme/no-such-model" });
    expect(await refusalOf(client, CHAT, { body: { model: "@preset/lost", messages: [USER] } })).toMatchObject({
      status: 400,
      message: expect.stringContaining("acme/no-such-model is not a valid model ID"),
    });
    expect(upstream.requests).toEqual([]);
  });
});

describe("what is not one's own", () => {
  test("another account's preset is answered exactly as one that is not there, whatever is asked of it", async () => {
    const other = await gateway.newAccount("10");
    const theirs = await capture("theirs", { model: OTHER_MODEL }, gateway.as(other));
    const calls: { method: string; path: (slug: string) => string; body?: unknown }[] = [
      { method: "GET", path: (slug) => `/presets/${slug}` },
      { method: "PATCH", path: (slug) => `/presets/${slug}`, body: { name: "Mine" } },
      { method: "PATCH", path: (slug) => `/presets/${slug}`, body: {} },
      { method: "DELETE", path: (slug) => `/presets/${slug}` },
      { method: "GET", path: (slug) => `/presets/${slug}/versions` },
      { method: "POST", path: (slug) => `/presets/${slug}/versions`, body: { from_version: 1 } },
      { method: "GET", path: (slug) => `/presets/${slug}/versions/1` },
      ...["@preset/", "openai/gpt-4o@preset/"].map((mark) => ({
        method: "POST",
        path: () => CHAT,
        body: (slug: string) => ({ model: mark + slug, messages: [USER] }),
      })),
    ];
    for (const { method, path, body } of calls) {
      const answers = [];
      // Names of one length, so that nothing but the name can differ.
      for (const slug of ["theirs", "absent"]) {
        const sent = typeof body === "function" ? body(slug) : body;
        const call = { method, ...(sent === undefined ? {} : { body: sent }) };
        const { status, text } = await callApi(client, path(slug), call);
        answers.push({ status, text: text.replaceAll(slug, "…") });
      }
      expect(answers[0], `${method} ${path("theirs")}`).toEqual({ status: 404, text: answers[1]?.text });
      expect(answers[1]?.status).toBe(404);
    }
    const list = await callApi(client, "/presets");
    expect(list.json).toEqual({ data: [], total_count: 0 });
    expect((await callApi(gateway.as(other), "/presets/theirs")).json).toEqual({ data: theirs });
    expect(upstream.requests).toEqual([]);
  });

  test("two accounts may use the same slug", async () => {
    const other = gateway.as(await gateway.newAccount("10"));
    await capture("same", { model: OTHER_MODEL, top_p: 0.1 });
    await capture("same", { model: OTHER_MODEL, top_p: 0.2 }, other);

    expect((await sentBy({ preset: "same" })).sent.top_p).toBe(0.1);
    expect((await sentBy({ preset: "same" }, other)).sent.top_p).toBe(0.2);
  });
});

describe("who may call", () => {
  test.each([
    ["GET", "/presets"],
    ["POST", "/presets"],
    ["GET", "/presets/a"],
    ["PATCH", "/presets/a"],
    ["DELETE", "/presets/a"],
    ["GET", "/presets/a/versions"],
    ["POST", "/presets/a/versions"],
    ["GET", "/presets/a/versions/1"],
    ["POST", "/presets/a/chat/completions"],
    ["POST", "/presets/a/messages"],
    ["POST", "/presets/a/responses"],
  ])("%s %s without a key: 401", async (method, path) => {
    const call = { method, key: null, ...(method === "POST" || method === "PATCH" ? { body: {} } : {}) };
    expect(await refusalOf(client, path, call)).toMatchObject({ status: 401 });
  });

  test("keys of both kinds, on the same presets", async () => {
    const manager = gateway.as({ key: await gateway.newProvisioningKey(account) });
    const made = await capture("shared", { model: OTHER_MODEL }, manager);
    expect((await ok(savedSchema, "/presets/shared")).data).toEqual(made);
    expect(await refusalOf(manager, CHAT, { body: { preset: "shared", messages: [USER] } })).toMatchObject({
      status: 403,
    });
  });

  test("methods that are not there say which are", async () => {
    const { status, headers } = await callApi(client, "/presets/a/chat/completions");
    expect([status, headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("a wrong field is named", () => {
  const LONG = "x".repeat(65);
  const body = (config: unknown) => ({ slug: "a", config });

  test.each<{ call: string; body: unknown; field: string; problem?: RegExp }>([
    { call: "POST /presets", body: {}, field: "slug", problem: /required/ },
    ...["", "A", "a b", "ä", "-a", "a/b", "@preset/a", LONG, 1, null].map((slug) => ({
      call: "POST /presets",
      body: { slug },
      field: "slug",
    })),
    { call: "POST /presets", body: { slug: "a", name: "" }, field: "name" },
    { call: "POST /presets", body: { slug: "a", name: "a\u0000b" }, field: "name" },
    { call: "POST /presets", body: { slug: "a", description: 1 }, field: "description" },
    { call: "POST /presets", body: { slug: "a", description: "\u0000" }, field: "description" },
    { call: "POST /presets", body: { slug: "a", system_prompt: ["x"] }, field: "system_prompt" },
    { call: "POST /presets", body: { slug: "a", temperature: 1 }, field: "body", problem: /"temperature"/ },
    { call: "POST /presets", body: body([]), field: "config" },
    { call: "POST /presets", body: body({ temprature: 1 }), field: "config", problem: /"temprature"/ },
    { call: "POST /presets", body: body({ messages: [USER] }), field: "config", problem: /"messages"/ },
    { call: "POST /presets", body: body({ temperature: 3 }), field: "config.temperature" },
    { call: "POST /presets", body: body({ provider: { sort: "fame" } }), field: "config.provider.sort" },
    { call: "POST /presets", body: body({ model: "@preset/b" }), field: "config.model", problem: /preset/ },
    { call: "POST /presets", body: body({ models: ["a/b", "@preset/b"] }), field: "config.models[1]" },
    { call: "POST /presets", body: body({ stop: "x".repeat(300_000) }), field: "config", problem: /characters/ },
    { call: "PATCH /presets/a", body: { status: "deleted" }, field: "status", problem: /archived/ },
    { call: "PATCH /presets/a", body: { slug: "B" }, field: "slug" },
    { call: "PATCH /presets/a", body: { name: null }, field: "name" },
    { call: "PATCH /presets/a", body: { config: {} }, field: "body", problem: /"config"/ },
    ...[0, -1, 1.5, "1", null].map((version) => ({
      call: "POST /presets/a/versions",
      body: { from_version: version },
      field: "from_version",
    })),
    {
      call: "POST /presets/a/versions",
      body: { from_version: 1, config: {} },
      field: "from_version",
      problem: /whole/,
    },
    { call: "POST /presets/a/versions", body: { config: { top_p: 2 } }, field: "config.top_p" },
    { call: "GET /presets/a/versions/latest", body: undefined, field: "version" },
    { call: "GET /presets/a/versions/-1", body: undefined, field: "version" },
    { call: "POST /presets/Bad%20Slug/chat/completions", body: { messages: [USER] }, field: "slug" },
    { call: "POST /presets/a/chat/completions", body: {}, field: "messages", problem: /required/ },
    { call: "POST /presets/a/chat/completions", body: { messages: [USER], temperature: "warm" }, field: "temperature" },
    { call: "POST /presets/a/chat/completions", body: { messages: [USER], model: "@preset/b" }, field: "model" },
    { call: "POST /presets/a/chat/completions", body: { messages: [USER], preset: "b" }, field: "preset" },
    { call: "POST /presets/a/chat/completions", body: { messages: [USER], top_logprobs: 1 }, field: "top_logprobs" },
    { call: "POST /presets/a/messages", body: { messages: [USER] }, field: "model", problem: /required/ },
    { call: "POST /presets/a/messages", body: { model: MODEL }, field: "messages" },
    { call: "POST /presets/a/messages", body: { model: MODEL, messages: [], system: 1 }, field: "system" },
    { call: "POST /presets/a/messages", body: { model: MODEL, messages: [], max_tokens: 0 }, field: "max_tokens" },
    { call: "POST /presets/a/responses", body: { instructions: 1 }, field: "instructions" },
    { call: "POST /presets/a/responses", body: { max_output_tokens: 0 }, field: "max_output_tokens" },
  ])("$call $body: $field", async ({ call, body, field, problem }) => {
    await capture("a", {});
    const [method = "", path = ""] = call.split(" ");
    const refusal = await refusalOf(client, path, { method, ...(body === undefined ? {} : { body }) });
    expect(refusal).toMatchObject({ status: 400, metadata: { error_type: "invalid_request", field } });
    if (problem !== undefined) expect(refusal.message).toMatch(problem);
    expect((await ok(savedSchema, "/presets/a")).data.designated_version?.version).toBe(1);
  });

  test.each(["0", "2", "99999999999999999999"])("version %s is not there", async (version) => {
    await capture("a", {});
    expect(await refusalOf(client, `/presets/a/versions/${version}`, {})).toMatchObject({ status: 404 });
  });

  test.each(["%00", "a%00b", "Bad%20Slug", LONG, "%F0%9F%98%80"])("a preset cannot be called %s", async (slug) => {
    for (const path of [`/presets/${slug}`, `/presets/${slug}/versions`, `/presets/${slug}/versions/1`]) {
      expect(await refusalOf(client, path, {})).toMatchObject({ status: 404 });
    }
    const refusal = await refusalOf(client, chatPath(slug), { body: { messages: [USER] } });
    expect(refusal).toMatchObject({ status: 400, metadata: { field: "slug" } });
    const inRequest = { model: `@preset/${decodeURIComponent(slug)}`, messages: [USER] };
    expect(await refusalOf(client, CHAT, { body: inRequest })).toMatchObject({ status: 404 });
  });
});

test("a new version and a deletion act within a second, on every worker and open connection", async () => {
  await capture("live", { model: OTHER_MODEL, seed: 1 });
  const clients = 16;
  const seen: { startedMs: number; status: number }[] = [];
  let stopped = false;
  const run = async () => {
    while (!stopped) {
      const startedMs = performance.now();
      const { status } = await callApi(client, CHAT, { body: { model: "@preset/live", messages: [USER] } });
      seen.push({ startedMs, status });
    }
  };
  const running = Promise.all(Array.from({ length: clients }, run));
  const seeds = () =>
    upstream.requests.map(({ body, receivedAtMs }) => ({
      seed: z.looseObject({ seed: z.number() }).parse(body).seed,
      receivedAtMs,
    }));
  await expect.poll(() => seen.length, { timeout: PATIENCE_MS }).toBeGreaterThan(4 * clients);
  expect(new Set(seeds().map(({ seed }) => seed))).toEqual(new Set([1]));

  await capture("live", { model: OTHER_MODEL, seed: 2 });
  const changedMs = performance.now();
  await expect
    .poll(() => seeds().filter(({ seed }) => seed === 2).length, { timeout: PATIENCE_MS })
    .toBeGreaterThan(4 * clients);
  const lastOld = seeds().findLast(({ seed }) => seed === 1);
  expect((lastOld?.receivedAtMs ?? 0) - changedMs).toBeLessThan(LIMIT_MS);

  await callApi(client, "/presets/live", { method: "DELETE" });
  const deletedMs = performance.now();
  const refused = () => seen.filter(({ status }) => status === 404).length;
  await expect.poll(refused, { timeout: PATIENCE_MS }).toBeGreaterThan(4 * clients);
  stopped = true;
  await running;
  const lastGood = seen.findLast(({ status }) => status === 200);
  expect((lastGood?.startedMs ?? 0) - deletedMs).toBeLessThan(LIMIT_MS);
  expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([200, 404]));
});
