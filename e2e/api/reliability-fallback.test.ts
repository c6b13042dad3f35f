import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ApiAnswer, callApi, readStream } from "@/e2e/fixtures/call-api";
import { type Account, booksOf, type Gateway, recordOf, startGateway } from "@/e2e/fixtures/start-gateway";
import { type Behaviour, startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { chatCompletionSchema, errorResponseSchema } from "@/lib/schemas/chat-completion";
import { generationResponseSchema } from "@/lib/schemas/generation";

const CHAT = "/chat/completions";
const MODEL = "meta-llama/llama-3.3-70b-instruct";
const OTHER_MODEL = "openai/gpt-4o-mini";
const TIMEOUT_MS = 250;

let first: Upstream;
let second: Upstream;
let openai: Upstream;
let anthropic: Upstream;
let gateway: Gateway;
let account: Account;

beforeAll(async () => {
  [first, second, openai, anthropic] = await Promise.all([
    startUpstream("openai"),
    startUpstream("openai"),
    startUpstream("openai"),
    startUpstream("anthropic"),
  ]);
  gateway = await startGateway({
    providers: { deepinfra: first, groq: second, openai, anthropic, novita: await unusedAddress() },
    env: {
      UPSTREAM_CONNECT_TIMEOUT_MS: String(TIMEOUT_MS),
      UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: String(TIMEOUT_MS),
      UPSTREAM_IDLE_TIMEOUT_MS: String(TIMEOUT_MS),
    },
  });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([first, second, openai, anthropic].map((upstream) => upstream.close()));
});

beforeEach(async () => {
  for (const upstream of [first, second, openai, anthropic]) upstream.reset();
  account = await gateway.newAccount("10");
});

const STREAM_HEAD = { "content-type": "text/event-stream" };
const raw = (serve: (response: ServerResponse) => void): Behaviour => ({ kind: "raw", serve });
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const emptyDelta = event({
  id: "x",
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta: { role: "assistant", content: "" }, finish_reason: null }],
});

/** What a provider may do instead of answering, and the status under which the route records it. */
const FAULTS: readonly { name: string; behaviour: Behaviour; status: number }[] = [
  { name: "answers 500", behaviour: { kind: "status", status: 500 }, status: 500 },
  {
    name: "answers 503 in HTML",
    behaviour: {
      kind: "status",
      status: 503,
      body: "<html><title>Busy</title></html>",
      headers: { "content-type": "text/html" },
    },
    status: 503,
  },
  { name: "answers 529", behaviour: { kind: "status", status: 529 }, status: 529 },
  { name: "answers 429", behaviour: { kind: "status", status: 429, headers: { "retry-after": "7" } }, status: 429 },
  { name: "refuses our key with 401", behaviour: { kind: "status", status: 401 }, status: 401 },
  { name: "refuses our key with 403", behaviour: { kind: "status", status: 403 }, status: 403 },
  { name: "wants money of us (402)", behaviour: { kind: "status", status: 402 }, status: 402 },
  { name: "does not know the model (404)", behaviour: { kind: "status", status: 404 }, status: 404 },
  { name: "answers 408", behaviour: { kind: "status", status: 408 }, status: 408 },
  { name: "answers 409", behaviour: { kind: "status", status: 409 }, status: 409 },
  { name: "answers 425", behaviour: { kind: "status", status: 425 }, status: 425 },
  {
    name: "redirects",
    behaviour: { kind: "status", status: 302, headers: { location: "http://127.0.0.1:1/" } },
    status: 302,
  },
  { name: "resets the connection", behaviour: { kind: "cut" }, status: 502 },
  { name: "hangs before its headers", behaviour: { kind: "hang" }, status: 408 },
  {
    name: "hangs after its headers",
    behaviour: raw((response) => void response.writeHead(200, STREAM_HEAD).flushHeaders()),
    status: 408,
  },
  {
    name: "hangs inside an error",
    behaviour: raw(
      (response) => void response.writeHead(500, { "content-type": "application/json" }).write('{"error":'),
    ),
    status: 500,
  },
  {
    name: "sends comments and empty deltas for ever",
    behaviour: raw((response) => {
      response.writeHead(200, STREAM_HEAD);
      const timer = setInterval(() => response.write(`: keep-alive\n\n${emptyDelta}`), 20);
      response.on("close", () => clearInterval(timer));
    }),
    status: 408,
  },
  {
    name: "sends comments and empty deltas and ends",
    behaviour: raw(
      (response) => void response.writeHead(200, STREAM_HEAD).end(`: keep-alive\n\n${emptyDelta}data: [DONE]\n\n`),
    ),
    status: 502,
  },
  {
    name: "ends its stream before any content",
    behaviour: raw((response) => void response.writeHead(200, STREAM_HEAD).end(emptyDelta)),
    status: 502,
  },
  { name: "breaks off before any content", behaviour: { kind: "cut", afterChunks: 0 }, status: 502 },
  { name: "sends garbage", behaviour: { kind: "garbage" }, status: 502 },
  {
    name: "sends a page of HTML with 200",
    behaviour: raw(
      (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<html>hello</html>"),
    ),
    status: 502,
  },
  {
    name: "sends broken JSON",
    behaviour: raw(
      (response) => void response.writeHead(200, { "content-type": "application/json" }).end('{"choices": ['),
    ),
    status: 502,
  },
  {
    name: "sends JSON that is no answer",
    behaviour: raw(
      (response) => void response.writeHead(200, { "content-type": "application/json" }).end('{"ok": true}'),
    ),
    status: 502,
  },
  {
    name: "sends an error with 200",
    behaviour: raw(
      (response) =>
        void response
          .writeHead(200, { "content-type": "application/json" })
          .end('{"error": {"message": "overloaded", "code": 503}}'),
    ),
    status: 503,
  },
  { name: "sends an empty body", behaviour: { kind: "empty", what: "body" }, status: 502 },
  {
    name: "sends an error event before any content",
    behaviour: raw(
      (response) =>
        void response
          .writeHead(200, STREAM_HEAD)
          .end(`${emptyDelta}${event({ error: { message: "broke", code: "server_error" } })}`),
    ),
    status: 500,
  },
];

/** How a caller may ask; the second is asked of the provider as a stream, because its length is not known. */
const WAYS = [
  { way: "streamed", extra: { stream: true } },
  { way: "whole", extra: {} },
  { way: "whole and short", extra: { max_tokens: 50 } },
] as const;

// All ways at once: some of these faults take their time.
test.each(FAULTS)("a first provider that $name is passed over for the second", async ({ behaviour, status }) => {
  first.behave(behaviour);
  const ask3 = WAYS.map(({ extra }) => ask({ ...extra, provider: { order: ["deepinfra", "groq"] } }));
  for (const answer of await Promise.all(ask3)) {
    expect(answer.status, answer.text).toBe(200);
    expect(textOf(answer)).toBe("Hello from the upstream");
    const { route, provider_responses } = await generationOf(answer);
    expect(route.attempts).toMatchObject([
      { model: MODEL, provider: "DeepInfra", status, error: expect.stringMatching(/\S/) },
      { model: MODEL, provider: "Groq", status: 200 },
    ]);
    expect(provider_responses?.map((response) => response.status)).toEqual([status, 200]);
    for (const { latency } of provider_responses ?? []) expect(latency).toBeGreaterThanOrEqual(0);
    await expectCharged(answer);
  }
  expect([first.requests.length, second.requests.length]).toEqual([WAYS.length, WAYS.length]);
});

test("a provider that refuses connections is passed over", async () => {
  const answer = await ask({ provider: { order: ["novita", "groq"] } });
  expect(textOf(answer)).toBe("Hello from the upstream");
  expect((await generationOf(answer)).route.attempts).toMatchObject([
    { provider: "Novita", status: 502, error: expect.stringContaining("ECONNREFUSED") },
    { provider: "Groq", status: 200 },
  ]);
});

describe("when every provider fails", () => {
  const both = { provider: { order: ["deepinfra", "groq"], only: ["deepinfra", "groq"] } };

  test.each([
    { name: "5xx becomes 502", behaviour: { kind: "status", status: 500 }, status: 502 },
    { name: "a refused key becomes 502, for it is ours", behaviour: { kind: "status", status: 401 }, status: 502 },
    { name: "a missing model becomes 502", behaviour: { kind: "status", status: 404 }, status: 502 },
    { name: "a cut connection becomes 502", behaviour: { kind: "cut" }, status: 502 },
    { name: "a timeout becomes 408", behaviour: { kind: "hang" }, status: 408 },
    {
      name: "429 stays 429",
      behaviour: { kind: "status", status: 429, headers: { "retry-after": "7" } },
      status: 429,
      retryAfter: "7",
    },
    {
      name: "429 without a word about when gets one",
      behaviour: { kind: "status", status: 429 },
      status: 429,
      retryAfter: "1",
    },
  ] satisfies { name: string; behaviour: Behaviour; status: number; retryAfter?: string }[])(
    "$name, with both attempts, and nothing is charged",
    async ({ behaviour, status, ...rest }) => {
      for (const upstream of [first, second]) upstream.behave(behaviour);
      for (const { extra } of WAYS) {
        const answer = await ask({ ...extra, ...both });
        expect(answer.status, answer.text).toBe(status);
        const { error } = errorResponseSchema.parse(answer.json);
        expect(error.code).toBe(status);
        expect(error.metadata).toMatchObject({
          provider_name: "Groq",
          raw: expect.stringMatching(/\S/),
          attempts: [{ provider: "DeepInfra" }, { provider: "Groq" }],
        });
        expect(answer.headers.get("retry-after")).toBe("retryAfter" in rest ? rest.retryAfter : null);
        const { entry, generation } = await recordOf(gateway, idOf(answer));
        expect(entry).toBeUndefined();
        expect(generation).toMatchObject({ state: "failed", costNanoUsd: "0" });
      }
      const books = await booksOf(gateway, account.id);
      expect(books).toMatchObject({ balance: 10_000_000_000n, entries: 10_000_000_000n, holds: 0 });
    },
  );

  test("Retry-After as a date is understood", async () => {
    const date = new Date(Date.now() + 30_000).toUTCString();
    for (const upstream of [first, second])
      upstream.behave({ kind: "status", status: 429, headers: { "retry-after": date } });
    const answer = await ask(both);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(20);
    expect(Number(answer.headers.get("retry-after"))).toBeLessThanOrEqual(30);
  });
});

describe("a complaint about the request itself", () => {
  test.each([400, 413, 422])("(%i) skips the model's other endpoints and goes on to the next model", async (status) => {
    first.behave({ kind: "status", status, body: { error: { message: "messages: too strange" } } });
    for (const { extra } of WAYS) {
      const answer = await ask({ ...extra, models: [OTHER_MODEL], provider: { order: ["deepinfra", "groq"] } });
      expect(answer.status, answer.text).toBe(200);
      const { route, model } = await generationOf(answer);
      expect(model).toBe(OTHER_MODEL);
      expect(route.attempts).toMatchObject([
        { provider: "DeepInfra", status },
        { provider: "OpenAI", model: OTHER_MODEL, status: 200 },
      ]);
    }
    expect(second.requests).toHaveLength(0);
  });

  test.each([400, 413, 422])("(%i) is told as it is when there is no other model", async (status) => {
    first.behave({ kind: "status", status, body: { error: { message: "messages: too strange" } } });
    const answer = await ask({ provider: { order: ["deepinfra", "groq"] } });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain("too strange");
    expect(second.requests).toHaveLength(0);
  });

  describe("that a protocol cannot express", () => {
    const body = {
      model: "anthropic/claude-sonnet-4.5",
      // Anthropic's tool calls have objects for arguments; OpenAI's have any text.
      messages: [
        { role: "user", content: "Go" },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: "[1]" } }],
        },
        { role: "tool", tool_call_id: "c", content: "done" },
      ],
    };

    test("goes on to the next model", async () => {
      const answer = await ask({ ...body, models: [OTHER_MODEL] });
      expect(answer.status, answer.text).toBe(200);
      expect((await generationOf(answer)).route.attempts).toMatchObject([
        { provider: "Anthropic", status: 400 },
        { provider: "OpenAI", status: 200 },
      ]);
    });

    test("is told with the field's name when there is no other model", async () => {
      const answer = await ask(body);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain("messages[1].tool_calls[0].function.arguments");
      expect(anthropic.requests).toHaveLength(0);
    });
  });
});

describe("the caller's preferences", () => {
  test("allow_fallbacks: false tries one endpoint and no other", async () => {
    first.behave({ kind: "status", status: 500 });
    const answer = await ask({ provider: { order: ["deepinfra"], allow_fallbacks: false } });
    expect(answer.status).toBe(502);
    expect(second.requests).toHaveLength(0);
  });

  test("only and ignore keep providers out", async () => {
    for (const provider of [{ only: ["groq"] }, { ignore: ["deepinfra", "novita"] }]) {
      second.reset();
      expect((await ask({ provider })).status).toBe(200);
      expect([first.requests.length, second.requests.length]).toEqual([0, 1]);
    }
  });

  test("max_price keeps expensive endpoints out, and says so when nothing is left", async () => {
    expect((await ask({ provider: { max_price: { completion: 0.35 }, ignore: ["novita"] } })).status).toBe(200);
    expect([first.requests.length, second.requests.length]).toEqual([1, 0]);
    const refused = await ask({ provider: { max_price: { prompt: 0.000001 } } });
    expect(refused.status).toBe(404);
    expect(refused.text).toContain("max_price");
  });

  test("sort: price tries the cheapest first", async () => {
    first.behave({ kind: "status", status: 500 });
    const { route } = await generationOf(await ask({ provider: { sort: "price", ignore: ["novita"] } }));
    expect(route.attempts.map(({ provider }) => provider)).toEqual(["DeepInfra", "Groq"]);
  });
});

test("an endpoint that keeps failing goes to the end of the line", async () => {
  first.behave({ kind: "status", status: 500 });
  for (let i = 0; i < 3; i += 1) await ask({ provider: { order: ["deepinfra", "groq"] } });
  // Cheaper by so much that it would be drawn first nearly always.
  const { route } = await generationOf(await ask({ provider: { ignore: ["novita"] } }));
  expect(route.candidates.at(-1)).toMatchObject({ provider: "DeepInfra" });
  expect(route.attempts).toMatchObject([{ provider: "Groq", status: 200 }]);
});

async function ask(body: Readonly<Record<string, unknown>>): Promise<ApiAnswer> {
  return callApi(gateway.as(account), CHAT, {
    body: { model: MODEL, messages: [{ role: "user", content: "Say hello" }], ...body },
  });
}

function idOf({ headers }: ApiAnswer): string {
  return headers.get("x-generation-id") ?? "";
}

async function generationOf(answer: ApiAnswer) {
  const found = await callApi(gateway.as(account), `/generation?id=${idOf(answer)}`);
  expect(found.status, found.text).toBe(200);
  return generationResponseSchema.parse(found.json).data;
}

const chunkSchema = z.looseObject({
  choices: z.array(z.looseObject({ delta: z.looseObject({ content: z.string().nullish() }) })),
});

function textOf({ text, json }: ApiAnswer): string {
  if (json !== undefined) return chatCompletionSchema.parse(json).choices[0]?.message.content ?? "";
  return readStream(text)
    .chunks.flatMap((chunk) => chunkSchema.parse(chunk).choices)
    .map(({ delta }) => delta.content ?? "")
    .join("");
}

async function expectCharged(answer: ApiAnswer): Promise<void> {
  const { entry, generation } = await recordOf(gateway, idOf(answer));
  expect(generation).toMatchObject({ state: "finished" });
  // 10 prompt and 5 completion tokens at Groq's 0.59 and 0.79 USD per million.
  expect(entry).toMatchObject({ state: "exact", amountNanoUsd: "-9850" });
  expect(generation?.costNanoUsd).toBe("9850");
}

/** An address at which nobody listens. */
async function unusedAddress(): Promise<string> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}/v1` : "";
}
