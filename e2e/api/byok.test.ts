import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ApiAnswer, callApi, readStream, type Target } from "@/e2e/fixtures/call-api";
import { type Account, booksOf, type Gateway, recordOf, startGateway } from "@/e2e/fixtures/start-gateway";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { hashOf } from "@/lib/id";
import { chatCompletionSchema, errorResponseSchema, type Usage } from "@/lib/schemas/chat-completion";
import { generationResponseSchema } from "@/lib/schemas/generation";
import { providerCredentialSchema } from "@/lib/schemas/provider-credential";
import { publicPlanSchema } from "@/lib/schemas/public-plan";

const CHAT = "/chat/completions";
// Groq asks three times what DeepInfra does: without a key of one's own it is hardly ever first.
const MODEL = "meta-llama/llama-3.3-70b-instruct";
const OTHER_MODEL = "openai/gpt-4o-mini";
/** Requests of a month without a fee. */
const FREE = 2;
/** How long after a change the state before it may still be met. */
const LIMIT_MS = 1_000;

const [K1, K2] = ["k1", "k2"].map((id) => `${id}:${randomBytes(32).toString("base64")}`);

let deepinfra: Upstream;
let groq: Upstream;
let openai: Upstream;
let gateway: Gateway;
let account: Account;
let client: Target;
let manager: Target;
/** Every secret that a test gave away, and every answer that anybody got. */
const secrets: string[] = [];
const answers: string[] = [];

beforeAll(async () => {
  [deepinfra, groq, openai] = await Promise.all([
    startUpstream("openai"),
    startUpstream("openai"),
    startUpstream("openai"),
  ]);
  gateway = await startGateway({
    providers: { deepinfra, groq, openai },
    env: { BYOK_FREE_REQUESTS: String(FREE), WEB_CONCURRENCY: "2", ENCRYPTION_KEYS: `${K1},${K2}`, LOG_LEVEL: "trace" },
  });
  // A server that has just started is still warming up, which is no test's time.
  await callApi(gateway.as(await gateway.newAccount("1")), CHAT, { body: bodyOf() });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([deepinfra, groq, openai].map((upstream) => upstream.close()));
});

beforeEach(async () => {
  for (const upstream of [deepinfra, groq, openai]) upstream.reset();
  account = await gateway.newAccount("10");
  client = gateway.as(account);
  manager = gateway.as({ key: await gateway.newProvisioningKey(account) });
});

async function call(target: Target, path: string, options: Parameters<typeof callApi>[2] = {}): Promise<ApiAnswer> {
  const answer = await callApi(target, path, options);
  answers.push(answer.text);
  return answer;
}

/** A key that no pattern of known keys would recognise. */
function newSecret(): string {
  const secret = `own${randomBytes(12).toString("hex")}`;
  secrets.push(secret);
  return secret;
}

const savedSchema = z.object({ data: providerCredentialSchema });

async function addKey(body: Record<string, unknown>) {
  const key = newSecret();
  const answer = await call(manager, "/byok", { body: { provider: "groq", key, ...body } });
  expect(answer.status, answer.text).toBe(201);
  return { key, ...savedSchema.parse(answer.json).data };
}

const bodyOf = (extra: Record<string, unknown> = {}) => ({
  model: MODEL,
  max_tokens: 50,
  messages: [{ role: "user", content: "Hi" }],
  ...extra,
});

const ask = (extra?: Record<string, unknown>, target = client) => call(target, CHAT, { body: bodyOf(extra) });

function usageOf(answer: ApiAnswer): Usage {
  expect(answer.status, answer.text).toBe(200);
  return chatCompletionSchema.parse(answer.json).usage;
}

const keysAt = ({ requests }: Upstream) => requests.map(({ headers }) => headers.authorization?.replace("Bearer ", ""));

test("own keys come first and in their order, and cost our fee once the free requests are used up", async () => {
  const [wrong, right] = [await addKey({ name: "Wrong" }), await addKey({ name: "Right" })];
  expect([wrong.sort_order, right.sort_order]).toEqual([0, 1]);
  groq.behave(({ headers }) =>
    headers.authorization === `Bearer ${wrong.key}`
      ? { kind: "status", status: 401, body: { error: { message: `Incorrect API key: ${wrong.key}` } } }
      : { kind: "answer", usage: { prompt: 1_000, completion: 300 } },
  );
  const costs: number[] = [];
  let last = "";
  for (let index = 0; index < FREE + 1; index += 1) {
    const answer = await ask();
    const usage = usageOf(answer);
    expect(usage).toMatchObject({ is_byok: true, cost_details: { upstream_inference_cost: expect.any(Number) } });
    costs.push(usage.cost);
    last = chatCompletionSchema.parse(answer.json).id;
  }
  expect(keysAt(groq)).toEqual(Array.from({ length: FREE + 1 }, () => [wrong.key, right.key]).flat());
  expect(deepinfra.requests).toEqual([]);

  const { entry, generation } = await recordOf(gateway, last);
  const upstream = BigInt(String(generation?.upstreamCostNanoUsd));
  const fee = (upstream * 5n + 99n) / 100n;
  expect(upstream > 0n).toBe(true);
  expect(costs).toEqual([0, 0, Number(fee) / 1e9]);
  expect(entry).toMatchObject({ kind: "byok_fee", amountNanoUsd: `-${fee}`, computation: { feePercent: 5 } });
  expect(generation).toMatchObject({ isByok: true, costNanoUsd: String(fee) });
  expect((await booksOf(gateway, account.id)).balance).toBe(10_000_000_000n - fee);

  const record = generationResponseSchema.parse((await call(client, `/generation?id=${last}`)).json).data;
  expect(record).toMatchObject({
    is_byok: true,
    total_cost: Number(fee) / 1e9,
    upstream_inference_cost: Number(upstream) / 1e9,
    route: {
      attempts: [
        { status: 401, byok_key: "Wrong" },
        { status: 200, byok_key: "Right", is_byok: true },
      ],
    },
  });
  const key = (await call(client, "/key")).json;
  expect(key).toMatchObject({ data: { byok_usage: (Number(upstream) * (FREE + 1)) / 1e9, usage: Number(fee) / 1e9 } });
});

test("a key that fails gives way to shared credits, which cost what they always do", async () => {
  await addKey({ name: "Busy" });
  groq.behave({ kind: "status", status: 429 });
  const usage = usageOf(await ask());
  expect(usage.is_byok).toBe(false);
  expect(usage.cost).toBeGreaterThan(0);
  expect(keysAt(deepinfra).length + keysAt(groq).filter((key) => key === "key-of-groq").length).toBeGreaterThan(0);
  expect((await booksOf(gateway, account.id)).charged > 0n).toBe(true);
  // Its limit says nothing of how the endpoint is for everybody else.
  const plan = publicPlanSchema.parse(
    z.object({ data: z.unknown() }).parse((await call(client, "/route", { body: bodyOf() })).json).data,
  );
  expect(plan.plan.every(({ stable }) => stable)).toBe(true);
  expect(plan.selected?.endpoint).toBe("groq");
  expect(plan.plan[0]).toMatchObject({ is_byok: true, byok_key: "Busy" });
});

describe("a key that is always used", () => {
  test("is the only one asked at its provider, and the error names it and not the secret", async () => {
    const { key } = await addKey({ name: "Only this", is_byok_only: true });
    groq.behave({ kind: "status", status: 401, body: { error: { message: `No such key: ${key}`, type: "auth" } } });
    const answer = await ask({ provider: { only: ["groq"] } });
    expect(answer.status).toBe(502);
    const { error } = errorResponseSchema.parse(answer.json);
    expect(error.message).toContain('Groq refused your key "Only this" (status 401');
    expect(error.message).toContain("/settings/integrations");
    expect(error.metadata).toMatchObject({ is_byok: true, raw: "No such key: [removed]" });
    expect(keysAt(groq)).toEqual([key]);
    expect((await booksOf(gateway, account.id)).balance).toBe(10_000_000_000n);
  });

  test("for some models keeps the shared one out of those alone", async () => {
    const { key } = await addKey({
      provider: "openai",
      name: "Mini",
      is_required: true,
      allowed_models: [OTHER_MODEL],
    });
    openai.behave({ kind: "status", status: 500 });
    expect((await ask({ model: OTHER_MODEL, provider: { only: ["openai"] } })).status).toBe(502);
    expect(keysAt(openai)).toEqual([key]);
    openai.reset();
    expect(usageOf(await ask({ model: "openai/gpt-4o", provider: { only: ["openai"] } })).is_byok).toBe(false);
    expect(keysAt(openai)).toEqual(["key-of-openai"]);
  });
});

test("a key is used for its models and its API keys only", async () => {
  const other = await gateway.newKey(account, "5");
  const hash = hashOf(other);
  const { id, key } = await addKey({ allowed_api_key_hashes: [hash] });
  expect(usageOf(await ask()).is_byok).toBe(false);
  expect(usageOf(await ask({}, gateway.as({ key: other }))).is_byok).toBe(true);

  const patched = await call(manager, `/byok/${id}`, {
    method: "PATCH",
    body: { allowed_api_key_hashes: null, allowed_models: [OTHER_MODEL] },
  });
  expect(savedSchema.parse(patched.json).data).toMatchObject({
    allowed_api_key_hashes: null,
    allowed_models: [OTHER_MODEL],
  });
  await expect
    .poll(async () => usageOf(await ask({}, gateway.as({ key: other }))).is_byok, { timeout: LIMIT_MS })
    .toBe(false);
  expect(keysAt(groq)).toContain(key);
});

test("an account without credit is served while nothing is to be paid, streaming too, and refused after that", async () => {
  account = await gateway.newAccount("0");
  [client, manager] = [gateway.as(account), gateway.as({ key: await gateway.newProvisioningKey(account) })];
  expect((await ask()).status).toBe(402);
  await addKey({ name: "Paid elsewhere" });
  await expect.poll(async () => (await ask()).status, { timeout: LIMIT_MS }).toBe(200);
  const streamed = readStream((await ask({ stream: true })).text);
  expect(streamed.chunks.at(-1)).toMatchObject({ usage: { is_byok: true, cost: 0 } });
  await expect.poll(async () => (await ask()).status, { timeout: LIMIT_MS }).toBe(402);
  // Processes learn of each other's free requests within a moment. What comes in between was promised to be free.
  expect((await booksOf(gateway, account.id)).entries).toBe(0n);
});

test("requests at once, to whichever process, bring an account without credit into no debt", async () => {
  account = await gateway.newAccount("0");
  [client, manager] = [gateway.as(account), gateway.as({ key: await gateway.newProvisioningKey(account) })];
  await addKey({ name: "Paid elsewhere" });
  await expect.poll(async () => (await ask()).status, { timeout: LIMIT_MS }).toBe(200);
  const answers = await Promise.all(Array.from({ length: 12 }, () => ask()));
  const served = answers.filter(({ status }) => status === 200);
  expect(answers.filter(({ status }) => status === 402)).toHaveLength(answers.length - served.length);
  expect(served.map((answer) => usageOf(answer).cost)).toEqual(served.map(() => 0));
  expect(await booksOf(gateway, account.id)).toMatchObject({ balance: 0n, entries: 0n });
});

test("exactly so many requests at once are free, and the books add up", async () => {
  await addKey({ name: "Crowd", is_byok_only: true });
  const usages = (await Promise.all(Array.from({ length: 12 }, () => ask({ provider: { only: ["groq"] } })))).map(
    usageOf,
  );
  expect(usages.filter(({ cost }) => cost === 0)).toHaveLength(FREE);
  const { balance, entries } = await booksOf(gateway, account.id);
  expect(balance).toBe(entries);
  const paid = usages.reduce((sum, { cost }) => sum + Math.round(cost * 1e9), 0);
  expect(balance).toBe(10_000_000_000n - BigInt(paid));
});

test.each([
  {
    name: "disabled",
    change: (id: string) => call(manager, `/byok/${id}`, { method: "PATCH", body: { disabled: true } }),
  },
  { name: "deleted", change: (id: string) => call(manager, `/byok/${id}`, { method: "DELETE" }) },
])("a key that is $name is used no more within a second, by any process", async ({ change }) => {
  const { id } = await addKey({});
  const isOwn = async () => usageOf(await ask()).is_byok;
  expect(await Promise.all([1, 2, 3, 4].map(isOwn))).toEqual([true, true, true, true]);
  expect((await change(id)).status).toBe(200);
  const uses = () => Promise.all([1, 2, 3, 4, 5, 6].map(isOwn));
  await expect.poll(uses, { timeout: LIMIT_MS }).toEqual([false, false, false, false, false, false]);
});

test("a limit that counts own keys is reached by them", async () => {
  const key = await gateway.newKey(account, "0.00001");
  await gateway.sql(`update "ApiKey" set "includeByokInLimit" = true where "hash" = '${hashOf(key)}'`);
  await addKey({});
  groq.behave({ kind: "answer", usage: { prompt: 1_000, completion: 300 } });
  const target = gateway.as({ key });
  expect(usageOf(await ask({}, target)).is_byok).toBe(true);
  const refused = await ask({}, target);
  expect(refused.status).toBe(402);
  expect(refused.text).toContain("Key limit reached");
});

describe("/byok", () => {
  test.each([
    { name: "no provider", body: { key: "x" }, field: "provider" },
    { name: "a provider that there is not", body: { provider: "nobody", key: "x" }, field: "provider" },
    { name: "no key", body: { provider: "groq" }, field: "key" },
    {
      name: "half an Azure deployment",
      body: { provider: "azure", key: '{"model_slug":"openai/gpt-4o"}' },
      field: "key.endpoint_url",
    },
    {
      name: "a region that is none",
      body: { provider: "amazon-bedrock", key: { accessKeyId: "a", secretAccessKey: "b", region: "here" } },
      field: "key.region",
    },
    {
      name: "a private key that is none",
      body: {
        provider: "google-vertex",
        key: { project_id: "p", client_email: "e", private_key: "-----BEGIN PRIVATE KEY-----x" },
      },
      field: "key.private_key",
    },
    {
      name: "an unknown model",
      body: { provider: "groq", key: "x", allowed_models: ["no/such"] },
      field: "allowed_models[0]",
    },
    {
      name: "somebody else's API key",
      body: { provider: "groq", key: "x", allowed_api_key_hashes: ["0".repeat(64)] },
      field: "allowed_api_key_hashes",
    },
    {
      name: "a fallback that is always used",
      body: { provider: "groq", key: "x", is_fallback: true, is_byok_only: true },
      field: "is_byok_only",
    },
  ])("refuses $name and names the field", async ({ body, field }) => {
    const { status, json } = await call(manager, "/byok", { body });
    expect(status).toBe(400);
    expect(errorResponseSchema.parse(json).error).toMatchObject({
      message: expect.stringContaining(`${field}: `),
      metadata: { field },
    });
  });

  test("lists, gets, changes, moves and deletes, of its own account only", async () => {
    const made = [
      await addKey({ name: "A" }),
      await addKey({ name: "B" }),
      await addKey({ provider: "openai", name: "C" }),
    ];
    const names = async (query = "") => {
      const { json } = await call(manager, `/byok${query}`);
      return z.object({ data: z.array(providerCredentialSchema), total_count: z.int() }).parse(json);
    };
    expect((await names()).data.map(({ name }) => name)).toEqual(["A", "B", "C"]);
    expect(await names("?provider=groq&limit=1&offset=1")).toMatchObject({ data: [{ name: "B" }], total_count: 2 });
    const [a, b] = made;
    await call(manager, `/byok/${b?.id}`, { method: "PATCH", body: { sort_order: 0, name: null } });
    expect((await names("?provider=groq")).data.map(({ id, sort_order }) => [id, sort_order])).toEqual([
      [b?.id, 0],
      [a?.id, 1],
    ]);

    const stranger = gateway.as({ key: await gateway.newProvisioningKey(await gateway.newAccount("1")) });
    for (const method of ["GET", "PATCH", "DELETE"]) {
      const body = method === "PATCH" ? { body: { disabled: true } } : {};
      const foreign = await call(stranger, `/byok/${a?.id}`, { method, ...body });
      const missing = await call(stranger, "/byok/5160a1b0-0000-4000-8000-00000000ffff", { method, ...body });
      expect([foreign.status, foreign.text]).toEqual([404, missing.text]);
    }
    expect((await call(client, "/byok")).status).toBe(403);
    expect((await call({ ...manager, key: "nonsense" }, "/byok")).status).toBe(401);

    expect((await call(manager, `/byok/${a?.id}`, { method: "DELETE" })).json).toEqual({ deleted: true });
    expect(await call(manager, `/byok/${a?.id}`)).toMatchObject({ status: 404 });
    expect(await names("?provider=groq")).toMatchObject({ data: [{ id: b?.id, sort_order: 0, name: null }] });
  });
});

test("a rotation encrypts all secrets anew, and they go on working", async () => {
  const { id, key } = await addKey({});
  const sealed = async () =>
    (await gateway.sql(`select "secret", "encryptionKeyId" from "ProviderCredential" where "id" = '${id}'`))[0];
  const before = await sealed();
  expect(before?.encryptionKeyId).toBe("k1");
  const env = {
    NODE_ENV: "production" as const,
    PATH: process.env.PATH,
    ENV_FILE: "none",
    DATABASE_URL: gateway.databaseUrl,
    ENCRYPTION_KEYS: `${K2},${K1}`,
  };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["dist/rotate-keys.mjs"], { env });
  expect(stdout).toMatch(/encrypted anew with "k2"/);
  expect(stdout + stderr).not.toContain(key);
  const after = await sealed();
  expect(after?.encryptionKeyId).toBe("k2");
  expect(after?.secret).not.toBe(before?.secret);
  expect(usageOf(await ask()).is_byok).toBe(true);
  expect(keysAt(groq)).toEqual([key]);
});

test("no secret was ever in a log, an answer or the database", async () => {
  expect(secrets.length).toBeGreaterThan(10);
  const tables = await gateway.sql(`select table_name from information_schema.tables where table_schema = 'public'`);
  const dumps = await Promise.all(
    tables.map(async ({ table_name: table }) =>
      JSON.stringify(await gateway.sql(`select row_to_json(t)::text as row from "${String(table)}" t`)),
    ),
  );
  const places = { log: gateway.server.output(), answers: answers.join("\n"), database: dumps.join("\n") };
  for (const [place, text] of Object.entries(places)) {
    expect(text.length, place).toBeGreaterThan(100);
    expect(
      secrets.filter((secret) => text.includes(secret)),
      place,
    ).toEqual([]);
  }
});
