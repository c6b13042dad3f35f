import { describe, expect, test } from "vitest";
import { decodeAll, failureThrownBy, readEvents } from "@/lib/testing/contract-tools";
import { foldAnswer } from "@/lib/testing/fold-answer";
import { geminiAdapter } from "./gemini-adapter";

const FIXTURES = new URL("__fixtures__/", import.meta.url);
const foldFixture = (name: string) => foldAnswer(decodeAll(geminiAdapter, readEvents(FIXTURES, name)));
const fold = (...objects: readonly unknown[]) =>
  foldAnswer(
    decodeAll(
      geminiAdapter,
      objects.map((object) => ({ event: undefined, data: JSON.stringify(object) })),
    ),
  );
const candidate = (parts: readonly unknown[], rest: object = {}) => ({
  responseId: "r-1",
  candidates: [{ content: { parts, role: "model" }, index: 0, ...rest }],
});

test("thoughts are part of the completion, and the last counts count", () => {
  expect(foldFixture("reasoning").usage).toMatchObject({ completionTokens: 8 + 12, reasoningTokens: 12 });
});

test("a signature on the text is kept apart from the thoughts", () => {
  expect(foldFixture("reasoning").reasoningDetails).toEqual([
    {
      type: "reasoning.text",
      text: "The line is single track. So one of them waits.",
      format: "google-gemini-v1",
      index: 0,
    },
    { type: "reasoning.encrypted", data: "Ck4Bx6tVlQ==", format: "google-gemini-v1", index: 1 },
  ]);
});

test("a signature on a call carries the call's id", () => {
  const { toolCalls, reasoningDetails } = foldFixture("signed-call");
  expect(toolCalls).toEqual([
    { id: "fc-7a", name: "get_time", arguments: '{"zone":"UTC"}' },
    { id: "fc-7b", name: "get_time", arguments: '{"zone":"CET"}' },
  ]);
  expect(reasoningDetails).toMatchObject([{ type: "reasoning.encrypted", data: "Sgn1==", id: "fc-7a" }]);
});

test("calls without an id get one that differs between answers and within them", () => {
  const call = { functionCall: { name: "f", args: {} } };
  const idsOf = (responseId: string) => fold({ ...candidate([call, call]), responseId }).toolCalls.map(({ id }) => id);
  expect(idsOf("r-1")).toEqual(idsOf("r-1"));
  expect(new Set([...idsOf("r-1"), ...idsOf("r-2")]).size).toBe(4);
});

test("calls that share an id are told apart", () => {
  const call = { functionCall: { id: "fc-1", name: "f", args: {} } };
  const { toolCalls } = fold(candidate([call, call]));
  expect(toolCalls.map(({ id }) => id)).toEqual(["fc-1", expect.stringMatching(/^call_1_/)]);
});

test("a thought after a signature is another thought", () => {
  const thought = (text: string) => ({ text, thought: true });
  const signed = { functionCall: { id: "fc-1", name: "f", args: {} }, thoughtSignature: "S==" };
  const { reasoningDetails } = fold(
    candidate([thought("a"), thought("b")]),
    candidate([signed]),
    candidate([thought("c")]),
  );
  expect(reasoningDetails).toMatchObject([
    { text: "ab", index: 0 },
    { data: "S==", index: 1 },
    { text: "c", index: 2 },
  ]);
});

test("images arrive as data URLs and their tokens in their own class", () => {
  const answer = foldFixture("image");
  expect(answer.images).toEqual([
    { type: "image_url", image_url: { url: expect.stringMatching(/^data:image\/png;base64,iVBOR/) }, index: 0 },
  ]);
  expect(answer.usage).toMatchObject({ completionTokens: 1_320, completionImageTokens: 1_290, reasoningTokens: 30 });
});

test("code that Google ran is shown as code; what its tools fetched counts as prompt", () => {
  const answer = foldFixture("code-execution");
  expect(answer.content).toBe("Let me compute.\n```python\nprint(2+2)\n```\n\n```\n4\n```\nIt is 4.");
  expect(answer.usage).toMatchObject({ promptTokens: 35, completionTokens: 30 });
});

test("a blocked prompt is an answer that was filtered", () => {
  expect(foldFixture("blocked-prompt")).toMatchObject({
    content: "",
    finishReason: "content_filter",
    nativeFinishReason: "PROHIBITED_CONTENT",
    usage: { promptTokens: 9, completionTokens: 0 },
  });
});

test("speech, citations and log probabilities arrive in our shape", () => {
  const answer = fold(
    candidate([{ inlineData: { mimeType: "audio/L16;rate=24000", data: "QQ==" } }]),
    candidate([{ text: "A" }], {
      finishReason: "STOP",
      groundingMetadata: { groundingChunks: [{ web: { uri: "https://x.test", title: "X" } }] },
      logprobsResult: {
        chosenCandidates: [{ token: "A", logProbability: -0.1 }],
        topCandidates: [{ candidates: [{ token: "B", logProbability: -2 }] }],
      },
    }),
  );
  expect(answer.audio).toBe("QQ==");
  expect(answer.annotations).toEqual([{ type: "url_citation", url_citation: { url: "https://x.test", title: "X" } }]);
  expect(answer.logprobs).toEqual({
    content: [{ token: "A", logprob: -0.1, bytes: null, top_logprobs: [{ token: "B", logprob: -2, bytes: null }] }],
    refusal: null,
  });
});

test.each([
  { native: "RECITATION", reason: "content_filter" },
  { native: "BLOCKLIST", reason: "content_filter" },
  { native: "SPII", reason: "content_filter" },
  { native: "MALFORMED_FUNCTION_CALL", reason: "error" },
  { native: "A_WORD_OF_TOMORROW", reason: "stop" },
])("$native means $reason and is kept", ({ native, reason }) => {
  expect(fold(candidate([], { finishReason: native }))).toMatchObject({
    finishReason: reason,
    nativeFinishReason: native,
  });
});

test("a stream that came as one JSON list is read as a whole", () => {
  const list = [candidate([{ text: "a" }]), candidate([{ text: "b" }], { finishReason: "STOP" })];
  expect(foldAnswer(geminiAdapter.decodeBody(list))).toMatchObject({ content: "ab", finishReason: "stop" });
});

describe("errors", () => {
  test.each([
    { error: { code: 503, message: "m", status: "UNAVAILABLE" }, status: 503, code: "UNAVAILABLE" },
    { error: { message: "m", status: "RESOURCE_EXHAUSTED" }, status: 429, code: "RESOURCE_EXHAUSTED" },
    { error: { message: "m" }, status: 502, code: undefined },
  ])("$error in a stream is a failure of status $status", ({ error, status, code }) => {
    expect(failureThrownBy(() => fold({ error }))).toEqual({ status, providerCode: code, message: "m" });
  });

  test("a wrong key, which the API calls an invalid argument, counts as 401", () => {
    const error = {
      code: 400,
      message: "API key not valid. Please pass a valid API key.",
      status: "INVALID_ARGUMENT",
      details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID" }],
    };
    expect(geminiAdapter.decodeFailure(400, JSON.stringify({ error }))).toMatchObject({
      status: 401,
      providerCode: "API_KEY_INVALID",
    });
    expect(geminiAdapter.decodeFailure(400, JSON.stringify([{ error: { ...error, details: [] } }]))).toMatchObject({
      status: 400,
      providerCode: "INVALID_ARGUMENT",
    });
  });
});
