import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ApiAnswer, callApi, type Target } from "@/e2e/fixtures/call-api";
import { type Account, type Gateway, startGateway } from "@/e2e/fixtures/start-gateway";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { API_ROUTES } from "@/lib/gateway/api-routes";
import { hashOf } from "@/lib/id";

const MODEL = "openai/gpt-4o-mini";
const USER = { role: "user", content: "Hello" };

/** What belongs to an account. */
type Owned = {
  account: string;
  key: string;
  manager: string;
  generation: string;
  preset: string;
  slug: string;
  providerKey: string;
};

/** As names go, but nobody's. */
const NOBODYS: Owned = {
  account: "00000000-0000-4000-8000-000000000000",
  key: "0".repeat(64),
  manager: "1".repeat(64),
  generation: "gen-1795262400-Ab3dEf6hIj9kLmN2pQr5",
  preset: "00000000-0000-4000-8000-000000000001",
  slug: "nobodys-preset",
  providerKey: "00000000-0000-4000-8000-000000000002",
};

type Call = { path: string; body?: unknown };

/**
 * Calls that name something of an account. To anybody else the answer must be that of something that is not there.
 * `empty`: what there is of it then is nothing, which is no error.
 */
const NAMING: Readonly<Record<string, { calls: (of: Owned) => readonly Call[]; status: number | "empty" }>> = {
  "GET /generation": { calls: ({ generation }) => [{ path: `/generation?id=${generation}` }], status: 404 },
  "GET /activity": {
    calls: ({ key, account }) => [
      { path: `/activity?api_key_hash=${key}` },
      { path: `/activity?workspace_id=${account}` },
    ],
    status: "empty",
  },
  "GET /keys/{hash}": { calls: eachKey(undefined), status: 404 },
  "PATCH /keys/{hash}": { calls: eachKey({ name: "Mine now", disabled: true, limit: 0 }), status: 404 },
  "DELETE /keys/{hash}": { calls: eachKey(undefined), status: 404 },
  "GET /byok/{id}": { calls: eachProviderKey(undefined), status: 404 },
  "PATCH /byok/{id}": { calls: eachProviderKey({ name: "Mine now", key: "mine" }), status: 404 },
  "DELETE /byok/{id}": { calls: eachProviderKey(undefined), status: 404 },
  "GET /presets/{slug}": { calls: eachPreset("", undefined), status: 404 },
  "PATCH /presets/{slug}": { calls: eachPreset("", { name: "Mine now" }), status: 404 },
  "DELETE /presets/{slug}": { calls: eachPreset("", undefined), status: 404 },
  "GET /presets/{slug}/versions": { calls: eachPreset("/versions", undefined), status: 404 },
  "POST /presets/{slug}/versions": { calls: eachPreset("/versions", { config: { model: MODEL } }), status: 404 },
  "GET /presets/{slug}/versions/{version}": { calls: eachPreset("/versions/1", undefined), status: 404 },
  "POST /chat/completions": { calls: withPreset("/chat/completions", { messages: [USER] }), status: 404 },
  "POST /completions": { calls: withPreset("/completions", { prompt: "Hello" }), status: 404 },
  "POST /responses": { calls: withPreset("/responses", { input: "Hello" }), status: 404 },
  "POST /messages": { calls: withPreset("/messages", { messages: [USER], max_tokens: 20 }), status: 404 },
  "POST /route": { calls: withPreset("/route", { messages: [USER] }), status: 404 },
};

/** Calls whose answers are about the account that asks: nothing of anybody else may be in them. */
const TELLING: readonly string[] = [
  "GET /activity",
  "GET /key",
  "GET /credits",
  "GET /settings",
  "GET /presets",
  "GET /keys",
  "GET /byok",
];

/** Calls that make or change something, in the account that asks and nowhere else. */
const MAKING: Readonly<Record<string, (of: Owned) => Call>> = {
  "POST /keys": () => ({ path: "/keys", body: { name: "Bob's" } }),
  "POST /byok": () => ({ path: "/byok", body: { provider: "openai", key: "bobs-own", name: "Bob's" } }),
  "POST /presets": ({ slug }) => ({ path: "/presets", body: { name: "Bob's", slug, config: { model: MODEL } } }),
  "PATCH /settings": () => ({ path: "/settings", body: { preferences: { ignored_providers: ["mistral"] } } }),
  "POST /presets/{slug}/chat/completions": ({ slug }) => ({
    path: `/presets/${slug}/chat/completions`,
    body: { model: MODEL, messages: [USER], temperature: 1 },
  }),
  "POST /presets/{slug}/messages": ({ slug }) => ({
    path: `/presets/${slug}/messages`,
    body: { model: MODEL, messages: [USER], max_tokens: 5 },
  }),
  "POST /presets/{slug}/responses": ({ slug }) => ({
    path: `/presets/${slug}/responses`,
    body: { model: MODEL, input: "Hello" },
  }),
};

/** Calls that neither name nor tell anything of an account. */
const PUBLIC: readonly string[] = [
  "GET /models",
  "GET /models/count",
  "GET /models/{author}/{slug}/endpoints",
  "GET /model/{author}/{slug}",
  "GET /providers",
  "GET /embeddings/models",
  // These know no presets, and take models of the catalog alone.
  "POST /embeddings",
  "POST /rerank",
  "POST /messages/count_tokens",
];

function eachKey(body: unknown) {
  return ({ key, manager }: Owned) => [key, manager].map((hash) => callOf(`/keys/${hash}`, body));
}

function eachProviderKey(body: unknown) {
  return ({ providerKey }: Owned) => [callOf(`/byok/${providerKey}`, body)];
}

function eachPreset(rest: string, body: unknown) {
  return ({ slug, preset }: Owned) => [slug, preset].map((name) => callOf(`/presets/${name}${rest}`, body));
}

function withPreset(path: string, body: Record<string, unknown>) {
  return ({ slug }: Owned) => [
    { path, body: { ...body, model: `@preset/${slug}` } },
    { path, body: { ...body, model: MODEL, preset: slug } },
  ];
}

function callOf(path: string, body: unknown): Call {
  return body === undefined ? { path } : { path, body };
}

let upstream: Upstream;
let gateway: Gateway;
let ada: { account: Account; client: Target; manager: Target; owned: Owned };
let bob: { client: Target; manager: Target };

beforeAll(async () => {
  upstream = await startUpstream("openai");
  gateway = await startGateway({ providers: { openai: upstream } });
  const account = await gateway.newAccount("7");
  const [client, manager] = [gateway.as(account), gateway.as({ key: await gateway.newProvisioningKey(account) })];
  const slug = "adas-secret-preset";
  const { json } = await ok(callApi(client, "/presets", { body: { name: slug, slug, config: { model: MODEL } } }));
  const { data } = z.object({ data: z.object({ id: z.string() }) }).parse(json);
  const settings = { preferences: { default_model: "anthropic/claude-sonnet-4.5", ignored_providers: ["deepinfra"] } };
  await ok(callApi(manager, "/settings", { method: "PATCH", body: settings }));
  const made = await ok(callApi(manager, "/keys", { body: { name: "Ada's secret key" } }));
  const { key } = z.object({ key: z.string() }).parse(made.json);
  const asked = await ok(
    callApi(client, "/chat/completions", { key, body: { model: `@preset/${slug}`, messages: [USER] } }),
  );
  const saved = await ok(
    callApi(manager, "/byok", { body: { provider: "openai", key: "adas-secret-own-key", name: "Ada's secret key" } }),
  );
  const owned = {
    account: account.id,
    key: hashOf(key),
    manager: hashOf(manager.key),
    generation: asked.headers.get("x-generation-id") ?? "",
    preset: data.id,
    slug,
    providerKey: z.object({ data: z.object({ id: z.string() }) }).parse(saved.json).data.id,
  };
  ada = { account, client, manager, owned };
  const other = await gateway.newAccount("3");
  bob = { client: gateway.as(other), manager: gateway.as({ key: await gateway.newProvisioningKey(other) }) };
});

afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

async function ok(call: Promise<ApiAnswer>): Promise<ApiAnswer> {
  const answer = await call;
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer;
}

const methodOf = (route: string) => route.slice(0, route.indexOf(" "));
const pathOf = (route: string) => route.slice(route.indexOf(" ") + 1);

/** What an answer says, whichever of the two names it was asked about. */
function saidOf({ status, text }: ApiAnswer, of: Owned): { status: number; text: string } {
  const names = Object.entries(of);
  return { status, text: names.reduce((said, [what, name]) => said.replaceAll(name, `{${what}}`), text) };
}

/** All that can be read of Ada's, by Ada. */
async function allOfAdas(): Promise<string[]> {
  const { client, manager, owned } = ada;
  const calls = [
    callApi(manager, "/keys"),
    callApi(manager, `/keys/${owned.key}`),
    callApi(manager, "/settings"),
    callApi(manager, "/byok"),
    callApi(client, "/credits"),
    callApi(client, "/presets"),
    callApi(client, `/presets/${owned.slug}/versions`),
    callApi(client, `/generation?id=${owned.generation}`),
  ];
  return (await Promise.all(calls.map(ok))).map(({ text }) => text);
}

describe("another account's things", () => {
  test("are considered for each route that there is", () => {
    const routes = Object.entries(API_ROUTES).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    const considered = new Set([...Object.keys(NAMING), ...TELLING, ...Object.keys(MAKING), ...PUBLIC]);
    expect([...considered].sort()).toEqual(routes.sort());
  });

  test.each(Object.keys(NAMING))("look like none: %s", async (route) => {
    const { calls, status } = NAMING[route] ?? { calls: () => [], status: 0 };
    const [theirs, nobodys] = [calls(ada.owned), calls(NOBODYS)];
    expect(theirs.length).toBeGreaterThan(0);
    const before = await allOfAdas();
    for (const target of [bob.client, bob.manager]) {
      const statuses: number[] = [];
      for (const [index, call] of theirs.entries()) {
        const same = nobodys[index];
        if (same === undefined) throw new Error("there is one of nobody's for each of Ada's");
        const ask = ({ path, ...rest }: Call) => callApi(target, path, { method: methodOf(route), ...rest });
        const [answer, absent] = [await ask(call), await ask(same)];
        expect(saidOf(answer, ada.owned)).toEqual(saidOf(absent, NOBODYS));
        statuses.push(answer.status);
        if (answer.status === 200) expect(answer.json).toMatchObject({ data: [] });
      }
      // The wrong kind of key is told so, whatever it asks for.
      const expected = status === "empty" ? 200 : status;
      expect([expected, 403]).toContain(statuses[0]);
      expect(new Set(statuses).size).toBe(1);
    }
    expect(await allOfAdas()).toEqual(before);
  });

  test.each(TELLING)("are not told of: %s", async (route) => {
    const secrets = [...Object.values(ada.owned), "Ada", "secret", "deepinfra", "claude-sonnet-4.5"];
    const answers = await Promise.all(
      [bob.client, bob.manager].map((target) => callApi(target, pathOf(route), { method: methodOf(route) })),
    );
    expect(answers.map(({ status }) => status)).toContain(200);
    for (const { text } of answers) for (const secret of secrets) expect(text).not.toContain(secret);
  });

  test.each(Object.keys(MAKING))("stay as they are: %s", async (route) => {
    const call = MAKING[route]?.(ada.owned);
    if (call === undefined) throw new Error("no such call");
    const before = await allOfAdas();
    const { path, ...rest } = call;
    const answers = await Promise.all(
      [bob.client, bob.manager].map((target) => callApi(target, path, { method: methodOf(route), ...rest })),
    );
    expect(answers.some(({ status }) => status < 300 || status === 409)).toBe(true);
    expect(await allOfAdas()).toEqual(before);
  });

  test("are no obstacle to things of one's own with the same name", async () => {
    await ok(callApi(bob.client, `/presets/${ada.owned.slug}/chat/completions`, { body: bobsBody("Bob's words") }));
    await ok(
      callApi(bob.client, "/chat/completions", { body: { model: `@preset/${ada.owned.slug}`, messages: [USER] } }),
    );
    expect(JSON.stringify(upstream.requests.at(-1)?.body)).toContain("Bob's words");
    await ok(
      callApi(ada.client, "/chat/completions", { body: { model: `@preset/${ada.owned.slug}`, messages: [USER] } }),
    );
    expect(JSON.stringify(upstream.requests.at(-1)?.body)).not.toContain("Bob's words");
  });
});

function bobsBody(system: string) {
  return { model: MODEL, messages: [{ role: "system", content: system }, USER] };
}
