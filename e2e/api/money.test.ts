import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { callApi, readStream } from "@/e2e/fixtures/call-api";
import { ADMINISTRATOR, type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import type { UpstreamUsage } from "@/e2e/fixtures/upstream-wire";
import { chatCompletionChunkSchema, chatCompletionSchema, type Usage } from "@/lib/schemas/chat-completion";
import { generationResponseSchema } from "@/lib/schemas/generation";
import { type PublicPricing, publicEndpointListSchema } from "@/lib/schemas/public-catalog";
import { runSql } from "@/lib/testing/run-sql";
import { chatBody, startUpstreams, type Upstreams } from "./protocols";

const CHAT = "/chat/completions";

let upstreams: Upstreams;
let deepseek: Upstream;
let free: Upstream;
let server: RunningServer;

beforeAll(async () => {
  [upstreams, deepseek, free] = await Promise.all([startUpstreams(), startUpstream("openai"), startUpstream("openai")]);
  server = await startServer({
    env: {
      ...upstreams.env,
      ...ADMINISTRATOR,
      DEEPSEEK_API_KEY: "key-of-deepseek",
      DEEPSEEK_BASE_URL: deepseek.baseUrl,
      OPEN_INFERENCE_API_KEY: "key-of-open-inference",
      OPEN_INFERENCE_BASE_URL: free.baseUrl,
    },
  });
});

afterAll(async () => {
  await server.stop();
  await Promise.all([upstreams.close(), deepseek.close(), free.close()]);
});

beforeEach(() => {
  upstreams.reset();
  deepseek.reset();
  free.reset();
});

type Sale = {
  model: string;
  tag: string;
  at: "openai" | "anthropic" | "gemini" | "deepseek" | "free";
  usage: UpstreamUsage;
};

const SALES: readonly Sale[] = [
  { model: "openai/gpt-4o-mini", tag: "openai", at: "openai", usage: { prompt: 1, completion: 1 } },
  { model: "openai/gpt-4o-mini", tag: "openai", at: "openai", usage: { prompt: 9, completion: 10 } },
  { model: "openai/gpt-4o-mini", tag: "openai", at: "openai", usage: { prompt: 1_001, completion: 7, cached: 513 } },
  { model: "openai/gpt-4o-mini", tag: "openai", at: "openai", usage: { prompt: 2_048, completion: 3, cached: 2_048 } },
  { model: "openai/gpt-4o-mini", tag: "openai", at: "openai", usage: { prompt: 90_001, completion: 16_384 } },
  { model: "openai/gpt-5-mini", tag: "openai", at: "openai", usage: { prompt: 50, completion: 301, reasoning: 256 } },
  { model: "anthropic/claude-haiku-4.5", tag: "anthropic", at: "anthropic", usage: { prompt: 33, completion: 21 } },
  {
    model: "anthropic/claude-haiku-4.5",
    tag: "anthropic",
    at: "anthropic",
    usage: { prompt: 7_001, completion: 19, cached: 4_096, cacheWrite: 2_048 },
  },
  { model: "google/gemini-2.5-flash", tag: "google-ai-studio", at: "gemini", usage: { prompt: 77, completion: 13 } },
  {
    model: "google/gemini-2.5-flash",
    tag: "google-ai-studio",
    at: "gemini",
    usage: { prompt: 4_099, completion: 513, cached: 1_024, reasoning: 411 },
  },
  // Above 200,000 tokens of prompt everything costs more: one token below, and at the threshold.
  { model: "google/gemini-2.5-pro", tag: "google-ai-studio", at: "gemini", usage: { prompt: 199_999, completion: 11 } },
  {
    model: "google/gemini-2.5-pro",
    tag: "google-ai-studio",
    at: "gemini",
    usage: { prompt: 200_000, completion: 11, cached: 3, reasoning: 4 },
  },
  // Prices that are no whole nano-dollars: 2.8 and 3.625 of them for a cached token.
  {
    model: "deepseek/deepseek-v4-flash",
    tag: "deepseek",
    at: "deepseek",
    usage: { prompt: 1, completion: 1, cached: 1 },
  },
  {
    model: "deepseek/deepseek-v4-pro",
    tag: "deepseek",
    at: "deepseek",
    usage: { prompt: 1_000, completion: 17, cached: 999 },
  },
  { model: "openai/gpt-oss-20b:free", tag: "open-inference/int8", at: "free", usage: { prompt: 500, completion: 500 } },
];

const upstreamOf = ({ at }: Sale): Upstream => (at === "deepseek" ? deepseek : at === "free" ? free : upstreams[at]);

/** Digits behind the point of the finest price; 1e-24 USD is then a whole number. */
const DECIMALS = 24;

function exactly(decimal: string): bigint {
  const [whole = "0", fraction = ""] = decimal.split(".");
  return BigInt(whole + fraction.padEnd(DECIMALS, "0"));
}

/** What the public price list says that so many tokens cost, in nano-dollars, rounded up once. Written anew, on purpose. */
function priceOf(pricing: PublicPricing, usage: UpstreamUsage): bigint {
  const { prompt, completion, cached = 0, cacheWrite = 0, reasoning = 0 } = usage;
  const tier = pricing.overrides?.filter((one) => prompt >= one.min_prompt_tokens).at(-1);
  const promptPrice = tier?.prompt ?? pricing.prompt;
  const completionPrice = tier?.completion ?? pricing.completion;
  const separate = tier?.completion === undefined && pricing.internal_reasoning !== "0";
  const reasoningPrice = separate ? pricing.internal_reasoning : completionPrice;
  const readPrice = tier?.input_cache_read ?? pricing.input_cache_read ?? promptPrice;
  const writePrice = tier?.input_cache_write ?? pricing.input_cache_write ?? promptPrice;
  const sum =
    BigInt(prompt - cached - cacheWrite) * exactly(promptPrice) +
    BigInt(cached) * exactly(readPrice) +
    BigInt(cacheWrite) * exactly(writePrice) +
    BigInt(completion - reasoning) * exactly(completionPrice) +
    BigInt(reasoning) * exactly(reasoningPrice) +
    exactly(pricing.request);
  const nano = 10n ** BigInt(DECIMALS - 9);
  return (sum + nano - 1n) / nano;
}

async function pricingOf(model: string, tag: string): Promise<PublicPricing> {
  const { json } = await callApi(server, `/models/${model}/endpoints`);
  const { endpoints } = z.object({ data: publicEndpointListSchema }).parse(json).data;
  const endpoint = endpoints.find((one) => one.tag === tag);
  if (endpoint === undefined) throw new Error(`no endpoint ${tag} of ${model}`);
  return endpoint.pricing;
}

/** A JSON number of USD as the nano-dollars that it stands for. */
const nanoOf = (usd: number): bigint => BigInt(Math.round(usd * 1e9));

async function buy(sale: Sale, stream: boolean): Promise<{ id: string; usage: Usage }> {
  upstreamOf(sale).behave({ kind: "answer", usage: sale.usage });
  const { status, text, json } = await callApi(server, CHAT, { body: chatBody(sale.model, { stream }) });
  expect(status, text).toBe(200);
  if (!stream) return chatCompletionSchema.parse(json);
  const last = chatCompletionChunkSchema.parse(readStream(text).chunks.at(-1));
  if (last.usage === undefined) throw new Error("the last chunk has no usage");
  return { id: last.id, usage: last.usage };
}

async function credits(): Promise<{ given: bigint; used: bigint }> {
  const { json } = await callApi(server, "/credits");
  const { data } = z.object({ data: z.object({ total_credits: z.number(), total_usage: z.number() }) }).parse(json);
  return { given: nanoOf(data.total_credits), used: nanoOf(data.total_usage) };
}

describe.each([{ stream: false }, { stream: true }])("an answer, streamed: $stream", ({ stream }) => {
  test.each(SALES)("of $model with $usage costs the endpoint's prices times the tokens", async (sale) => {
    const before = await credits();
    const { id, usage } = await buy(sale, stream);
    const after = await credits();

    const expected = priceOf(await pricingOf(sale.model, sale.tag), sale.usage);
    expect(nanoOf(usage.cost)).toBe(expected);
    expect(after.used - before.used).toBe(expected);
    expect(usage).toMatchObject({
      prompt_tokens: sale.usage.prompt,
      completion_tokens: sale.usage.completion,
      total_tokens: sale.usage.prompt + sale.usage.completion,
      prompt_tokens_details: { cached_tokens: sale.usage.cached ?? 0, cache_write_tokens: sale.usage.cacheWrite ?? 0 },
      completion_tokens_details: { reasoning_tokens: sale.usage.reasoning ?? 0 },
    });
    const details = usage.cost_details;
    const parts = details.upstream_inference_prompt_cost + details.upstream_inference_completions_cost;
    // The parts are exact, the cost is rounded up to the next nano-dollar.
    expect(usage.cost - parts).toBeGreaterThanOrEqual(-1e-15);
    expect(usage.cost - parts).toBeLessThan(1e-9);

    const { json } = await callApi(server, `/generation?id=${id}`);
    const { data } = generationResponseSchema.parse(json);
    expect(data).toMatchObject({
      id,
      model: sale.model,
      total_cost: usage.cost,
      usage: usage.cost,
      streamed: stream,
      tokens_prompt: sale.usage.prompt,
      tokens_completion: sale.usage.completion,
      native_tokens_cached: sale.usage.cached ?? 0,
      native_tokens_reasoning: sale.usage.reasoning ?? 0,
      finish_reason: "stop",
      provider_responses: [{ endpoint_id: sale.tag, status: 200 }],
    });
    expect(data.route.requested).toBe(sale.model);
    expect(data.route.candidates.map(({ endpoint }) => endpoint)).toContain(sale.tag);
    expect(data.route.attempts).toEqual([
      expect.objectContaining({ model: sale.model, endpoint: sale.tag, status: 200, latency_ms: expect.any(Number) }),
    ]);
  });
});

test("an answer that broke off costs nothing, and its entry says that it is insured", async () => {
  upstreams.openai.behave({ kind: "stream-error", afterChunks: 2 });
  const before = await credits();
  const { json } = await callApi(server, CHAT, { body: chatBody("openai/gpt-4o-mini") });

  const { id, usage } = chatCompletionSchema.parse(json);
  expect(usage.cost).toBe(0);
  expect((await credits()).used).toBe(before.used);
  const sql = `select "state", "amountNanoUsd"::text as amount from "LedgerEntry" where "generationId" = '${id}'`;
  expect(await runSql(server.databaseUrl, sql)).toEqual([{ state: "insured", amount: "0" }]);
});

test("parallel answers cost what they cost one by one: the credits fall by the sum of the costs", async () => {
  const before = await credits();
  const sales = SALES.filter(({ at }) => at === "openai");
  // The upstream sees only the request, so each carries the number of its usage.
  upstreams.openai.behave(({ body }) => {
    const { user } = z.object({ user: z.string() }).parse(body);
    return { kind: "answer", usage: sales[Number(user)]?.usage ?? null };
  });
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const number = index % sales.length;
      const body = chatBody(sales[number]?.model ?? "", { user: String(number) });
      return chatCompletionSchema.parse((await callApi(server, CHAT, { body })).json);
    }),
  );

  const sum = answers.reduce((total, { usage }) => total + nanoOf(usage.cost), 0n);
  expect(sum).toBeGreaterThan(0n);
  expect((await credits()).used - before.used).toBe(sum);
});

describe("the books of all that was bought above", () => {
  test("balance: the entries' sum is the account's balance, and its credits less its usage", async () => {
    const rows = await runSql(
      server.databaseUrl,
      `select a."balanceNanoUsd"::text as balance, sum(e."amountNanoUsd")::text as entries,
         (a."creditsNanoUsd" - a."usageNanoUsd")::text as difference
       from "Account" a join "LedgerEntry" e on e."accountId" = a."id" group by a."id"`,
    );
    const { given, used } = await credits();

    const left = String(given - used);
    expect(rows).toEqual([{ balance: left, entries: left, difference: left }]);
  });

  test("hold each generation once", async () => {
    const [counts] = await runSql(
      server.databaseUrl,
      `select (select count(*)::int from "Generation" where "state" in ('finished', 'failed')) as generations,
         count(*)::int as entries, count(distinct "generationId")::int as charged
       from "LedgerEntry" where "kind" = 'usage'`,
    );

    expect(counts?.entries).toBe(SALES.length * 2 + 1 + 40);
    expect(counts).toEqual({ generations: counts?.entries, entries: counts?.entries, charged: counts?.entries });
  });

  test("say what each amount was computed from, and it computes to the same again", async () => {
    const rows = await runSql(
      server.databaseUrl,
      `select "amountNanoUsd"::text as amount, "computation" from "LedgerEntry" where "kind" = 'usage' and "state" = 'exact'`,
    );
    const entries = z
      .array(
        z.object({
          amount: z.string(),
          computation: z.object({ lines: z.array(z.tuple([z.string(), z.number(), z.string()])) }),
        }),
      )
      .parse(rows);

    expect(entries.length).toBeGreaterThan(SALES.length);
    const nano = 10n ** BigInt(DECIMALS - 9);
    for (const { amount, computation } of entries) {
      const sum = computation.lines.reduce(
        (total, [, quantity, price]) => total + BigInt(quantity) * BigInt(price),
        0n,
      );
      expect(String(-((sum + nano - 1n) / nano))).toBe(amount);
    }
  });

  test("agree with what the key says it has used", async () => {
    const { json } = await callApi(server, "/key");
    const { data } = z.object({ data: z.object({ usage: z.number(), usage_daily: z.number() }) }).parse(json);

    expect(nanoOf(data.usage)).toBe((await credits()).used);
  });
});
