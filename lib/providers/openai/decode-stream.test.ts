import { describe, expect, test } from "vitest";
import { decodeAll, failureThrownBy, readEvents } from "@/lib/testing/contract-tools";
import { foldAnswer } from "@/lib/testing/fold-answer";
import { openAiAdapter } from "./openai-adapter";

const FIXTURES = new URL("__fixtures__/", import.meta.url);

const foldFixture = (name: string) => foldAnswer(decodeAll(openAiAdapter, readEvents(FIXTURES, name)));
const events = (...objects: readonly unknown[]) =>
  objects.map((object) => ({ event: undefined, data: typeof object === "string" ? object : JSON.stringify(object) }));
const foldObjects = (...objects: readonly unknown[]) => foldAnswer(decodeAll(openAiAdapter, events(...objects)));
const chunk = (delta: unknown, finish: string | null = null, rest: object = {}) => ({
  id: "c-1",
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...rest,
});

describe("dialects", () => {
  test("Groq's usage is found in its own corner, its reasoning under its own name", () => {
    expect(foldFixture("usage-in-x-groq")).toMatchObject({
      reasoning: "Look it up.",
      toolCalls: [{ id: "gc1", name: "get_time", arguments: '{"zone":"UTC"}' }],
      finishReason: "tool_calls",
      usage: { promptTokens: 30, completionTokens: 15, cachedTokens: 10 },
    });
  });

  test("Mistral's content in parts is told apart into reasoning and text", () => {
    expect(foldFixture("content-parts")).toMatchObject({
      reasoning: "Hm, easy.",
      content: "Four.",
      finishReason: "stop",
      usage: { promptTokens: 11, completionTokens: 8 },
    });
  });

  test("OpenRouter's reasoning details pass unchanged, signature included", () => {
    expect(foldFixture("reasoning-details")).toMatchObject({
      reasoning: "Think",
      content: "Done.",
      reasoningDetails: [
        { type: "reasoning.text", text: "Think", signature: "c2ln", format: "anthropic-claude-v1", index: 0 },
      ],
      nativeFinishReason: "stop",
      usage: { promptTokens: 50, cachedTokens: 20, cacheWriteTokens: 10, reasoningTokens: 3 },
    });
  });

  test("reasoning that is only in the details is shown as text too", () => {
    const details = [{ type: "reasoning.summary", summary: "In short.", format: "openai-responses-v1" }];
    expect(foldObjects(chunk({ reasoning_details: details }))).toMatchObject({ reasoning: "In short." });
  });

  test("reasoning that comes under both names is read once", () => {
    expect(foldObjects(chunk({ reasoning: "hm", reasoning_content: "hm" })).reasoning).toBe("hm");
  });

  test("of usage on every chunk the last one counts", () => {
    const usage = (completion_tokens: number) => ({ usage: { prompt_tokens: 5, completion_tokens } });
    const answer = foldObjects(chunk({ content: "a" }, null, usage(1)), chunk({ content: "b" }, "stop", usage(2)));
    expect(answer.usage).toMatchObject({ promptTokens: 5, completionTokens: 2 });
  });

  test("a finish reason keeps the content that comes with it", () => {
    const answer = foldObjects(chunk({ content: "whole" }, "stop"));
    expect(answer).toMatchObject({ content: "whole", finishReason: "stop" });
  });

  test("a finish reason on every chunk of the end is told once", () => {
    const answer = foldObjects(chunk({ content: "x" }, "length"), chunk({}, "stop"));
    expect(answer).toMatchObject({ finishReason: "length", nativeFinishReason: "length" });
  });

  test("the whole message in the last chunk is not read as more of it", () => {
    const last = { id: "c-1", choices: [{ index: 0, message: { content: "hello" }, finish_reason: "stop" }] };
    expect(foldObjects(chunk({ content: "hello" }), last).content).toBe("hello");
  });

  test("the call from before there were several is a call", () => {
    const answer = foldObjects(
      chunk({ function_call: { name: "f", arguments: "" } }),
      chunk({ function_call: { arguments: '{"a":1}' } }),
      chunk({}, "function_call"),
    );
    expect(answer).toMatchObject({
      toolCalls: [{ name: "f", arguments: '{"a":1}' }],
      finishReason: "tool_calls",
      nativeFinishReason: "function_call",
    });
  });

  test("images, audio, refusal, annotations and log probabilities arrive in our shape", () => {
    const token = { token: "A", logprob: -0.1, bytes: [65], top_logprobs: [{ token: "B", logprob: -3 }] };
    const answer = foldObjects(
      chunk({ images: [{ image_url: { url: "data:image/png;base64,AA==" } }, { b64_json: "BB==" }] }),
      chunk({ audio: { id: "au", data: "QQ==", transcript: null } }),
      chunk({ audio: { data: "Qg==" } }),
      chunk({ refusal: "No." }),
      chunk({ annotations: [{ type: "url_citation", url_citation: { url: "https://x.test", title: null } }] }),
      { id: "c-1", choices: [{ index: 0, delta: { content: "A" }, logprobs: { content: [token], refusal: null } }] },
    );
    expect(answer.images).toEqual([
      { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } },
      { type: "image_url", image_url: { url: "data:image/png;base64,BB==" } },
    ]);
    expect(answer).toMatchObject({ audio: "QQ==Qg==", refusal: "No." });
    expect(answer.annotations).toEqual([{ type: "url_citation", url_citation: { url: "https://x.test" } }]);
    expect(answer.logprobs).toEqual({
      content: [{ ...token, top_logprobs: [{ token: "B", logprob: -3, bytes: null }] }],
      refusal: null,
    });
  });

  test("the pages a searching model read become citations, once", () => {
    const sources = {
      citations: ["https://a.test", "https://b.test"],
      search_results: [{ url: "https://a.test", title: "A" }],
    };
    const answer = foldObjects(chunk({ content: "x" }, null, sources), chunk({}, "stop", sources));
    expect(answer.annotations).toEqual([
      { type: "url_citation", url_citation: { url: "https://a.test", title: "A" } },
      { type: "url_citation", url_citation: { url: "https://b.test" } },
    ]);
  });

  test("a citation's place is the first mark that names its page, however the text is cut, and it counts as a search", () => {
    const sources = {
      citations: ["https://a.test", "https://b.test", "https://a.test"],
      search_results: [{ url: "https://a.test", title: "A", snippet: "About a" }],
      usage: { prompt_tokens: 5, completion_tokens: 9, total_tokens: 14 },
    };
    const pieces = ["Two [", "2] and ", "three [3", "], then [1]."].map((content) => chunk({ content }, null, sources));
    const answer = foldObjects(...pieces, chunk({}, "stop", sources));
    expect(answer.content).toBe("Two [2] and three [3], then [1].");
    expect(answer.annotations).toEqual([
      {
        type: "url_citation",
        url_citation: { url: "https://a.test", title: "A", content: "About a", start_index: 18, end_index: 21 },
      },
      { type: "url_citation", url_citation: { url: "https://b.test", start_index: 4, end_index: 7 } },
    ]);
    expect(answer.usage).toMatchObject({ searches: 1 });
    const counted = { ...sources, usage: { ...sources.usage, num_search_queries: 4 } };
    expect(foldObjects(chunk({ content: "x" }, "stop", counted)).usage).toMatchObject({ searches: 4 });
  });

  test("what stands beside the choices is told once", () => {
    const rest = { system_fingerprint: "fp", service_tier: "default" };
    const chunks = decodeAll(
      openAiAdapter,
      events(chunk({ content: "a" }, null, rest), chunk({ content: "b" }, null, rest)),
    );
    expect(chunks[0]).toMatchObject({ upstreamId: "c-1", systemFingerprint: "fp", serviceTier: "default" });
    expect(chunks[1]).toEqual({ delta: { content: "b" } });
  });

  test("a role, empty strings and keep-alive chunks are no news", () => {
    const silent = [chunk({ role: "assistant", content: "", reasoning: null }), chunk({}), { id: "c-1", choices: [] }];
    expect(decodeAll(openAiAdapter, events(...silent))).toEqual([{ upstreamId: "c-1" }]);
  });
});

test.each([
  { native: "stop", reason: "stop" },
  { native: "eos", reason: "stop" },
  { native: "STOP", reason: "stop" },
  { native: "a_word_of_tomorrow", reason: "stop" },
  { native: "length", reason: "length" },
  { native: "model_length", reason: "length" },
  { native: "content_filter", reason: "content_filter" },
  { native: "sensitive", reason: "content_filter" },
  { native: "insufficient_system_resource", reason: "error" },
])("$native means $reason and is kept", ({ native, reason }) => {
  expect(foldObjects(chunk({ content: "x" }, native))).toMatchObject({
    finishReason: reason,
    nativeFinishReason: native,
  });
});

test("an end after calls waits for their results, whatever the provider calls it", () => {
  const call = { tool_calls: [{ index: 0, id: "i", function: { name: "f", arguments: "{}" } }] };
  expect(foldObjects(chunk(call), chunk({}, "stop")).finishReason).toBe("tool_calls");
  expect(foldObjects(chunk(call), chunk({}, "length")).finishReason).toBe("length");
});

test("[DONE] alone completes a stream whose provider gives no reasons", () => {
  const decoder = openAiAdapter.createStreamDecoder();
  for (const event of events(chunk({ content: "x" }))) decoder.decode(event);
  expect(decoder.isComplete()).toBe(false);
  for (const event of events("[DONE]")) decoder.decode(event);
  expect(decoder.isComplete()).toBe(true);
});

describe("errors inside a stream", () => {
  test.each([
    { name: "an error object", data: { error: { message: "m", type: "server_error", code: null } }, status: 500 },
    { name: "a numeric code", data: { error: { message: "m", code: 429 } }, status: 429 },
    { name: "a code in words", data: { error: { message: "m", code: "rate_limit_exceeded" } }, status: 429 },
    { name: "an error without any", data: { error: { message: "m" } }, status: 502 },
    { name: "an error that is text", data: { error: "m" }, status: 502 },
    { name: "vLLM's", data: { object: "error", message: "m", type: "BadRequestError", code: 400 }, status: 400 },
    { name: "one beside choices", data: { id: "x", choices: [], error: { message: "m", code: 503 } }, status: 503 },
    { name: "one in the choice", data: { id: "x", choices: [{ error: { message: "m", code: 502 } }] }, status: 502 },
  ])("$name is a failure of status $status", ({ data, status }) => {
    const failure = failureThrownBy(() => decodeAll(openAiAdapter, events(data)));
    expect(failure).toMatchObject({ status, message: "m" });
  });

  test("an event named error is one, whatever it holds", () => {
    const decode = (data: string) => () => openAiAdapter.createStreamDecoder().decode({ event: "error", data });
    expect(failureThrownBy(decode("the backend went away")).message).toBe("the backend went away");
    expect(failureThrownBy(decode('{"message":"slow down","code":429}'))).toMatchObject({
      status: 429,
      message: "slow down",
    });
  });

  test("error: null is no error", () => {
    expect(foldObjects({ ...chunk({ content: "fine" }), error: null }).content).toBe("fine");
  });

  test("the reason of the one behind an aggregator is shown", () => {
    const error = { message: "Provider returned error", code: 502, metadata: { raw: "out of memory" } };
    expect(failureThrownBy(() => openAiAdapter.decodeBody({ error })).message).toBe(
      "Provider returned error: out of memory",
    );
  });
});

test("the code of a refusal is kept, for context overflows are told by it", () => {
  const body = { error: { message: "too long", type: "invalid_request_error", code: "context_length_exceeded" } };
  expect(openAiAdapter.decodeFailure(400, JSON.stringify(body))).toEqual({
    status: 400,
    providerCode: "context_length_exceeded",
    cause: "context_length",
    message: "too long",
  });
});
