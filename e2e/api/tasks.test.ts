import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { callApi, openApi } from "@/e2e/fixtures/call-api";
import { type Account, booksOf, type Gateway, recordOf, startGateway } from "@/e2e/fixtures/start-gateway";
import { type Behaviour, startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { waitFor } from "@/lib/testing/wait-for";
import { refusalOf } from "./read-answers";

const EMBEDDINGS = "/embeddings";
const RERANK = "/rerank";
/** Sold by OpenAI at 0.02 USD per million tokens, by Venice at 0.025. */
const EMBEDDER = "openai/text-embedding-3-small";
/** Sold by Voyage at 0.05 USD per million tokens. */
const RERANKER = "voyageai/rerank-2.5";
/** Sold by Cohere at 0.001 USD a search. */
const SEARCHER = "cohere/rerank-v3.5";

let openai: Upstream;
let venice: Upstream;
let voyage: Upstream;
let cohere: Upstream;
let gateway: Gateway;
let account: Account;

beforeAll(async () => {
  [openai, venice, voyage, cohere] = await Promise.all([
    startUpstream("openai"),
    startUpstream("openai"),
    startUpstream("openai"),
    startUpstream("openai"),
  ]);
  gateway = await startGateway({
    providers: { openai, venice, voyageai: voyage, cohere },
    env: { VOYAGE_API_KEY: "key-of-voyage" },
  });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([openai, venice, voyage, cohere].map((upstream) => upstream.close()));
});

beforeEach(async () => {
  for (const upstream of [openai, venice, voyage, cohere]) upstream.reset();
  openai.behave(vectors([[1, 0]]));
  account = await gateway.newAccount("10");
});

const whole = (body: unknown): Behaviour => ({ kind: "status", status: 200, body });
const vectors = (all: readonly (readonly number[])[], tokens = 1_000) =>
  whole({
    object: "list",
    data: all.map((embedding, index) => ({ object: "embedding", index, embedding })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
const call = (path: string, body: Record<string, unknown>) => callApi(gateway.as(account), path, { body });
const embed = (more: Record<string, unknown> = {}) => call(EMBEDDINGS, { model: EMBEDDER, input: "one", ...more });
const idOf = (json: unknown) => z.object({ id: z.string() }).parse(json).id;

describe("embeddings", () => {
  test("are asked of the provider, charged by its count, and recorded", async () => {
    const { status, json, headers } = await embed({ dimensions: 2, user: "u" });

    expect(status).toBe(200);
    expect(json).toMatchObject({
      object: "list",
      model: EMBEDDER,
      provider: "OpenAI",
      data: [{ object: "embedding", index: 0, embedding: [1, 0] }],
      usage: { prompt_tokens: 1_000, total_tokens: 1_000, cost: 0.00002 },
    });
    expect(openai.requests[0]).toMatchObject({
      path: "/v1/embeddings",
      body: { model: "text-embedding-3-small", input: ["one"], dimensions: 2, user: "u" },
    });
    expect(headers.get("x-generation-id")).toBe(idOf(json));
    const { generation, entry } = await recordOf(gateway, idOf(json));
    expect(generation).toMatchObject({
      apiType: "embeddings",
      promptTokens: 1_000,
      completionTokens: 0,
      streamed: false,
    });
    expect(entry).toMatchObject({ amountNanoUsd: "-20000" });
    const books = await booksOf(gateway, account.id);
    expect(books).toMatchObject({ charged: 20_000n, holds: 0 });
    expect(books.entries).toBe(books.balance);
  });

  test("come from the next provider when the first fails, or gives fewer than it was asked for", async () => {
    venice.behave(vectors([[0, 1]]));
    for (const behaviour of [{ kind: "status", status: 500 } as const, vectors([]), whole({ nothing: true })]) {
      openai.behave(behaviour);
      expect((await embed({ provider: { order: ["openai", "venice"] } })).json).toMatchObject({
        provider: "Venice",
        data: [{ embedding: [0, 1] }],
      });
    }
  });

  test("fail as anything does when nobody gives any", async () => {
    openai.behave({ kind: "status", status: 500 });
    const refusal = await refusalOf(gateway.as(account), EMBEDDINGS, {
      body: { model: EMBEDDER, input: "one", provider: { only: ["openai"] } },
    });
    expect(refusal).toMatchObject({ status: 502, metadata: { error_type: "provider_unavailable" } });
    expect(await booksOf(gateway, account.id)).toMatchObject({ charged: 0n, holds: 0 });
  });

  test("are counted by us where the provider does not", async () => {
    openai.behave(whole({ data: [{ embedding: [1] }] }));
    const { json } = await embed({ input: "one two three" });
    const { generation } = await recordOf(gateway, idOf(json));
    expect(generation).toMatchObject({ estimated: true });
    expect(Number(generation?.promptTokens)).toBeGreaterThan(2);
  });

  test("of one request may be routed by all preferences, and say how they were", async () => {
    venice.behave(vectors([[0, 1]]));
    const { json } = await callApi(gateway.as(account), EMBEDDINGS, {
      body: { model: "nobody/nothing", models: [EMBEDDER], input: "one", provider: { only: ["venice"] } },
      headers: { "x-openrouter-metadata": "enabled" },
    });
    expect(json).toMatchObject({ provider: "Venice", openrouter_metadata: { endpoints: expect.anything() } });
  });

  test("are not paid for by who goes away before they come", async () => {
    openai.behave({ kind: "hang" });
    const leaving = new AbortController();
    const opened = openApi(gateway.as(account), EMBEDDINGS, {
      body: { model: EMBEDDER, input: "one" },
      signal: leaving.signal,
    }).catch(() => undefined);
    const request = await openai.nextRequest(0);
    leaving.abort();
    await Promise.all([opened, request.closed]);
    expect(request.aborted).toBe(true);
    await waitFor("the credit's return", async () => (await booksOf(gateway, account.id)).holds === 0);
    expect(await booksOf(gateway, account.id)).toMatchObject({ charged: 0n });
  });
});

describe("rankings", () => {
  const documents = ["a", "b", "c"];
  const results = [
    { index: 2, relevance_score: 0.9 },
    { index: 0, relevance_score: 0.4 },
  ];

  test("are charged by tokens where tokens are sold", async () => {
    voyage.behave(whole({ object: "list", data: results, usage: { total_tokens: 2_000 } }));
    const { status, json } = await call(RERANK, { model: RERANKER, query: "q", documents, top_n: 2 });

    expect(status).toBe(200);
    expect(json).toMatchObject({
      model: RERANKER,
      results: [
        { index: 2, relevance_score: 0.9, document: { text: "c" } },
        { index: 0, relevance_score: 0.4, document: { text: "a" } },
      ],
      usage: { total_tokens: 2_000, cost: 0.0001 },
    });
    expect(voyage.requests[0]?.body).toEqual({ model: "rerank-2.5", query: "q", documents, top_k: 2 });
    expect((await recordOf(gateway, idOf(json))).generation).toMatchObject({ apiType: "rerank" });
  });

  test("are charged by searches where searches are sold, as many as there were", async () => {
    cohere.behave(whole({ id: "r", results, meta: { billed_units: { search_units: 2 } } }));
    const many = Array.from({ length: 150 }, () => "a document");
    const { status, json } = await call(RERANK, { model: SEARCHER, query: "q", documents: many });

    expect(status).toBe(200);
    expect(json).toMatchObject({ usage: { search_units: 2, cost: 0.002 } });
    expect(await booksOf(gateway, account.id)).toMatchObject({ charged: 2_000_000n, holds: 0 });
  });
});

describe("what cannot be done is refused before anybody is asked", () => {
  const asked = () => [openai, venice, voyage, cohere].flatMap(({ requests }) => requests);

  test.each<{ name: string; path: string; body: Record<string, unknown>; message: RegExp }>([
    {
      name: "a model that converses",
      path: EMBEDDINGS,
      body: { model: "openai/gpt-4o-mini", input: "a" },
      message: /does not make embeddings/,
    },
    {
      name: "a model that ranks",
      path: EMBEDDINGS,
      body: { model: RERANKER, input: "a" },
      message: /does not make embeddings/,
    },
    {
      name: "a model that embeds, asked to rank",
      path: RERANK,
      body: { model: EMBEDDER, query: "q", documents: ["a"] },
      message: /does not rank/,
    },
    {
      name: "a model that embeds, asked to talk",
      path: "/chat/completions",
      body: { model: EMBEDDER, messages: [{ role: "user", content: "a" }] },
      message: /POST \/api\/v1\/embeddings/,
    },
    {
      name: "an unknown model",
      path: EMBEDDINGS,
      body: { model: "nobody/nothing", input: "a" },
      message: /not a valid model ID/,
    },
    { name: "no input", path: EMBEDDINGS, body: { model: EMBEDDER }, message: /^input: is required/ },
    { name: "no query", path: RERANK, body: { model: RERANKER, documents: ["a"] }, message: /^query: is required/ },
    {
      name: "an input that is too long",
      path: EMBEDDINGS,
      body: { model: EMBEDDER, input: ["a", "word ".repeat(20_000)] },
      message: /^An entry of input has about \d+ tokens, more than the largest context of 8192 tokens/,
    },
  ])("$name", async ({ path, body, message }) => {
    const refusal = await refusalOf(gateway.as(account), path, { body });
    expect(refusal.status).toBe(400);
    expect(refusal.message).toMatch(message);
    expect(asked()).toEqual([]);
  });

  test("an account without credits", async () => {
    account = await gateway.newAccount("0.0000001");
    const refusal = await refusalOf(gateway.as(account), EMBEDDINGS, {
      body: { model: EMBEDDER, input: "one two three" },
    });
    expect(refusal.status).toBe(402);
    expect(asked()).toEqual([]);
  });

  test.each([EMBEDDINGS, RERANK])("another method (%s)", async (path) => {
    expect((await callApi(gateway.as(account), path, { method: "PUT", body: {} })).status).toBe(405);
  });
});

describe("the lists of models", () => {
  const idsOf = async (path: string) => {
    const { json } = await callApi(gateway.as(account), path);
    return z
      .object({ data: z.array(z.object({ id: z.string() })) })
      .parse(json)
      .data.map(({ id }) => id);
  };

  test("have each kind where one looks for it", async () => {
    const [chat, embedders, rankers, all] = await Promise.all([
      idsOf("/models"),
      idsOf("/embeddings/models"),
      idsOf("/models?output_modalities=rerank"),
      idsOf("/models?output_modalities=all"),
    ]);
    expect(chat).not.toContain(EMBEDDER);
    expect(chat).not.toContain(RERANKER);
    expect(embedders.length).toBeGreaterThanOrEqual(15);
    expect(embedders).toContain(EMBEDDER);
    expect(rankers.length).toBeGreaterThanOrEqual(6);
    expect(rankers).toContain(RERANKER);
    expect(new Set(all)).toEqual(new Set([...chat, ...embedders, ...rankers]));
    const { json } = await callApi(gateway.as(account), "/models/count");
    expect(json).toEqual({ data: { count: chat.length } });
  });

  test("of embeddings go by pages too", async () => {
    const first = await callApi(gateway.as(account), "/embeddings/models?limit=5");
    expect(first.json).toMatchObject({ links: { next: expect.stringContaining("/api/v1/embeddings/models?") } });
    expect(await idsOf("/embeddings/models?limit=5&offset=5")).toHaveLength(5);
  });
});
