import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { NO_TOKENS } from "@/lib/schemas/chat-chunk";
import { ANSWER, bytesOf, endingWith, refusalBy } from "@/lib/testing/door-tools";
import { readRerank } from "./read-rerank";
import { rerankDoor } from "./rerank-door";

const ASKED = { model: "a/b", query: "signal", documents: ["a box", { text: "a lamp" }] };
const read = (body: Record<string, unknown>) => readRerank(bytesOf({ ...ASKED, ...body }));
const PIXEL = "data:image/png;base64,iVBORw0KGgo=";

test("a query and its documents", () => {
  const { task, request } = read({ top_n: 1, provider: { order: ["x"] } });
  expect(task).toEqual({
    kind: "rerank",
    query: "signal",
    documents: [{ text: "a box" }, { text: "a lamp" }],
    topN: 1,
  });
  expect(request).toMatchObject({ model: "a/b", provider: { order: ["x"] } });
  expect(request.messages).toHaveLength(2);
});

test("pictures among the documents must be taken by the endpoint", () => {
  expect(read({ documents: [{ image: PIXEL }] }).needs.inputModalities).toEqual(["image"]);
});

test.each([
  { count: 1, length: 10, searches: 1 },
  { count: 100, length: 400, searches: 1 },
  { count: 101, length: 400, searches: 2 },
  { count: 100, length: 900, searches: 2 },
  { count: 1_000, length: 1, searches: 10 },
  // What is longer than a document may be is cut.
  { count: 100, length: 100_000, searches: 9 },
])("$count documents of $length bytes are at most $searches searches", ({ count, length, searches }) => {
  const documents = Array.from({ length: count }, () => "a".repeat(length));
  expect(read({ documents }).needs.requestsBound).toBe(searches);
});

describe("what is wrong is named", () => {
  test.each<{ name: string; body: Record<string, unknown>; field: string }>([
    { name: "no model", body: { model: undefined }, field: "model" },
    { name: "no query", body: { query: undefined }, field: "query" },
    { name: "an empty query", body: { query: "" }, field: "query" },
    { name: "no documents", body: { documents: undefined }, field: "documents" },
    { name: "none", body: { documents: [] }, field: "documents" },
    { name: "a document of nothing", body: { documents: [{}] }, field: "documents[0]" },
    { name: "none wanted", body: { top_n: 0 }, field: "top_n" },
  ])("$name", ({ body, field }) => {
    expect(refusalBy(() => read(body))).toMatchObject({ metadata: { field } });
  });
});

describe("the answer", () => {
  const { form } = rerankDoor.read(bytesOf(ASKED));
  const result = {
    kind: "rerank" as const,
    ranking: [
      { index: 1, relevanceScore: 0.9 },
      { index: 0, relevanceScore: 0.1 },
    ],
  };

  test("has the documents of the request, best first, and the searches that were billed", () => {
    const usage = { ...NO_TOKENS, requests: 2 };
    expect(form.whole(ANSWER, [{ result, usage }], endingWith())).toEqual({
      id: ANSWER.id,
      model: ANSWER.model,
      provider: ANSWER.provider,
      results: [
        { index: 1, relevance_score: 0.9, document: { text: "a lamp" } },
        { index: 0, relevance_score: 0.1, document: { text: "a box" } },
      ],
      usage: { search_units: 2, total_tokens: 30, cost: 0.0125 },
    });
  });

  test("is a refusal when it broke off", () => {
    const failure = new AppError("provider_failed", "gone");
    expect(() => form.whole(ANSWER, [], endingWith({ failure }))).toThrow(failure);
  });
});
