import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { callApi, readStream } from "@/e2e/fixtures/call-api";
import { ADMINISTRATOR, type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { apiKeySchema } from "@/lib/schemas/api-key";
import { errorResponseSchema } from "@/lib/schemas/chat-completion";
import { publicEndpointListSchema, publicModelListSchema } from "@/lib/schemas/public-catalog";
import { chatBody, MODELS, startUpstreams, type Upstreams } from "./protocols";
import { CHAT, complete, exactly, keysOf, stream } from "./read-answers";

// Each of these was seen to make an official client throw, or drop what it was sent.
const [OPENAI] = MODELS;
const MODEL_KEYS = `architecture canonical_slug context_length created default_parameters description expiration_date
  hugging_face_id id knowledge_cutoff links name per_request_limits pricing supported_parameters supported_voices
  top_provider`.split(/\s+/);

const KEY_FIELDS =
  `allowed_data_regions byok_usage byok_usage_daily byok_usage_monthly byok_usage_weekly creator_user_id expires_at
  free_model_daily_requests include_byok_in_limit is_free_tier is_management_key is_provisioning_key label limit
  limit_remaining limit_reset organization_id rate_limit usage usage_daily usage_monthly usage_weekly workspace_id`.split(
    /\s+/,
  );

let upstreams: Upstreams;
let server: RunningServer;

beforeAll(async () => {
  upstreams = await startUpstreams();
  server = await startServer({ env: { ...upstreams.env, ...ADMINISTRATOR } });
});

afterAll(async () => {
  await server.stop();
  await upstreams.close();
});

beforeEach(() => upstreams.reset());

test("system_fingerprint is in every whole answer, null where the provider has none, and in no chunk as null", async () => {
  const [openai, anthropic] = MODELS;
  expect(await complete(server, chatBody(openai.model))).toHaveProperty("system_fingerprint", "fp_up");
  expect(await complete(server, chatBody(anthropic.model))).toHaveProperty("system_fingerprint", null);
  for (const { model } of MODELS) {
    for (const chunk of await stream(server, chatBody(model))) expect(chunk.system_fingerprint).not.toBeNull();
  }
});

test("every choice of every chunk has finish_reason, index and delta; every chunk its five fields", async () => {
  for (const { model } of MODELS) {
    for (const chunk of await stream(server, chatBody(model))) {
      expect(keysOf(chunk)).toEqual(expect.arrayContaining(["choices", "created", "id", "model", "object"]));
      for (const choice of chunk.choices) {
        expect(keysOf(choice)).toEqual(["delta", "finish_reason", "index", "logprobs", "native_finish_reason"]);
      }
    }
  }
});

test.each([
  { name: "nulls for details", usage: { prompt_tokens_details: null, completion_tokens_details: null } },
  {
    name: "nulls in details",
    usage: { prompt_tokens_details: { cached_tokens: null }, completion_tokens_details: { reasoning_tokens: null } },
  },
  { name: "no details", usage: {} },
])("usage has its numbers when the provider sends $name", async ({ usage }) => {
  const wireUsage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10, ...usage };
  upstreams.openai.behave({
    kind: "status",
    status: 200,
    headers: { "content-type": "text/event-stream" },
    body: [
      { choices: [{ index: 0, delta: { role: "assistant", content: "Hi" }, finish_reason: null }], usage: null },
      { choices: [{ index: 0, delta: {}, finish_reason: "stop" }], usage: null },
      { choices: [], usage: wireUsage },
    ]
      .map(
        (chunk) =>
          `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", ...chunk })}\n\n`,
      )
      .join("")
      .concat("data: [DONE]\n\n"),
  });

  const { usage: rendered } = await complete(server, chatBody(OPENAI.model));
  expect(keysOf(rendered)).toEqual([
    "completion_tokens",
    "completion_tokens_details",
    "cost",
    "cost_details",
    "is_byok",
    "prompt_tokens",
    "prompt_tokens_details",
    "total_tokens",
  ]);
  expect(rendered).toMatchObject({
    prompt_tokens: 7,
    completion_tokens: 3,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
    cost_details: {
      upstream_inference_prompt_cost: expect.any(Number),
      upstream_inference_completions_cost: expect.any(Number),
    },
  });
});

test.each([
  { name: "a bad request", status: 400, call: { body: {} } },
  { name: "no key", status: 401, call: { body: chatBody(OPENAI.model), key: null } },
  { name: "an unknown path", status: 404, path: "/nothing", call: {} },
  { name: "a wrong method", status: 405, call: { method: "DELETE" } },
])("error.code is the HTTP status, a whole number, for $name", async ({ status, path = CHAT, call }) => {
  const answer = await callApi(server, path, call);

  expect(answer.status).toBe(status);
  expect(exactly(errorResponseSchema, answer.json).error.code).toBe(status);
});

test.each([
  { upstream: 429, status: 429 },
  { upstream: 500, status: 502 },
  { upstream: 503, status: 502 },
  { upstream: 401, status: 502 },
])("error.code is $status when the only provider answers $upstream", async ({ upstream, status }) => {
  const failure = { error: { message: "no", type: "server_error", code: "server_error" } };
  upstreams.openai.behave({ kind: "status", status: upstream, body: failure });

  for (const body of [chatBody(OPENAI.model), chatBody(OPENAI.model, { stream: true })]) {
    const answer = await callApi(server, CHAT, { body });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(exactly(errorResponseSchema, answer.json).error.code).toBe(status);
  }
});

test("no good answer or chunk has an error key", async () => {
  for (const { model } of MODELS) {
    for (const value of [await complete(server, chatBody(model)), ...(await stream(server, chatBody(model)))]) {
      expect(value).not.toHaveProperty("error");
      for (const choice of value.choices) expect(choice).not.toHaveProperty("error");
    }
  }
});

test.each(MODELS)("an error in the middle of a stream is a whole chunk ($protocol)", async ({ protocol, model }) => {
  upstreams[protocol].behave({ kind: "stream-error", afterChunks: 2 });

  const chunks = await stream(server, chatBody(model));
  const failed = chunks.filter((chunk) => chunk.error !== undefined);
  expect(failed).toHaveLength(1);
  expect(failed[0]).toMatchObject({
    id: chunks[0]?.id,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta: { content: "" }, finish_reason: "error" }],
    error: { code: expect.any(Number), message: expect.any(String), metadata: { error_type: expect.any(String) } },
  });
  expect(Number.isInteger(failed[0]?.error?.code)).toBe(true);
  // Zero completion insurance: what ended with an error costs nothing.
  expect(chunks.at(-1)?.usage?.cost).toBe(0);
});

test.each(MODELS)(
  "an error in the middle of a whole answer is told in its choice ($protocol)",
  async ({ protocol, model }) => {
    upstreams[protocol].behave({ kind: "stream-error", afterChunks: 2 });

    const answer = await complete(server, chatBody(model));
    expect(answer.choices[0]).toMatchObject({
      finish_reason: "error",
      message: { content: "Hello from" },
      error: { code: expect.any(Number), message: expect.any(String) },
    });
    expect(answer.usage.cost).toBe(0);
  },
);

test("statuses are the exact ones: 201 for a new key, 200 for the others", async () => {
  const key = ADMINISTRATOR.ADMIN_PROVISIONING_KEY;
  const created = await callApi(server, "/keys", { key, body: { name: "Short-lived" } });
  expect(created.status).toBe(201);
  const { data } = exactly(z.object({ data: apiKeySchema, key: z.string() }), created.json);
  const changed = await callApi(server, `/keys/${data.hash}`, { key, method: "PATCH", body: { disabled: true } });
  expect(changed.status).toBe(200);
  const deleted = await callApi(server, `/keys/${data.hash}`, { key, method: "DELETE" });
  expect([deleted.status, deleted.json]).toEqual([200, { deleted: true }]);
});

test.each([
  { path: "/models" },
  { path: "/models/count" },
  { path: "/models/openai/gpt-4o-mini/endpoints" },
  { path: "/providers" },
  { path: "/key" },
  { path: "/credits" },
  { path: "/nothing" },
  { path: CHAT, body: chatBody(OPENAI.model) },
  { path: CHAT, body: {} },
])("$path answers as application/json ($body.model)", async ({ path, body }) => {
  const { headers, json } = await callApi(server, path, body === undefined ? {} : { body });

  expect(headers.get("content-type")).toMatch(/^application\/json/);
  expect(json).toBeTypeOf("object");
});

test("streams answer as text/event-stream, uncompressed, uncached", async () => {
  const { headers } = await callApi(server, CHAT, {
    body: chatBody(OPENAI.model, { stream: true }),
    headers: { "accept-encoding": "gzip, br" },
  });

  expect(headers.get("content-type")).toMatch(/^text\/event-stream/);
  expect(headers.get("content-encoding")).toBeNull();
  expect(headers.get("cache-control")).toContain("no-cache");
});

test("every event of a stream, the last one too, ends in a blank line", async () => {
  const { text } = await callApi(server, CHAT, { body: chatBody(OPENAI.model, { stream: true }) });

  expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
  expect(readStream(text).chunks).toHaveLength(6);
});

test("prices are decimal strings and the discount a number", async () => {
  const { json } = await callApi(server, "/models/openai/gpt-4o-mini/endpoints");
  const { endpoints } = exactly(z.object({ data: publicEndpointListSchema }), json).data;

  for (const { pricing } of endpoints) {
    const { discount, overrides: _, ...prices } = pricing;
    expect(discount).toBeTypeOf("number");
    for (const price of Object.values(prices)) expect(price).toMatch(/^\d+(\.\d+)?$/);
  }
});

test("credits are numbers", async () => {
  const { json } = await callApi(server, "/credits");

  exactly(z.object({ data: z.object({ total_credits: z.number(), total_usage: z.number() }) }), json);
});

test("/models has its count and links at the root, and every key in every model", async () => {
  const { json } = await callApi(server, "/models");
  const { data, total_count, links } = exactly(publicModelListSchema, json);

  expect(total_count).toBe(data.length);
  expect(links).toEqual({ next: null });
  for (const model of data) expect(keysOf(model)).toEqual(expect.arrayContaining(MODEL_KEYS));
});

test("/key has all its fields, the deprecated ones too", async () => {
  const { json } = await callApi(server, "/key");
  const { data } = z.object({ data: z.record(z.string(), z.unknown()) }).parse(json);

  expect(Object.keys(data).sort()).toEqual(KEY_FIELDS);
  expect(data).toMatchObject({
    is_provisioning_key: false,
    is_management_key: false,
    rate_limit: { requests: expect.any(Number), interval: expect.any(String), note: expect.any(String) },
    free_model_daily_requests: {
      limit: expect.any(Number),
      remaining: expect.any(Number),
      used: expect.any(Number),
    },
    allowed_data_regions: [expect.any(String)],
  });
});

test("a key in a list has its creator, its external user and its workspace", async () => {
  const { json } = await callApi(server, "/keys", { key: ADMINISTRATOR.ADMIN_PROVISIONING_KEY });
  const { data } = exactly(z.object({ data: z.array(apiKeySchema) }), json);

  expect(data.length).toBeGreaterThan(0);
  for (const key of data) expect(key.workspace_id).toBeTypeOf("string");
});

test("a provider's request to come back later reaches the client, who asked only once", async () => {
  upstreams.openai.behave({ kind: "status", status: 429, headers: { "retry-after": "7" } });

  const answer = await callApi(server, CHAT, { body: chatBody(OPENAI.model) });
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "7"]);
  expect(upstreams.openai.requests).toHaveLength(1);
});
