import { describe, expect, test } from "vitest";
import type { Task } from "@/lib/schemas/task";
import { PLAIN_TARGET } from "@/lib/testing/adapter-input";
import { failureThrownBy } from "@/lib/testing/contract-tools";
import { refusalBy } from "@/lib/testing/door-tools";
import { anthropicAdapter } from "../anthropic/anthropic-adapter";
import { geminiAdapter } from "../gemini/gemini-adapter";
import { openAiAdapter } from "../openai/openai-adapter";
import { taskAdapterOf } from "../task-adapter";
import type { Adapter, AdapterTarget } from "../types";
import { vertexAdapter } from "../vertex/vertex-adapter";

const embedding = (
  more: Partial<Extract<Task, { kind: "embeddings" }>> = {},
): Extract<Task, { kind: "embeddings" }> => ({
  kind: "embeddings",
  inputs: [
    { kind: "text", text: "one" },
    { kind: "text", text: "two" },
  ],
  dimensions: undefined,
  inputType: undefined,
  user: undefined,
  ...more,
});
const ranking = (more: Partial<Extract<Task, { kind: "rerank" }>> = {}): Extract<Task, { kind: "rerank" }> => ({
  kind: "rerank",
  query: "q",
  documents: [{ text: "a" }, { text: "b" }, { text: "c" }],
  topN: undefined,
  ...more,
});
const PIXEL = "data:image/png;base64,iVBORw0KGgo=";
const TOKENS = { kind: "tokens", tokens: [1, 2] } as const;
const PARTS = {
  kind: "parts",
  parts: [
    { type: "text", text: "a" },
    { type: "image_url", image_url: { url: PIXEL } },
  ],
} as const;
/** Cohere's chat protocol is another matter; its tasks need only the name. */
const cohereAdapter: Adapter = { ...openAiAdapter, protocol: "cohere" };

function built(adapter: Adapter, task: Task, target: Partial<AdapterTarget> = {}) {
  const { url, headers, body } = taskAdapterOf(adapter, task).buildRequest({
    request: { messages: [{ role: "user", content: "x" }] },
    target: { ...PLAIN_TARGET, ...target },
    stream: false,
    maxTokens: undefined,
    betaFeatures: [],
  });
  return { url, headers, body: JSON.parse(body) };
}

describe("what a provider is sent", () => {
  test.each<{ name: string; adapter: Adapter; slug?: string; task: Task; path: string; body: Record<string, unknown> }>(
    [
      {
        name: "texts, in OpenAI's protocol",
        adapter: openAiAdapter,
        task: embedding(),
        path: "/embeddings",
        body: { model: "some-model", input: ["one", "two"] },
      },
      {
        name: "all that OpenAI knows",
        adapter: openAiAdapter,
        slug: "openai",
        task: embedding({ inputs: [TOKENS], dimensions: 256, inputType: "query", user: "u" }),
        path: "/embeddings",
        body: { model: "some-model", input: [[1, 2]], dimensions: 256, user: "u" },
      },
      {
        name: "the words of Voyage",
        adapter: openAiAdapter,
        slug: "voyageai",
        task: embedding({ dimensions: 256, inputType: "search_query", user: "u" }),
        path: "/embeddings",
        body: { model: "some-model", input: ["one", "two"], output_dimension: 256, input_type: "query" },
      },
      {
        name: "all of it to OpenRouter",
        adapter: openAiAdapter,
        slug: "openrouter",
        task: embedding({ inputs: [PARTS], inputType: "my_own" }),
        path: "/embeddings",
        body: { model: "some-model", input: [{ content: PARTS.parts }], input_type: "my_own" },
      },
      {
        name: "the words of Cohere",
        adapter: cohereAdapter,
        task: embedding({ dimensions: 256, inputType: "query" }),
        path: "/embed",
        body: {
          model: "some-model",
          texts: ["one", "two"],
          input_type: "search_query",
          embedding_types: ["float"],
          output_dimension: 256,
        },
      },
      {
        name: "what texts are for, to Cohere, which must know",
        adapter: cohereAdapter,
        task: embedding({ inputs: [PARTS] }),
        path: "/embed",
        body: {
          model: "some-model",
          inputs: [{ content: PARTS.parts }],
          input_type: "search_document",
          embedding_types: ["float"],
        },
      },
      {
        name: "the words of Gemini",
        adapter: geminiAdapter,
        task: embedding({ inputs: [{ kind: "text", text: "one" }, PARTS], dimensions: 256, inputType: "similarity" }),
        path: "/models/some-model:batchEmbedContents",
        body: {
          requests: [
            {
              model: "models/some-model",
              content: { parts: [{ text: "one" }] },
              taskType: "SEMANTIC_SIMILARITY",
              outputDimensionality: 256,
            },
            {
              model: "models/some-model",
              content: { parts: [{ text: "a" }, { inlineData: { mimeType: "image/png", data: "iVBORw0KGgo=" } }] },
              taskType: "SEMANTIC_SIMILARITY",
              outputDimensionality: 256,
            },
          ],
        },
      },
      {
        name: "a ranking",
        adapter: openAiAdapter,
        task: ranking({ topN: 2 }),
        path: "/rerank",
        body: { model: "some-model", query: "q", documents: ["a", "b", "c"], top_n: 2 },
      },
      {
        name: "a ranking by Voyage",
        adapter: openAiAdapter,
        slug: "voyageai",
        task: ranking({ topN: 2 }),
        path: "/rerank",
        body: { model: "some-model", query: "q", documents: ["a", "b", "c"], top_k: 2 },
      },
      {
        name: "a ranking of pictures by OpenRouter",
        adapter: openAiAdapter,
        slug: "openrouter",
        task: ranking({ documents: [{ image: PIXEL }] }),
        path: "/rerank",
        body: { model: "some-model", query: "q", documents: [{ image: PIXEL }] },
      },
    ],
  )("$name", ({ adapter, slug = "some-provider", task, path, body }) => {
    const request = built(adapter, task, { providerSlug: slug });
    expect(request.url).toBe(`${PLAIN_TARGET.baseUrl}${path}`);
    expect(request.body).toEqual(body);
    expect(Object.values(request.headers)).toContain(adapter === geminiAdapter ? "k" : "Bearer k");
  });

  test("a local server without a key gets none", () => {
    expect(built(openAiAdapter, embedding(), { apiKey: "" }).headers).not.toHaveProperty("authorization");
  });
});

describe("what Vertex AI is sent", () => {
  test.each([
    {
      upstreamId: "gemini-embedding-001",
      inputs: [{ kind: "text", text: "one" } as const],
      path: "gemini-embedding-001:predict",
      body: {
        instances: [{ content: "one", task_type: "RETRIEVAL_QUERY" }],
        parameters: { autoTruncate: false, outputDimensionality: 256 },
      },
    },
    {
      upstreamId: "gemini-embedding-2",
      inputs: [PARTS],
      path: "gemini-embedding-2:embedContent",
      body: {
        content: { parts: [{ text: "a" }, { inlineData: { mimeType: "image/png", data: "iVBORw0KGgo=" } }] },
        taskType: "RETRIEVAL_QUERY",
        outputDimensionality: 256,
      },
    },
  ])("$path", ({ upstreamId, inputs, path, body }) => {
    const task = embedding({ inputs, dimensions: 256, inputType: "query" });
    const settings = { project: "signals" };
    const request = built(vertexAdapter, task, { upstreamId, settings, apiKey: "", region: "us-central1" });
    const at = "/projects/signals/locations/us-central1/publishers/google/models/";
    expect(request.url).toBe(`${PLAIN_TARGET.baseUrl}${at}${path}`);
    expect(request.body).toEqual(body);
    expect(request.headers).not.toHaveProperty("x-goog-api-key");
  });
});

describe("what cannot be said is refused by the caller's own names", () => {
  test.each<{ name: string; adapter: Adapter; task: Task; field: string }>([
    {
      name: "a picture to embed",
      adapter: openAiAdapter,
      task: embedding({ inputs: [PARTS] }),
      field: "input[0].content[1]",
    },
    {
      name: "a picture to rank",
      adapter: openAiAdapter,
      task: ranking({ documents: [{ text: "a" }, { image: PIXEL }] }),
      field: "documents[1].image",
    },
    { name: "token ids, to Gemini", adapter: geminiAdapter, task: embedding({ inputs: [TOKENS] }), field: "input[0]" },
    { name: "token ids, to Cohere", adapter: cohereAdapter, task: embedding({ inputs: [TOKENS] }), field: "input[0]" },
    {
      name: "texts and token ids",
      adapter: openAiAdapter,
      task: embedding({ inputs: [{ kind: "text", text: "a" }, TOKENS] }),
      field: "input[0]",
    },
    {
      name: "too many for Gemini",
      adapter: geminiAdapter,
      task: embedding({ inputs: Array.from({ length: 101 }, () => ({ kind: "text", text: "a" }) as const) }),
      field: "input",
    },
    { name: "several, to Vertex AI", adapter: vertexAdapter, task: embedding(), field: "input" },
    { name: "embeddings, to who makes none", adapter: anthropicAdapter, task: embedding(), field: "model" },
    { name: "a ranking, to who ranks nothing", adapter: geminiAdapter, task: ranking(), field: "model" },
  ])("$name", ({ adapter, task, field }) => {
    expect(refusalBy(() => built(adapter, task))).toMatchObject({ code: "invalid_request", metadata: { field } });
  });
});

describe("what a provider answers", () => {
  const VECTORS = [
    [0.5, 0.25],
    [1, 0],
  ];
  test.each<{ name: string; adapter: Adapter; body: unknown; tokens: number | undefined }>([
    {
      name: "OpenAI",
      adapter: openAiAdapter,
      body: {
        object: "list",
        data: VECTORS.map((embedding, index) => ({ index, embedding })),
        usage: { prompt_tokens: 7, total_tokens: 7 },
      },
      tokens: 7,
    },
    {
      name: "out of order, as base64, with another count",
      adapter: openAiAdapter,
      body: {
        data: VECTORS.map((vector, index) => ({
          index,
          embedding: Buffer.from(new Float32Array(vector).buffer).toString("base64"),
        })).reverse(),
        usage: { total_tokens: 7 },
      },
      tokens: 7,
    },
    {
      name: "without places or counts",
      adapter: openAiAdapter,
      body: { data: VECTORS.map((embedding) => ({ embedding })) },
      tokens: undefined,
    },
    {
      name: "Cohere",
      adapter: cohereAdapter,
      body: { embeddings: { float: VECTORS }, meta: { billed_units: { input_tokens: 7 } } },
      tokens: 7,
    },
    {
      name: "Gemini",
      adapter: geminiAdapter,
      body: { embeddings: VECTORS.map((values) => ({ values })), usageMetadata: { promptTokenCount: 7 } },
      tokens: 7,
    },
    {
      name: "Gemini's older models",
      adapter: geminiAdapter,
      body: { embeddings: VECTORS.map((values) => ({ values })) },
      tokens: undefined,
    },
  ])("embeddings: $name", ({ adapter, body, tokens }) => {
    const [chunk] = taskAdapterOf(adapter, embedding()).decodeBody(body);
    expect(chunk).toMatchObject({ result: { kind: "embeddings", vectors: VECTORS }, finishReason: "stop" });
    expect(chunk?.usage?.promptTokens).toBe(tokens);
  });

  test.each([
    { predictions: [{ embeddings: { values: [0.5, 0.25], statistics: { truncated: false, token_count: 7 } } }] },
    { embedding: { values: [0.5, 0.25] }, usageMetadata: { promptTokenCount: 7 } },
  ])("embeddings: Vertex AI %#", (body) => {
    const task = embedding({ inputs: [{ kind: "text", text: "one" }] });
    const [chunk] = taskAdapterOf(vertexAdapter, task).decodeBody(body);
    expect(chunk).toMatchObject({ result: { kind: "embeddings", vectors: [[0.5, 0.25]] }, usage: { promptTokens: 7 } });
  });

  test.each<{ name: string; adapter: Adapter; body: unknown; usage: Record<string, number> }>([
    {
      name: "Cohere",
      adapter: cohereAdapter,
      body: {
        id: "r1",
        results: [
          { index: 2, relevance_score: 0.1 },
          { index: 0, relevance_score: 0.9 },
        ],
        meta: { billed_units: { search_units: 3 } },
      },
      usage: { requests: 3, promptTokens: 0 },
    },
    {
      name: "Voyage",
      adapter: openAiAdapter,
      body: {
        data: [
          { index: 0, relevance_score: 0.9 },
          { index: 2, relevance_score: 0.1 },
        ],
        usage: { total_tokens: 26 },
      },
      usage: { promptTokens: 26 },
    },
    {
      name: "more than was asked for",
      adapter: openAiAdapter,
      body: {
        results: [0.9, 0.05, 0.1].map((relevance_score, index) => ({ index, relevance_score })),
        usage: { prompt_tokens: 5, search_units: 1 },
      },
      usage: { promptTokens: 5, requests: 1 },
    },
  ])("a ranking: $name", ({ adapter, body, usage }) => {
    const [chunk] = taskAdapterOf(adapter, ranking({ topN: 2 })).decodeBody(body);
    expect(chunk).toMatchObject({
      result: {
        kind: "rerank",
        ranking: [
          { index: 0, relevanceScore: 0.9 },
          { index: 2, relevanceScore: 0.1 },
        ],
      },
      usage,
    });
  });

  test.each<{ name: string; adapter: Adapter; task: Task; body: unknown }>([
    { name: "too few vectors", adapter: openAiAdapter, task: embedding(), body: { data: [{ embedding: [1] }] } },
    { name: "no vectors", adapter: geminiAdapter, task: embedding(), body: { embeddings: [] } },
    {
      name: "a vector of words",
      adapter: openAiAdapter,
      task: embedding(),
      body: { data: [{ embedding: ["a"] }, { embedding: [1] }] },
    },
    { name: "an empty vector", adapter: cohereAdapter, task: embedding(), body: { embeddings: { float: [[], [1]] } } },
    {
      name: "a document that was not asked about",
      adapter: openAiAdapter,
      task: ranking(),
      body: { results: [{ index: 3, relevance_score: 1 }] },
    },
    { name: "a document without a score", adapter: openAiAdapter, task: ranking(), body: { results: [{ index: 0 }] } },
    {
      name: "half a document",
      adapter: openAiAdapter,
      task: ranking(),
      body: { results: [{ index: 0.5, relevance_score: 1 }] },
    },
  ])("$name is a failure of the provider", ({ adapter, task, body }) => {
    expect(failureThrownBy(() => taskAdapterOf(adapter, task).decodeBody(body))).toMatchObject({ status: 502 });
  });

  test("an error with status 200 is an error", () => {
    const body = { error: { message: "slow down", code: 429 } };
    expect(failureThrownBy(() => taskAdapterOf(openAiAdapter, embedding()).decodeBody(body))).toMatchObject({
      message: "slow down",
    });
  });

  test("refusals are read as those of conversations", () => {
    const adapter = taskAdapterOf(openAiAdapter, embedding());
    expect(adapter.decodeFailure).toBe(openAiAdapter.decodeFailure);
  });
});
