import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { ANSWER, bytesOf, dataIn, endingWith, eventsIn, refuses, says, thinksAloud } from "@/lib/testing/door-tools";
import type { AnswerEnding, AnswerIdentity } from "../door";
import { completionsDoor } from "./completions-door";

const formOf = (body: Record<string, unknown> = {}) => completionsDoor.read(bytesOf({ prompt: "Once", ...body })).form;

function streamOf(
  groups: readonly (readonly ChatChunk[])[],
  {
    body = {},
    ending = endingWith(),
    answer = ANSWER,
  }: { body?: object; ending?: AnswerEnding; answer?: AnswerIdentity } = {},
): string {
  const writer = formOf({ ...body }).stream(answer);
  return groups.map((group) => writer.write(group)).join("") + writer.end(ending);
}

const token = (text: string, logprob: number) => ({
  token: text,
  logprob,
  bytes: null,
  top_logprobs: [{ token: "x", logprob: -3, bytes: null }],
});
const likely = (text: string, logprob: number): ChatChunk => ({
  delta: { content: text },
  logprobs: { content: [token(text, logprob)], refusal: null },
});

describe("a stream", () => {
  test("of text, its end, and what it cost", () => {
    const text = streamOf([[{ delta: { role: "assistant", content: "" } }, says("upon")], [says(" a time")]]);
    const head = {
      id: ANSWER.id,
      object: "text_completion",
      created: ANSWER.createdSeconds,
      model: ANSWER.model,
      provider: "Vendor",
    };
    expect(dataIn(text)).toMatchObject([
      { ...head, choices: [{ index: 0, text: "upon", finish_reason: null, logprobs: null }] },
      { ...head, choices: [{ index: 0, text: " a time", finish_reason: null }] },
      { ...head, choices: [{ index: 0, text: "", finish_reason: "stop", native_finish_reason: "stop" }] },
      { ...head, choices: [], usage: { prompt_tokens: 30, completion_tokens: 12, cost: 0.0125 } },
    ]);
    expect(eventsIn(text).at(-1)?.data).toBe("[DONE]");
  });

  test("begins with the prompt for those who want it repeated, even without an answer", () => {
    const texts = (text: string) => dataIn(text).flatMap(({ choices }) => choices);
    expect(texts(streamOf([[says(" upon")]], { body: { echo: true } }))).toMatchObject([
      { text: "Once" },
      { text: " upon" },
      { text: "" },
    ]);
    expect(texts(streamOf([], { body: { echo: true } }))).toMatchObject([{ text: "Once" }, { text: "" }]);
  });

  test("with reasoning beside the text, unless it is hidden", () => {
    const chunks = [[thinksAloud("hm"), says("a")]];
    expect(dataIn(streamOf(chunks))).toMatchObject([
      { choices: [{ text: "", reasoning: "hm" }] },
      { choices: [{ text: "a" }] },
      {},
      {},
    ]);
    expect(dataIn(streamOf(chunks, { answer: { ...ANSWER, hidesReasoning: true } }))).toHaveLength(3);
  });

  test("with likelihoods, each at its place in the text", () => {
    const data = dataIn(streamOf([[likely("up", -0.1), likely("on", -0.2)]], { body: { echo: true, logprobs: 1 } }));
    expect(data.flatMap(({ choices }) => choices)).toMatchObject([
      { text: "Once", logprobs: null },
      { logprobs: { tokens: ["up"], token_logprobs: [-0.1], top_logprobs: [{ x: -3 }], text_offset: [4] } },
      { logprobs: { tokens: ["on"], text_offset: [6] } },
      {},
    ]);
  });

  test("that breaks off says why in its last choice", () => {
    const ending = endingWith({ finishReason: "error", failure: new AppError("provider_failed", "gone") });
    const data = dataIn(streamOf([[says("a")]], { ending }));
    expect(data.at(-2)).toMatchObject({ choices: [{ finish_reason: "error" }], error: { code: 502, message: "gone" } });
  });

  test("that nobody began says why", () => {
    const data = dataIn(formOf().stream(ANSWER).refuse(new AppError("unavailable", "busy"), undefined));
    expect(data).toMatchObject([{ choices: [{ finish_reason: "error" }], error: { code: 503, message: "busy" } }]);
  });
});

describe("a whole answer", () => {
  test.each<{ name: string; body: object; chunks: ChatChunk[]; choice: Record<string, unknown> }>([
    {
      name: "of text",
      body: {},
      chunks: [says("a"), says("b")],
      choice: { text: "ab", finish_reason: "stop", logprobs: null },
    },
    { name: "that repeats the prompt", body: { echo: true }, chunks: [says("a")], choice: { text: "Oncea" } },
    {
      name: "with reasoning",
      body: {},
      chunks: [thinksAloud("hm"), says("a")],
      choice: { text: "a", reasoning: "hm" },
    },
    { name: "that is a refusal", body: {}, chunks: [refuses("No.")], choice: { text: "No." } },
    {
      name: "with likelihoods",
      body: { logprobs: 1 },
      chunks: [likely("a", -1)],
      choice: { logprobs: { tokens: ["a"], text_offset: [0] } },
    },
  ])("$name", ({ body, chunks, choice }) => {
    expect(formOf({ ...body }).whole(ANSWER, chunks, endingWith())).toMatchObject({
      id: ANSWER.id,
      object: "text_completion",
      choices: [choice],
      usage: { total_tokens: 42 },
    });
  });

  test("that broke off says why in its choice", () => {
    const ending = endingWith({ finishReason: "error", failure: new AppError("provider_failed", "gone") });
    expect(formOf().whole(ANSWER, [says("a")], ending)).toMatchObject({
      choices: [{ text: "a", finish_reason: "error", error: { message: "gone" } }],
    });
  });
});

test("OpenAI's client reads it", async () => {
  const text = streamOf([[says("up"), says("on")]]);
  const client = new OpenAI({
    apiKey: "k",
    fetch: async () => new Response(text, { headers: { "content-type": "text/event-stream" } }),
  });
  let said = "";
  for await (const { choices } of await client.completions.create({ model: "m", prompt: "Once", stream: true }))
    said += choices[0]?.text ?? "";
  expect(said).toBe("upon");
});
