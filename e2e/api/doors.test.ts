import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ApiAnswer, callApi, openApi } from "@/e2e/fixtures/call-api";
import { type Account, booksOf, type Gateway, recordOf, startGateway } from "@/e2e/fixtures/start-gateway";
import { startUpstream, type Upstream, type UpstreamRequest } from "@/e2e/fixtures/start-upstream";
import { countTokens } from "@/lib/gateway/count-tokens";
import { dataIn, eventsIn } from "@/lib/testing/door-tools";
import { waitFor } from "@/lib/testing/wait-for";
import { MODELS } from "./protocols";

const IDLE_MS = 400;
const [{ model: MODEL }] = MODELS;
/** A busy machine may hold up a measurement; a server that is too slow is so three times in a row. */
const MEASURED = { retry: 2 };
const TEXT = "Hello from the upstream";

/** What is the same at every door, and what each has of its own. */
type DoorCase = {
  name: string;
  path: string;
  /** As generations are recorded, and as `GET /generation` tells it. */
  apiType: string;
  ask(text: string): Record<string, unknown>;
  /** The text of a whole answer, and of a stream's events. */
  textOf(json: unknown): string;
  streamedTextOf(events: readonly Record<string, unknown>[]): string;
  costOf(json: unknown): unknown;
  /** How an answer that breaks off tells of it: as the last events of a stream, and whole. */
  brokenStream: Record<string, unknown>;
  brokenWhole: { status: number; body: Record<string, unknown> };
  /** A refusal as this door words it. */
  refusal(type: string, field?: string): Record<string, unknown>;
};

const openAiRefusal = (type: string, field?: string) => ({
  error: { metadata: { error_type: type, ...(field === undefined ? {} : { field }) } },
});
const ANTHROPIC_TYPES: Readonly<Record<string, string>> = {
  invalid_request: "invalid_request_error",
  authentication: "authentication_error",
  permission_denied: "permission_error",
  payment_required: "billing_error",
  not_found: "not_found_error",
  provider_unavailable: "api_error",
  timeout: "timeout_error",
};
const partsOf = <Shape extends z.ZodType>(shape: Shape, json: unknown): z.output<Shape> => shape.parse(json);

const DOORS: readonly DoorCase[] = [
  {
    name: "text completions",
    path: "/completions",
    apiType: "text_completions",
    ask: (prompt) => ({ prompt }),
    textOf: (json) =>
      partsOf(z.object({ choices: z.array(z.object({ text: z.string() })) }), json).choices[0]?.text ?? "",
    streamedTextOf: (events) =>
      events
        .flatMap((event) => partsOf(z.object({ choices: z.array(z.object({ text: z.string() })) }), event).choices)
        .map(({ text }) => text)
        .join(""),
    costOf: (json) => partsOf(z.object({ usage: z.object({ cost: z.number() }) }), json).usage.cost,
    brokenStream: { choices: [{ finish_reason: "error" }], error: { code: 502 } },
    brokenWhole: {
      status: 200,
      body: { choices: [{ text: "Hello from", finish_reason: "error", error: { code: 502 } }] },
    },
    refusal: openAiRefusal,
  },
  {
    name: "messages",
    path: "/messages",
    apiType: "messages",
    // So many that the provider is asked for a stream: what is produced can be told when the client leaves.
    ask: (content) => ({ max_tokens: 2_000, messages: [{ role: "user", content }] }),
    textOf: (json) =>
      partsOf(z.object({ content: z.array(z.object({ text: z.string() })) }), json)
        .content.map(({ text }) => text)
        .join(""),
    streamedTextOf: (events) =>
      events
        .flatMap((event) => z.object({ delta: z.object({ text: z.string() }) }).safeParse(event).data?.delta.text ?? [])
        .join(""),
    costOf: (json) => partsOf(z.object({ usage: z.object({ cost: z.number() }) }), json).usage.cost,
    brokenStream: { type: "error", error: { type: "api_error" } },
    brokenWhole: { status: 502, body: { type: "error", error: { type: "api_error" } } },
    refusal: (type, field) => ({
      type: "error",
      error: { type: ANTHROPIC_TYPES[type], error_type: type },
      ...(field === undefined ? {} : { metadata: { field } }),
    }),
  },
  {
    name: "responses",
    path: "/responses",
    apiType: "responses",
    ask: (input) => ({ input }),
    textOf: (json) => partsOf(z.object({ output_text: z.string() }), json).output_text,
    streamedTextOf: (events) =>
      events
        .filter(({ type }) => type === "response.output_text.delta")
        .map(({ delta }) => String(delta))
        .join(""),
    costOf: (json) => partsOf(z.object({ usage: z.object({ cost: z.number() }) }), json).usage.cost,
    brokenStream: {
      type: "response.failed",
      response: { status: "failed", error: { code: "server_error" }, output_text: "Hello from" },
    },
    brokenWhole: {
      status: 200,
      body: { status: "failed", error: { code: "server_error" }, output_text: "Hello from" },
    },
    refusal: openAiRefusal,
  },
];

let upstreams: Record<(typeof MODELS)[number]["protocol"], Upstream>;
let openai: Upstream;
let gateway: Gateway;
let account: Account;

beforeAll(async () => {
  const [first, anthropic, gemini] = await Promise.all([
    startUpstream("openai"),
    startUpstream("anthropic"),
    startUpstream("gemini"),
  ]);
  openai = first;
  upstreams = { openai, anthropic, gemini };
  gateway = await startGateway({
    providers: { openai, anthropic, "google-ai-studio": gemini },
    env: { UPSTREAM_IDLE_TIMEOUT_MS: String(IDLE_MS) },
  });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
});

beforeEach(async () => {
  for (const upstream of Object.values(upstreams)) upstream.reset();
  account = await gateway.newAccount("10");
});

const call = (door: DoorCase, more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  callApi(gateway.as(account), door.path, { body: { model: MODEL, ...door.ask("Say hello"), ...more }, headers });
const idOf = ({ headers }: ApiAnswer) => headers.get("x-generation-id") ?? "";

describe.each(DOORS)("$name", (door) => {
  describe.each(MODELS)("of $model", ({ model, protocol, provider }) => {
    test("whole, streamed, charged alike and recorded", async () => {
      const whole = await call(door, { model });
      const streamed = await call(door, { model, stream: true });

      expect(whole.status, whole.text).toBe(200);
      expect(streamed.status, streamed.text).toBe(200);
      expect(door.textOf(whole.json)).toBe(TEXT);
      expect(door.streamedTextOf(dataIn(streamed.text))).toBe(TEXT);
      expect(upstreams[protocol].requests).toHaveLength(2);
      const [first, second] = [await recordOf(gateway, idOf(whole)), await recordOf(gateway, idOf(streamed))];
      expect(first.generation).toMatchObject({
        apiType: door.apiType,
        providerSlug: provider,
        streamed: false,
        state: "finished",
      });
      expect(second.generation).toMatchObject({ apiType: door.apiType, streamed: true });
      expect(second.entry?.amountNanoUsd).toBe(first.entry?.amountNanoUsd);
      expect(Number(door.costOf(whole.json))).toBeCloseTo(-Number(first.entry?.amountNanoUsd) / 1e9, 12);
      expect(z.object({ id: z.string() }).parse(whole.json).id).toBe(idOf(whole));
    });
  });

  test("an answer that breaks off says so in the protocol's own way, and costs nothing", async () => {
    openai.behave({ kind: "cut", afterChunks: 2 });
    const [whole, streamed] = [await call(door), await call(door, { stream: true })];

    expect(whole.status).toBe(door.brokenWhole.status);
    expect(whole.json).toMatchObject(door.brokenWhole.body);
    expect(streamed.status).toBe(200);
    const events = dataIn(streamed.text);
    expect(door.streamedTextOf(events.slice(0, 8))).toBe("Hello from");
    const told = events.filter((event) => JSON.stringify(event).includes("Provider returned an error"));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject(door.brokenStream);
    await waitFor("the books to be closed", async () => (await booksOf(gateway, account.id)).holds === 0);
    expect(await booksOf(gateway, account.id)).toMatchObject({ charged: 0n });
  });

  test("a stream that nobody begins in time is a stream of one refusal", async () => {
    openai.behave({ kind: "status", status: 500, delayMs: 1_300 });
    const streamed = await call(door, { stream: true });

    expect(streamed.status).toBe(200);
    expect(streamed.text.startsWith(": OPENROUTER PROCESSING\n\n")).toBe(true);
    const last = dataIn(streamed.text).at(-1);
    expect(JSON.stringify(last)).toContain("error");
    expect(eventsIn(streamed.text).length).toBeGreaterThan(0);
  });

  test.each(["whole", "streamed"])(
    "a client that goes away takes the provider with it, and pays for the part (%s)",
    MEASURED,
    async (way) => {
      const pieces = ["Once upon a time", " there was a router", " that let nobody down,"];
      openai.behave({ kind: "hang", afterChunks: 2, pieces });
      const leaving = new AbortController();
      const response = openApi(gateway.as(account), door.path, {
        body: { model: MODEL, ...door.ask("Say hello"), stream: way === "streamed" },
        signal: leaving.signal,
      });
      response.catch(() => undefined); // leaving is what is tested
      const request = await openai.nextRequest(0);
      if (way === "streamed") await untilText(await response, "router");
      else await new Promise((resolve) => setTimeout(resolve, 100));
      const leftMs = performance.now();
      leaving.abort();
      await closed(request);
      expect((request.closedAtMs ?? Number.POSITIVE_INFINITY) - leftMs).toBeLessThan(100);

      const completionTokens = await countTokens(pieces.slice(0, 2).join(""));
      const row = await waitFor("the record", async () => {
        const [found] = await gateway.sql(`select * from "Generation" where "accountId" = '${account.id}'`);
        return found;
      });
      expect(row).toMatchObject({ state: "aborted", apiType: door.apiType, estimated: true, completionTokens });
      expect((await booksOf(gateway, account.id)).charged).toBe(BigInt(Number(row.costNanoUsd)));
      expect(Number(row.costNanoUsd)).toBeGreaterThan(0);
    },
  );

  test("models, providers, variants, presets and metadata are those of every door", async () => {
    const preset = { model: MODEL, messages: [{ role: "system", content: "You write." }], temperature: 0.3 };
    expect((await callApi(gateway.as(account), "/presets/writer/chat/completions", { body: preset })).status).toBe(200);

    const answers = [
      await call(door, { model: "nobody/nothing", models: [MODEL] }),
      await call(door, { model: `${MODEL}:floor` }),
      await call(door, { model: "@preset/writer" }),
      await call(door, { preset: "writer" }),
      await call(door, { provider: { only: ["openai"] } }, { "x-openrouter-metadata": "enabled" }),
    ];
    for (const { status, text, json } of answers) {
      expect(status, text).toBe(200);
      expect(json).toMatchObject({ model: MODEL });
    }
    expect(answers.at(-1)?.json).toHaveProperty("openrouter_metadata");
    for (const { body } of openai.requests.slice(2, 4))
      expect(body).toMatchObject({ temperature: 0.3, messages: [{ content: "You write." }, { role: "user" }] });
  });

  describe("what is refused", () => {
    const status = (expected: number, type: string, field?: string) => (answer: ApiAnswer) => {
      expect(answer.status, answer.text).toBe(expected);
      expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
      expect(answer.json).toMatchObject(door.refusal(type, field));
    };

    test.each([
      { name: "no model that is known", more: { model: "nobody/nothing" }, check: status(400, "invalid_request") },
      {
        name: "a provider that is not there",
        more: { provider: { only: ["nowhere"] } },
        check: status(404, "not_found"),
      },
      { name: "too hot", more: { temperature: 3 }, check: status(400, "invalid_request", "temperature") },
      {
        name: "wrong routing",
        more: { provider: { order: "x" } },
        check: status(400, "invalid_request", "provider.order"),
      },
      { name: "a stream that is no word", more: { stream: "yes" }, check: status(400, "invalid_request", "stream") },
      {
        name: "a plugin that nobody knows",
        more: { plugins: [{ id: "nonsense" }] },
        check: status(400, "invalid_request"),
      },
      { name: "a preset that is not there", more: { preset: "nobodys" }, check: status(404, "not_found") },
    ])("$name", async ({ more, check }) => {
      check(await call(door, more));
      expect(openai.requests).toEqual([]);
    });

    test("a body that is no JSON, another method, no key, a key that may not, no credits", async () => {
      const as = gateway.as(account);
      const body = { model: MODEL, ...door.ask("Say hello") };
      status(400, "invalid_request")(await callApi(as, door.path, { body: "{" }));
      status(405, "invalid_request")(await callApi(as, door.path, { method: "GET" }));
      status(401, "authentication")(await callApi(as, door.path, { body, key: null }));
      status(
        403,
        "permission_denied",
      )(await callApi(as, door.path, { body, key: await gateway.newProvisioningKey(account) }));
      account = await gateway.newAccount("0.00000001");
      status(402, "payment_required")(await call(door));
      expect(openai.requests).toEqual([]);
    });
  });
});

test("a vendor's way of asking reaches the vendor unchanged", async () => {
  const anthropic = upstreams.anthropic;
  const body = {
    model: "anthropic/claude-haiku-4.5",
    max_tokens: 300,
    system: [{ type: "text", text: "You are brief.", cache_control: { type: "ephemeral", ttl: "1h" } }],
    messages: [
      { role: "user", content: [{ type: "text", text: "Weather?" }] },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "hm", signature: "EqQBCgIYAhIM" },
          { type: "tool_use", id: "toolu_1", name: "get_weather", input: { city: "Lisbon" } },
        ],
      },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: "no", is_error: true }] },
    ],
    tools: [
      { name: "get_weather", input_schema: { type: "object", properties: {} } },
      { type: "bash_20250124", name: "bash" },
    ],
    stop_sequences: ["END"],
    metadata: { user_id: "u" },
  };
  const answer = await callApi(gateway.as(account), "/messages", { body });
  expect(answer.status, answer.text).toBe(200);
  expect(anthropic.requests[0]?.body).toMatchObject({ ...body, model: "claude-haiku-4-5" });
});

test("tokens are counted for a prompt that nobody is asked about", async () => {
  const count = async (body: Record<string, unknown>) =>
    callApi(gateway.as(account), "/messages/count_tokens", { body });
  const asked = { model: MODEL, messages: [{ role: "user", content: "Hello there" }] };
  expect((await count(asked)).json).toEqual({ input_tokens: expect.any(Number) });
  expect((await count({ model: MODEL })).json).toMatchObject({ type: "error", metadata: { field: "messages" } });
  expect((await count({ ...asked, model: "nobody/nothing" })).status).toBe(400);
  expect(openai.requests).toEqual([]);
  expect(await booksOf(gateway, account.id)).toMatchObject({ charged: 0n, holds: 0 });
});

async function closed(request: UpstreamRequest): Promise<void> {
  await request.closed;
  expect(request.aborted).toBe(true);
}

/** Reads until the text has come, and leaves the rest unread. */
async function untilText(response: Response, text: string): Promise<void> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let seen = "";
  while (!seen.includes(text)) {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
    if (done) throw new Error(`the stream ended before ${text}: ${seen}`);
    seen += decoder.decode(value, { stream: true });
  }
}
