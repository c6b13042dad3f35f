import { describe, expect, test } from "vitest";
import { testSandbox } from "@/lib/sandbox/test-sandbox";
import { textVector } from "@/lib/sandbox/text-vector";

const sandbox = testSandbox();
const embed = (body: Record<string, unknown>) =>
  sandbox.postJson("/openai/v1/embeddings", { model: "text-embedding-3-small", input: "one", ...body });
const rank = (body: Record<string, unknown>) =>
  sandbox.postJson("/cohere/v2/rerank", {
    model: "rerank-v3.5",
    query: "signal box",
    documents: ["Bananas are yellow.", "A signal box is beside the line."],
    ...body,
  });
const vectorOf = (text: string, dimensions = 1_536) => textVector(text, dimensions);

describe("OpenAI's embeddings", () => {
  test("a vector for each text, with what they count", async () => {
    const { json, status } = await embed({ input: ["one", "two"] });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      object: "list",
      model: "text-embedding-3-small",
      data: [
        { object: "embedding", index: 0, embedding: vectorOf("one") },
        { object: "embedding", index: 1, embedding: vectorOf("two") },
      ],
      usage: { prompt_tokens: 2, total_tokens: 2 },
    });
  });

  test("as base64 they are the same", async () => {
    const { json } = await embed({ encoding_format: "base64", dimensions: 8 });
    const bytes = Buffer.from(json.data[0].embedding, "base64");
    expect(Array.from({ length: 8 }, (_, index) => bytes.readFloatLE(index * 4))).toEqual(vectorOf("one", 8));
  });

  test("token ids are one input and count each", async () => {
    const { json } = await embed({ input: [5, 6, 7] });
    expect(json).toMatchObject({ data: [{ index: 0 }], usage: { prompt_tokens: 3 } });
  });

  test.each([
    { name: "shorter ones", body: { dimensions: 256 }, length: 256 },
    { name: "a model's own length", body: { model: "gemini-embedding-001" }, length: 3_072 },
    { name: "an unknown model's", body: { model: "bge-m3" }, length: 1_024 },
  ])("$name", async ({ body, length }) => {
    expect((await embed(body)).json.data[0].embedding).toHaveLength(length);
  });

  test.each([
    { name: "no input", body: { input: undefined }, param: "input" },
    { name: "an empty text", body: { input: "" }, param: "input" },
    { name: "too long vectors", body: { dimensions: 9_999 }, param: "dimensions" },
  ])("$name is refused as OpenAI does", async ({ body, param }) => {
    const { status, json } = await embed(body);
    expect(status).toBe(400);
    expect(json).toMatchObject({ error: { type: "invalid_request_error", param } });
  });
});

test("Cohere's embeddings", async () => {
  const { json } = await sandbox.postJson("/cohere/v2/embed", {
    model: "embed-v4.0",
    texts: ["one", "two"],
    input_type: "search_document",
    embedding_types: ["float"],
    output_dimension: 256,
  });
  expect(json).toMatchObject({
    embeddings: { float: [vectorOf("one", 256), vectorOf("two", 256)] },
    meta: { billed_units: { input_tokens: 2 } },
  });
});

test("Cohere wants to know what vectors are for", async () => {
  const { status } = await sandbox.postJson("/cohere/v2/embed", { model: "embed-v4.0", texts: ["one"] });
  expect(status).toBe(400);
});

test("Gemini's embeddings", async () => {
  const content = (text: string) => ({
    model: "models/gemini-embedding-001",
    content: { parts: [{ text }] },
    outputDimensionality: 128,
  });
  const { json } = await sandbox.postJson("/google-ai-studio/v1beta/models/gemini-embedding-001:batchEmbedContents", {
    requests: [content("one"), content("two")],
  });
  expect(json).toEqual({ embeddings: [{ values: vectorOf("one", 128) }, { values: vectorOf("two", 128) }] });
});

describe("rankings", () => {
  test("best first, by searches where searches are sold", async () => {
    const { json } = await rank({});
    expect(json.results.map(({ index }: { index: number }) => index)).toEqual([1, 0]);
    expect(json.results[0].relevance_score).toBeGreaterThan(json.results[1].relevance_score);
    expect(json.meta).toEqual({ billed_units: { search_units: 1 } });
  });

  test("by tokens where tokens are sold", async () => {
    const { json } = await rank({ model: "rerank-2.5" });
    expect(json.usage.total_tokens).toBeGreaterThan(5);
  });

  test("no more than were asked for", async () => {
    expect((await rank({ top_n: 1 })).json.results).toHaveLength(1);
    expect((await rank({ top_k: 1 })).json.results).toHaveLength(1);
  });
});

test("faults and keys are those of every wire", async () => {
  expect(
    (await sandbox.post("/openai/v1/embeddings", { input: "one" }, { "x-sandbox-fault": "status=503" })).status,
  ).toBe(503);
});
