import { describe, expect, test } from "vitest";
import type { EmbeddingInput } from "@/lib/schemas/task";
import { bytesOf, refusalBy } from "@/lib/testing/door-tools";
import { readEmbeddings } from "./read-embeddings";

const read = (body: Record<string, unknown>) => readEmbeddings(bytesOf({ model: "a/b", input: "one", ...body }));
const PIXEL = "data:image/png;base64,iVBORw0KGgo=";
const textInput = (text: string): EmbeddingInput => ({ kind: "text", text });

describe("inputs", () => {
  test.each<{ name: string; input: unknown; expected: EmbeddingInput[] }>([
    { name: "a text", input: "one", expected: [textInput("one")] },
    { name: "texts", input: ["one", "two"], expected: [textInput("one"), textInput("two")] },
    { name: "token ids", input: [1, 2, 3], expected: [{ kind: "tokens", tokens: [1, 2, 3] }] },
    {
      name: "lists of token ids",
      input: [[1, 2], [3]],
      expected: [
        { kind: "tokens", tokens: [1, 2] },
        { kind: "tokens", tokens: [3] },
      ],
    },
    {
      name: "several parts",
      input: [
        {
          content: [
            { type: "text", text: "one" },
            { type: "image_url", image_url: { url: PIXEL } },
            { type: "input_audio", input_audio: { data: "AAAA", format: "mp3" } },
            { type: "input_video", input_video: { data: "AAAA" } },
            { type: "input_file", input_file: { data: "AAAA", format: "application/pdf" } },
          ],
        },
      ],
      expected: [
        {
          kind: "parts",
          parts: [
            { type: "text", text: "one" },
            { type: "image_url", image_url: { url: PIXEL } },
            { type: "media", kind: "audio", mediaType: "audio/mp3", base64: "AAAA" },
            { type: "media", kind: "video", mediaType: "video/mp4", base64: "AAAA" },
            { type: "media", kind: "file", mediaType: "application/pdf", base64: "AAAA" },
          ],
        },
      ],
    },
  ])("$name", ({ input, expected }) => {
    const { task, request } = read({ input });
    expect(task.inputs).toEqual(expected);
    // One message for each, by which it is routed and counted.
    expect(request.messages).toHaveLength(expected.length);
  });
});

test("what is wanted goes with the task, where it goes with the request", () => {
  const { task, request, asBase64 } = read({
    dimensions: 256,
    input_type: "search_query",
    encoding_format: "base64",
    user: "u",
    provider: { order: ["x"] },
    models: ["c/d"],
    session_id: "s",
  });
  expect(task).toMatchObject({ kind: "embeddings", dimensions: 256, inputType: "search_query", user: "u" });
  expect(request).toMatchObject({
    model: "a/b",
    models: ["c/d"],
    provider: { order: ["x"] },
    session_id: "s",
    user: "u",
  });
  expect(request).not.toHaveProperty("dimensions");
  expect(asBase64).toBe(true);
});

test("each input has to fit by itself, and all of them are paid for", () => {
  const long = "word ".repeat(600);
  const [one, many] = [read({ input: [long] }).needs, read({ input: Array.from({ length: 50 }, () => long) }).needs];
  expect(many.promptTokens).toBe(one.promptTokens);
  expect(many.promptTokensBound).toBeGreaterThan(40 * one.promptTokens);
  expect(many).toMatchObject({ promptField: "input", maxOutputTokens: 0 });
});

test("what an input holds must be taken by the endpoint", () => {
  const input = [{ content: [{ type: "image_url", image_url: { url: PIXEL } }] }];
  expect(read({ input }).needs.inputModalities).toEqual(["image"]);
  expect(read({}).needs.inputModalities).toEqual([]);
});

describe("what is wrong is named", () => {
  test.each<{ name: string; body: Record<string, unknown>; field: string }>([
    { name: "no model", body: { model: undefined }, field: "model" },
    { name: "no input", body: { input: undefined }, field: "input" },
    { name: "an empty text", body: { input: "" }, field: "input" },
    { name: "an empty list", body: { input: [] }, field: "input" },
    { name: "texts and numbers", body: { input: ["a", 1] }, field: "input" },
    { name: "too many", body: { input: Array.from({ length: 2_049 }, () => "a") }, field: "input" },
    { name: "an unknown format", body: { encoding_format: "hex" }, field: "encoding_format" },
    { name: "no length", body: { dimensions: 0 }, field: "dimensions" },
    { name: "wrong routing", body: { provider: { order: "x" } }, field: "provider.order" },
  ])("$name", ({ body, field }) => {
    const error = refusalBy(() => read(body));
    expect(error).toMatchObject({ code: "invalid_request", metadata: { field: expect.stringContaining(field) } });
  });
});
