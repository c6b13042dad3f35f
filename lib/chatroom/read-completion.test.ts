import { expect, test } from "vitest";
import type { ChatCompletionChunk } from "@/lib/schemas/chat-completion";
import type { FileReference } from "@/lib/schemas/chatroom";
import { finished, isRunning, newAnswer, withChunk } from "./answer-events";
import { textOf } from "./answer-totals";
import { readCompletion } from "./read-completion";
import { ConnectionLost, UnreadableAnswer } from "./stream-errors";

type Delta = ChatCompletionChunk["choices"][number]["delta"];

const HEAD = { id: "gen-1", object: "chat.completion.chunk", created: 1, model: "acme/one", provider: "Acme" };

function eventOf(delta: Delta, rest: Readonly<Record<string, unknown>> = {}, finish: string | null = null): string {
  const choice = { index: 0, delta, finish_reason: finish, native_finish_reason: finish, logprobs: null };
  return `data: ${JSON.stringify({ ...HEAD, choices: [choice], ...rest })}\n\n`;
}

const USAGE = {
  prompt_tokens: 10,
  completion_tokens: 4,
  total_tokens: 14,
  cost: 0.001,
  is_byok: false,
  prompt_tokens_details: { cached_tokens: 2, cache_write_tokens: 0, audio_tokens: 0, video_tokens: 0 },
  cost_details: {
    upstream_inference_cost: null,
    upstream_inference_prompt_cost: 0,
    upstream_inference_completions_cost: 0,
  },
  completion_tokens_details: { reasoning_tokens: 1, image_tokens: 0, audio_tokens: 0 },
};

const WHOLE = [
  ": OPENROUTER PROCESSING\n\n",
  eventOf({ role: "assistant", content: "" }),
  eventOf({ reasoning: "Let me ", reasoning_details: [{ type: "reasoning.text", text: "Let me ", index: 0 }] }),
  eventOf({ reasoning: "see.", reasoning_details: [{ type: "reasoning.text", text: "see.", index: 0 }] }),
  eventOf({ reasoning_details: [{ type: "reasoning.text", signature: "sig", index: 0 }] }),
  ": OPENROUTER PROCESSING\n\n",
  eventOf({ content: "Größe 𝄞 " }),
  eventOf({ content: "fits." }),
  eventOf({ images: [{ type: "image_url", image_url: { url: "data:image/png;base64,QUJD" } }] }),
  eventOf({
    annotations: [{ type: "url_citation", url_citation: { url: "https://a.example", title: "A" } }],
  }),
  eventOf({ tool_calls: [{ index: 0, id: "c1", type: "function", function: { name: "clock", arguments: "" } }] }),
  eventOf({ tool_calls: [{ index: 0, function: { arguments: '{"zone":' } }] }),
  eventOf({ tool_calls: [{ index: 1, id: "c2", function: { name: "add", arguments: "{}" } }] }),
  eventOf({ tool_calls: [{ index: 0, function: { arguments: '"UTC"}' } }] }),
  eventOf({}, { usage: USAGE }, "tool_calls"),
  "data: [DONE]\n\n",
].join("");

async function* cut(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const saveImage = (url: string): FileReference => ({
  id: url.slice(-4),
  name: "picture.png",
  mediaType: "image/png",
  kind: "image",
  bytes: 3,
});

async function readAll(bytes: AsyncIterable<Uint8Array>) {
  let answer = newAnswer("a", { slotId: "one", modelId: "acme/one" }, "stream", 0);
  let elapsedMs = 0;
  for await (const chunks of readCompletion(bytes)) {
    for (const chunk of chunks) answer = withChunk(answer, chunk, ++elapsedMs, saveImage);
  }
  return finished(answer);
}

test.each([1, 2, 3, 7, 16, 61, 1_000, 100_000])(
  "a stream cut into pieces of %i bytes gives the same answer",
  async (size) => {
    const answer = await readAll(cut(WHOLE, size));
    expect(textOf(answer)).toBe("Größe 𝄞 fits.");
    expect(answer.state).toEqual({ kind: "tools" });
    expect(answer.rounds).toEqual([
      {
        streamId: "stream",
        generationId: "gen-1",
        modelId: "acme/one",
        provider: "Acme",
        text: "Größe 𝄞 fits.",
        reasoning: "Let me see.",
        reasoningDetails: [
          { type: "reasoning.text", text: "Let me see.", index: 0, id: undefined, format: undefined, signature: "sig" },
        ],
        images: [saveImage("QUJD")],
        annotations: [{ type: "url_citation", url_citation: { url: "https://a.example", title: "A" } }],
        toolSteps: [
          { id: "c1", name: "clock", arguments: '{"zone":"UTC"}', result: null, isError: false },
          { id: "c2", name: "add", arguments: "{}", result: null, isError: false },
        ],
        finishReason: "tool_calls",
        usage: { promptTokens: 10, completionTokens: 4, reasoningTokens: 1, cachedTokens: 2, costUsd: 0.001 },
      },
    ]);
  },
);

test("a failure in the middle keeps what arrived, and the stream's end does not hide it", async () => {
  const error = { code: 502, message: "The provider broke off", metadata: { provider_name: "Acme" } };
  const text = `${eventOf({ content: "Half" })}${eventOf({ content: "" }, { error }, "error")}data: [DONE]\n\n`;
  const answer = await readAll(cut(text, 50));
  expect(textOf(answer)).toBe("Half");
  expect(answer.state).toEqual({ kind: "failed", status: 502, message: error.message, metadata: error.metadata });
  expect(isRunning(answer)).toBe(false);
});

test("the time of the first token is when something was said", async () => {
  const answer = await readAll(cut(WHOLE, 100_000));
  expect(answer.firstTokenMs).toBe(2);
});

test("a stream without its end mark is a lost connection, after all that had arrived", async () => {
  const seen: string[] = [];
  const reading = (async () => {
    for await (const chunks of readCompletion(cut(eventOf({ content: "Half" }), 9))) {
      for (const chunk of chunks) seen.push(chunk.choices[0]?.delta.content ?? "");
    }
  })();
  await expect(reading).rejects.toBeInstanceOf(ConnectionLost);
  expect(seen).toEqual(["Half"]);
});

test("a failing network is a lost connection", async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield* cut(eventOf({ content: "Half" }), 1_000);
    throw new TypeError("network error");
  }
  await expect(readAll(broken())).rejects.toBeInstanceOf(ConnectionLost);
});

test.each(["data: {not json\n\n", 'data: {"object":"something else"}\n\n'])(
  "%j is not taken for an answer",
  async (text) => {
    await expect(readAll(cut(text, 1_000))).rejects.toBeInstanceOf(UnreadableAnswer);
  },
);
