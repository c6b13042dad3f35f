import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ApiAnswer, callApi, readStream } from "@/e2e/fixtures/call-api";
import { type Account, booksOf, type Gateway, newDataDir, startGateway } from "@/e2e/fixtures/start-gateway";
import { type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { type Behaviour, startUpstream, type Upstream, type UpstreamRequest } from "@/e2e/fixtures/start-upstream";
import { chatCompletionSchema, errorResponseSchema } from "@/lib/schemas/chat-completion";
import { generationResponseSchema } from "@/lib/schemas/generation";

const CHAT = "/chat/completions";
/** 0.15 USD per million prompt tokens, 0.60 per million completion tokens, answers of up to 16 384 tokens. */
const MODEL = "openai/gpt-4o-mini";
const MAX_OUTPUT = 16_384;
const PROMPT_TOKENS = 20;
/** What is held for the prompt and the shortest answer, in nano-dollars: less than this need not be spendable. */
const LEAST_HELD = 20_000n;
const ONE_USD = 1_000_000_000n;
const FREE_MODEL = "openai/gpt-oss-20b:free";

let upstream: Upstream;

beforeAll(async () => {
  upstream = await startUpstream("openai");
});

afterAll(() => upstream.close());

beforeEach(() => upstream.reset());

/** A provider that uses up whatever it is allowed to: the worst that can happen to a budget. */
const spendAll = (request: UpstreamRequest): Behaviour => ({
  kind: "answer",
  delayMs: 20,
  finish: "length",
  usage: { prompt: PROMPT_TOKENS, completion: limitOf(request) ?? MAX_OUTPUT },
});

describe.each([
  { topology: "one process", workers: "1", servers: 1 },
  { topology: "two workers", workers: "2", servers: 1 },
  { topology: "two servers on one database", workers: "1", servers: 2 },
])("500 requests at once on 1 USD ($topology)", ({ workers, servers }) => {
  let gateway: Gateway;
  let others: RunningServer[] = [];

  beforeAll(async () => {
    gateway = await startGateway({ providers: { openai: upstream }, env: { WEB_CONCURRENCY: workers } });
    others = await Promise.all(
      Array.from({ length: servers - 1 }, () => startServer({ env: gateway.env, dataDir: newDataDir() })),
    );
  });

  afterAll(async () => {
    await Promise.all(others.map((server) => server.stop()));
    await gateway.stop();
  });

  test.each([
    { what: "a key's limit", credits: "100", limit: "1", message: /^Key limit reached/ },
    { what: "an account's credits", credits: "1", limit: undefined, message: /^Insufficient credits/ },
  ])("never spend more than $what, and leave nothing that cannot be spent", async ({ credits, limit, message }) => {
    upstream.behave(spendAll);
    const account = await gateway.newAccount(credits);
    const key = limit === undefined ? account.key : await gateway.newKey(account, limit);
    const urls = [gateway.server, ...others].map(({ url }) => url);
    const askAt = (index: number, extra = {}) =>
      ask({ url: urls[index % urls.length] ?? gateway.server.url, key }, { stream: index % 3 === 0, ...extra });

    const answers = await Promise.all(Array.from({ length: 500 }, (_, index) => askAt(index)));
    const served = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 402);
    expect(served.length + refused.length).toBe(500);
    for (const { json } of refused) {
      expect(errorResponseSchema.parse(json).error).toMatchObject({
        code: 402,
        message: expect.stringMatching(message),
      });
    }
    // Each can cost 0.0098 USD at most.
    expect(served.length).toBeGreaterThanOrEqual(90);
    expect(refused.length).toBeGreaterThan(0);
    const books = await booksOf(gateway, account.id);
    expect(books.charged).toBeLessThanOrEqual(ONE_USD);
    expect(books.entries).toBe(books.balance);

    // Alternating between the servers, so that each has to get what the other set aside.
    let left = ONE_USD - books.charged;
    for (let index = 0; index < 20 && left >= LEAST_HELD; index += 1) {
      const answer = await askAt(index);
      expect(answer.status, answer.text).toBe(200);
      left = ONE_USD - (await booksOf(gateway, account.id)).charged;
    }
    expect(left).toBeGreaterThanOrEqual(0n);
    expect(left).toBeLessThan(LEAST_HELD);
    const end = await ask({ url: gateway.server.url, key });
    expect(end.status).toBe(402);
    expect(await booksOf(gateway, account.id)).toMatchObject({ charged: ONE_USD - left, holds: 0 });
  });
});

describe("credit that does not suffice for the whole answer", () => {
  let gateway: Gateway;
  let anthropic: Upstream;
  let rich: Account;

  beforeAll(async () => {
    anthropic = await startUpstream("anthropic");
    gateway = await startGateway({ providers: { openai: upstream, anthropic, "open-inference": upstream } });
    rich = await gateway.newAccount("100");
  });

  afterAll(async () => {
    await gateway.stop();
    await anthropic.close();
  });

  test.each([
    { name: "max_tokens", extra: { max_tokens: 16_000 }, wanted: 16_000 },
    { name: "max_completion_tokens", extra: { max_completion_tokens: 16_000 }, wanted: 16_000 },
    { name: "no limit of the caller's", extra: {}, wanted: MAX_OUTPUT },
    { name: "a stream", extra: { max_tokens: 16_000, stream: true }, wanted: 16_000 },
  ])("lowers the limit to what can be paid, and says so ($name)", async ({ extra, wanted }) => {
    upstream.behave(spendAll);
    const key = await gateway.newKey(rich, "0.002");
    const answer = await ask({ url: gateway.server.url, key }, extra);

    expect(answer.status, answer.text).toBe(200);
    const sent = limitOf(upstream.requests[0]);
    // 0.002 USD pay for 3 333 tokens of answer, and the prompt costs little.
    expect(sent).toBeGreaterThan(3_300);
    expect(sent).toBeLessThan(3_333);
    expect(sent).toBeLessThan(wanted);
    expect(answer.headers.get("x-max-tokens-clamped")).toBe(String(sent));
    expect(await routeOf(answer)).toMatchObject({ candidates: [{ clamped_max_tokens: sent }] });
    expect(finishReasonsOf(answer)).toContain("length");
    const { entry } = await entryOf(answer);
    expect(Number(entry)).toBe(-(PROMPT_TOKENS * 150 + (sent ?? 0) * 600));
    expect(Number(entry)).toBeGreaterThanOrEqual(-2_000_000);
  });

  test("is no reason to lower a limit that can be paid", async () => {
    const key = await gateway.newKey(rich, "0.002");
    const answer = await ask({ url: gateway.server.url, key }, { max_tokens: 3_000 });
    expect(limitOf(upstream.requests[0])).toBe(3_000);
    expect(answer.headers.get("x-max-tokens-clamped")).toBeNull();
  });

  test("counts a long prompt exactly before it refuses", async () => {
    // 40 000 bytes, 8 000 tokens: by its bytes it would cost three times the limit.
    const messages = [{ role: "user", content: "well ".repeat(8_000) }];
    const key = await gateway.newKey(rich, "0.002");
    const answer = await ask({ url: gateway.server.url, key }, { messages, max_tokens: 100 });
    expect(answer.status, answer.text).toBe(200);
    expect(limitOf(upstream.requests[0])).toBe(100);
  });

  test.each([
    { name: "strict_budget", limit: "0.002", extra: { max_tokens: 16_000, provider: { strict_budget: true } } },
    { name: "too little for 16 tokens", limit: "0.00001", extra: {} },
    { name: "too little for the prompt", limit: "0.000000001", extra: {} },
    { name: "a limit of nothing", limit: "0", extra: {} },
  ])("is refused before any provider is called ($name)", async ({ limit, extra }) => {
    const key = await gateway.newKey(rich, limit);
    for (const stream of [false, true]) {
      const answer = await ask({ url: gateway.server.url, key }, { ...extra, stream });
      expect(answer.status).toBe(402);
      expect(errorResponseSchema.parse(answer.json).error.message).toMatch(/^Key limit reached/);
    }
    expect(upstream.requests).toHaveLength(0);
  });

  test("strict_budget changes nothing while there is enough", async () => {
    const answer = await ask({ url: gateway.server.url, key: rich.key }, { provider: { strict_budget: true } });
    expect(answer.status).toBe(200);
  });

  test("serves an answer shorter than 16 tokens when that is all that was asked for", async () => {
    const key = await gateway.newKey(rich, "0.00001");
    expect((await ask({ url: gateway.server.url, key }, { max_tokens: 5 })).status).toBe(200);
  });

  test("no credit is 402 on paid models and no obstacle on free ones", async () => {
    const account = await gateway.newAccount("0");
    const paid = await ask(gateway.as(account));
    expect(paid.status).toBe(402);
    expect(errorResponseSchema.parse(paid.json).error.message).toMatch(/^Insufficient credits: .*balance is 0 USD/);
    expect((await ask(gateway.as(account), { model: FREE_MODEL })).status).toBe(200);
    // The paid model cannot be had, the free one behind it can.
    const either = await ask(gateway.as(account), { models: [FREE_MODEL] });
    expect(either.status, either.text).toBe(200);
    expect(chatCompletionSchema.parse(either.json).model).toBe(FREE_MODEL);
  });

  test("a debt is 402 on free models too, until it is paid", async () => {
    const account = await gateway.newAccount("0.001");
    expect((await ask(gateway.as(account), { model: FREE_MODEL })).status).toBe(200);
    await adjust(account, -2_000_000);
    for (const model of [MODEL, FREE_MODEL]) {
      const answer = await ask(gateway.as(account), { model });
      expect(answer.status).toBe(402);
      expect(answer.text).toContain("balance is -0.001 USD");
    }
    await adjust(account, 5_000_000);
    for (const model of [MODEL, FREE_MODEL]) expect((await ask(gateway.as(account), { model })).status).toBe(200);
  });

  test("a lowered key limit counts at once, whatever was set aside before", async () => {
    const key = await gateway.newKey(rich, "1");
    const hash = (await gateway.sql(`select "hash" from "ApiKey" where "limitNanoUsd" = 1000000000`))[0]?.hash;
    expect((await ask({ url: gateway.server.url, key }, { max_tokens: 50 })).status).toBe(200);
    await gateway.sql(`update "ApiKey" set "limitNanoUsd" = 1 where "hash" = '${hash}'`);
    await expect
      .poll(async () => (await ask({ url: gateway.server.url, key }, { max_tokens: 50 })).status, { timeout: 1_000 })
      .toBe(402);
  });

  test("reasoning beyond the caller's own limit is paid for as well, or does not happen", async () => {
    anthropic.behave({ kind: "answer", usage: { prompt: PROMPT_TOKENS, completion: 10 } });
    const model = "anthropic/claude-sonnet-4.5"; // 15 USD per million tokens of answer
    const extra = { model, max_tokens: 100, reasoning: { max_tokens: 30_000 } };
    const full = await ask({ url: gateway.server.url, key: rich.key }, extra);
    expect(full.status, full.text).toBe(200);
    expect(limitOf(anthropic.requests[0])).toBe(30_100);

    const key = await gateway.newKey(rich, "0.1");
    const short = await ask({ url: gateway.server.url, key }, extra);
    expect(short.status, short.text).toBe(200);
    expect((limitOf(anthropic.requests[1]) ?? Number.POSITIVE_INFINITY) * 15_000).toBeLessThan(100_000_000);
    // The caller's own limit was not lowered.
    expect(short.headers.get("x-max-tokens-clamped")).toBeNull();
  });

  test("requests that hold all of it for a moment are waited for: all are served in turn", async () => {
    upstream.behave({ kind: "answer", delayMs: 40, usage: { prompt: PROMPT_TOKENS, completion: 10 } });
    // Each may cost 0.0098 USD and costs 0.000009.
    const account = await gateway.newAccount("0.005");
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => ask(gateway.as(account), { stream: index % 2 === 0 })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const books = await booksOf(gateway, account.id);
    expect(books.charged).toBe(BigInt(8 * (PROMPT_TOKENS * 150 + 10 * 600)));
    expect(books.entries).toBe(books.balance);
  });

  test("the same for a key's limit", async () => {
    upstream.behave({ kind: "answer", delayMs: 40, usage: { prompt: PROMPT_TOKENS, completion: 10 } });
    const key = await gateway.newKey(rich, "0.005");
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask({ url: gateway.server.url, key })));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });

  test("what is held for longer is refused after a while, what nobody holds at once", async () => {
    const account = await gateway.newAccount("0.005");
    const timed = async (work: Promise<ApiAnswer>) => {
      const startedMs = performance.now();
      return { answer: await work, tookMs: performance.now() - startedMs };
    };
    let answerNow = () => {};
    const isTime = new Promise<void>((resolve) => {
      answerNow = resolve;
    });
    upstream.behave({
      kind: "raw",
      serve: async (response) => {
        await isTime;
        response.writeHead(500).end();
      },
    });
    const first = ask(gateway.as(account));
    await expect.poll(() => upstream.requests.length, { timeout: 5_000 }).toBe(1);
    const waited = await timed(ask(gateway.as(account)));
    expect(waited.answer.status).toBe(402);
    expect(waited.tookMs).toBeGreaterThan(900);
    // All that is held would not suffice: nothing to wait for.
    const hopeless = await timed(ask(gateway.as(account), { provider: { strict_budget: true } }));
    expect(hopeless.answer.status).toBe(402);
    expect(hopeless.tookMs).toBeLessThan(900);
    expect(upstream.requests).toHaveLength(1);
    answerNow();
    await first;
  });

  async function adjust(account: Account, amountNanoUsd: number): Promise<void> {
    const entry = [{ accountId: account.id, kind: "adjustment", amountNanoUsd }];
    await gateway.sql(`select * from signalbox_add_entries('${JSON.stringify(entry)}')`);
  }

  async function entryOf({ headers }: ApiAnswer) {
    const id = headers.get("x-generation-id");
    const [row] = await gateway.sql(
      `select "amountNanoUsd" as entry from "LedgerEntry" where "generationId" = '${id}'`,
    );
    return { entry: row?.entry };
  }

  async function routeOf({ headers }: ApiAnswer) {
    const { json } = await callApi(gateway.as(rich), `/generation?id=${headers.get("x-generation-id")}`);
    return generationResponseSchema.parse(json).data.route;
  }
});

function ask(target: { url: string; key: string }, extra: Readonly<Record<string, unknown>> = {}): Promise<ApiAnswer> {
  return callApi(target, CHAT, {
    body: { model: MODEL, messages: [{ role: "user", content: "Say hello" }], ...extra },
  });
}

/** The limit on the answer that a provider was sent. */
function limitOf(request: UpstreamRequest | undefined): number | undefined {
  const body = request?.body;
  if (typeof body !== "object" || body === null) return undefined;
  const limit =
    "max_completion_tokens" in body ? body.max_completion_tokens : "max_tokens" in body ? body.max_tokens : 0;
  return typeof limit === "number" && limit > 0 ? limit : undefined;
}

function finishReasonsOf({ text, json }: ApiAnswer): unknown[] {
  const values = json === undefined ? readStream(text).chunks : [json];
  return values.flatMap((value) => {
    if (typeof value !== "object" || value === null || !("choices" in value) || !Array.isArray(value.choices))
      return [];
    return value.choices.map((choice: { finish_reason?: unknown }) => choice.finish_reason);
  });
}
