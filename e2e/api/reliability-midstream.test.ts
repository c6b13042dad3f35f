import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ApiAnswer, callApi, openApi, readStream } from "@/e2e/fixtures/call-api";
import { type Account, booksOf, type Gateway, recordOf, startGateway } from "@/e2e/fixtures/start-gateway";
import { type Behaviour, startUpstream, type Upstream } from "@/e2e/fixtures/start-upstream";
import { countTokens } from "@/lib/gateway/count-tokens";
import { chatCompletionChunkSchema, chatCompletionSchema, errorResponseSchema } from "@/lib/schemas/chat-completion";

const CHAT = "/chat/completions";
const IDLE_MS = 300;
const FIRST_CONTENT_MS = 1_800;
const STREAM_HEAD = { "content-type": "text/event-stream" };
const COMMENT = ": OPENROUTER PROCESSING";

const MODELS = {
  openai: "openai/gpt-4o-mini",
  anthropic: "anthropic/claude-haiku-4.5",
  gemini: "google/gemini-2.5-flash",
} as const;
type Protocol = keyof typeof MODELS;

let upstreams: Record<Protocol, Upstream>;
let openai: Upstream;
let gateway: Gateway;
let account: Account;

beforeAll(async () => {
  const [first, anthropic, gemini] = await Promise.all([
    startUpstream("openai"),
    startUpstream("anthropic"),
    startUpstream("gemini"),
  ]);
  openai = first;
  upstreams = { openai, anthropic, gemini };
  gateway = await startGateway({
    providers: { openai, anthropic, "google-ai-studio": gemini },
    env: {
      UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: String(FIRST_CONTENT_MS),
      UPSTREAM_IDLE_TIMEOUT_MS: String(IDLE_MS),
    },
  });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
});

beforeEach(async () => {
  for (const upstream of Object.values(upstreams)) upstream.reset();
  account = await gateway.newAccount("10");
});

describe("a provider that breaks off after the first content", () => {
  const faults = (["cut", "stream-error", "hang", "garbage"] as const).flatMap((kind) =>
    (["openai", "anthropic", "gemini"] as const).map((protocol) => ({ kind, protocol })),
  );

  test.each(faults)(
    "($kind, $protocol) ends a stream with a whole chunk of error, and costs nothing",
    async (fault) => {
      const { kind, protocol } = fault;
      upstreams[protocol].behave({ kind, afterChunks: 2 });
      const answer = await ask({ model: MODELS[protocol], stream: true });

      expect(answer.status).toBe(200);
      const { chunks, done } = readStream(answer.text);
      expect(done).toBe(true);
      const parsed = chunks.map((chunk) => chatCompletionChunkSchema.parse(chunk));
      expect(parsed.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("")).toBe("Hello from");
      const last = parsed.findLast((chunk) => chunk.choices.length > 0);
      expect(last?.choices[0]?.finish_reason).toBe("error");
      expect(last?.error).toMatchObject({ code: kind === "hang" ? 408 : 502, message: expect.stringMatching(/\S/) });
      expect(parsed.filter((chunk) => chunk.error !== undefined)).toHaveLength(1);
      expect(parsed.at(-1)?.usage).toMatchObject({ cost: 0 });
      await expectInsured(answer);
    },
  );

  test.each(faults)(
    "($kind, $protocol) ends a whole answer with what there is, at no cost",
    async ({ kind, protocol }) => {
      upstreams[protocol].behave({ kind, afterChunks: 2 });
      const answer = await ask({ model: MODELS[protocol] });

      expect(answer.status).toBe(200);
      const completion = chatCompletionSchema.parse(answer.json);
      expect(completion.choices[0]).toMatchObject({
        finish_reason: "error",
        message: { content: "Hello from" },
        error: { code: kind === "hang" ? 408 : 502 },
      });
      expect(completion.usage).toMatchObject({ cost: 0 });
      await expectInsured(answer);
    },
  );

  test("is not asked first again when it did so three times", async () => {
    const model = "anthropic/claude-sonnet-4.5";
    upstreams.anthropic.behave({ kind: "cut", afterChunks: 1 });
    for (let i = 0; i < 3; i += 1) await ask({ model, provider: { order: ["anthropic/2"] } });
    upstreams.anthropic.behave({ kind: "answer" });
    // Equal prices: without the failures each of the two would be first half of the time.
    const firsts = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const { generation } = await recordOf(gateway, idOf(await ask({ model, max_tokens: 50 })));
        return generation?.endpointTag;
      }),
    );
    expect(new Set(firsts)).toEqual(new Set(["anthropic"]));
  });
});

describe("what came of an answer decides what it costs", () => {
  // 10 prompt tokens at 0.15 USD per million, 5 completion tokens at 0.60.
  const PROMPT_COST = 1_500;
  const FULL_COST = 4_500;

  test("a provider's own finish reason of error is insured", async () => {
    openai.behave(rawStream([delta("Hello"), finish("error"), usage(10, 5), "data: [DONE]\n\n"]));
    for (const stream of [true, false]) await expectInsured(await ask({ stream }), "finished");
  });

  test("an answer of no tokens without a finish reason is a failure, and free", async () => {
    openai.behave(rawStream([usage(10, 0), "data: [DONE]\n\n"]));
    for (const stream of [true, false]) {
      const answer = await ask({ stream });
      expect(answer.status).toBe(502);
      expect((await recordOf(gateway, idOf(answer))).entry).toBeUndefined();
    }
    expect(await booksOf(gateway, account.id)).toMatchObject({ charged: 0n, holds: 0 });
  });

  test("an answer without text that its provider ended properly costs its prompt", async () => {
    openai.behave(rawStream([finish("stop"), usage(10, 0), "data: [DONE]\n\n"]));
    for (const stream of [true, false]) {
      const answer = await ask({ stream });
      expect(answer.status, answer.text).toBe(200);
      expect((await recordOf(gateway, idOf(answer))).entry).toMatchObject({ amountNanoUsd: `-${PROMPT_COST}` });
    }
  });

  test.each([
    { name: "no usage", reported: "" },
    { name: "a usage of nothing", reported: usage(0, 0) },
  ])("$name from the provider is replaced by our own count, marked as estimated", async ({ reported }) => {
    openai.behave(rawStream([delta("Hello there, how are you?"), finish("stop"), reported, "data: [DONE]\n\n"]));
    const completion = chatCompletionSchema.parse((await ask({ stream: false })).json);
    expect(completion.usage).toMatchObject({
      completion_tokens: await countTokens("Hello there, how are you?"),
      prompt_tokens: expect.toSatisfy((tokens: number) => tokens >= 3 && tokens < 30),
      estimated: true,
    });
    const { entry } = await recordOf(gateway, completion.id);
    expect(entry).toMatchObject({ state: "estimated" });
    expect(Number(entry?.amountNanoUsd)).toBeLessThan(0);
  });

  test("absurd counts are charged to nobody's credit and break nothing", async () => {
    for (const [prompt, completion] of [
      [-5, -7],
      [1.4, 2.6],
      [Number.MAX_VALUE, 3],
    ] as const) {
      openai.behave(rawStream([delta("Hi"), finish("stop"), usage(prompt, completion), "data: [DONE]\n\n"]));
      const rich = await gateway.newAccount("1000000");
      const answer = await callApi(gateway.as(rich), CHAT, { body: bodyOf({}) });
      expect(answer.status, answer.text).toBe(200);
      const { entry, generation } = await recordOf(gateway, idOf(answer));
      expect(generation).toBeDefined();
      expect(Number(entry?.amountNanoUsd)).toBeLessThan(0);
      const books = await booksOf(gateway, rich.id);
      expect(books.entries).toBe(books.balance);
    }
  });

  test("texts that the database cannot store do not keep an answer from being charged", async () => {
    const answer = await ask({ user: "a\u0000b\ud800c", session_id: "s\u0000" });
    expect(answer.status, answer.text).toBe(200);
    const { entry, generation } = await recordOf(gateway, idOf(answer));
    expect(entry).toMatchObject({ amountNanoUsd: `-${FULL_COST}` });
    expect(generation).toMatchObject({ externalUser: "ab\ufffdc" });
  });
});

describe("a client that waits", () => {
  test("hears comments while the provider is silent for more than a second, and then the answer", async () => {
    openai.behave({ kind: "answer", delayMs: 1_250 });
    const startedMs = performance.now();
    const response = await openApi(gateway.as(account), CHAT, { body: bodyOf({ stream: true }) });
    const reader = readerOf(response);
    const first = await reader.next();
    const waitedMs = performance.now() - startedMs;
    expect(first).toBe(`${COMMENT}\n\n`);
    expect(waitedMs).toBeGreaterThan(900);
    expect(waitedMs).toBeLessThan(1_250);
    const { chunks, done, comments } = readStream(first + (await reader.rest()));
    expect(comments).toEqual([COMMENT]);
    expect(done).toBe(true);
    expect(chunks.length).toBeGreaterThan(4);
  });

  test.each([
    { name: "an error", behaviour: { kind: "status", status: 500, delayMs: 1_200 } as Behaviour, code: 502 },
    { name: "nothing", behaviour: { kind: "hang" } as Behaviour, code: 408 },
  ])("hears comments and then a whole chunk of error when $name comes", async ({ behaviour, code }) => {
    openai.behave(behaviour);
    const answer = await ask({ stream: true });
    expect(answer.status).toBe(200);
    const { comments, chunks, done } = readStream(answer.text);
    expect(comments).toEqual([COMMENT]);
    expect(done).toBe(true);
    const chunk = chatCompletionChunkSchema.parse(chunks[0]);
    expect(chunk.choices[0]?.finish_reason).toBe("error");
    expect(chunk.error).toMatchObject({ code, metadata: { attempts: [{ provider: "OpenAI" }] } });
    const { entry, generation } = await recordOf(gateway, idOf(answer));
    expect(entry).toBeUndefined();
    expect(generation).toMatchObject({ state: "failed" });
  });

  test("is told by status and not by comment when all fails within a second", async () => {
    openai.behave({ kind: "status", status: 500 });
    const answer = await ask({ stream: true });
    expect(answer.status).toBe(502);
    expect(errorResponseSchema.parse(answer.json).error.code).toBe(502);
  });

  test("and reads slowly neither loses the answer nor gets it for nothing", async () => {
    const piece = "x ".repeat(16 * 1024);
    openai.behave({
      kind: "answer",
      pieces: Array.from({ length: 400 }, () => piece),
      usage: { prompt: 10, completion: 5 },
    });
    const response = await openApi(gateway.as(account), CHAT, { body: bodyOf({ stream: true }) });
    const reader = readerOf(response);
    const beginning = await reader.next();
    // The buffers between us are full long before; the provider's time must stand still meanwhile.
    await sleep(3 * IDLE_MS);
    const { chunks, done } = readStream(beginning + (await reader.rest()));
    expect(done).toBe(true);
    const contents = chunks.map((chunk) => chatCompletionChunkSchema.parse(chunk).choices[0]?.delta.content ?? "");
    expect(contents.join("").length).toBe(400 * piece.length);
    const { entry } = await recordOf(gateway, response.headers.get("x-generation-id") ?? "");
    expect(entry).toMatchObject({ state: "exact", amountNanoUsd: "-4500" });
  });
});

function bodyOf(extra: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { model: MODELS.openai, messages: [{ role: "user", content: "Say hello" }], ...extra };
}

function ask(extra: Readonly<Record<string, unknown>>): Promise<ApiAnswer> {
  return callApi(gateway.as(account), CHAT, { body: bodyOf(extra) });
}

function idOf({ headers }: ApiAnswer): string {
  return headers.get("x-generation-id") ?? "";
}

async function expectInsured(answer: ApiAnswer, state = "failed"): Promise<void> {
  const { entry, generation } = await recordOf(gateway, idOf(answer));
  expect(entry).toMatchObject({ state: "insured", amountNanoUsd: "0" });
  expect(generation).toMatchObject({ state, insured: true, finishReason: "error", costNanoUsd: "0" });
  expect(await booksOf(gateway, account.id)).toMatchObject({ balance: 10_000_000_000n, holds: 0 });
}

function rawStream(events: readonly string[]): Behaviour {
  return { kind: "raw", serve: (response) => void response.writeHead(200, STREAM_HEAD).end(events.join("")) };
}

const event = (fields: Record<string, unknown>) =>
  `data: ${JSON.stringify({ id: "up", object: "chat.completion.chunk", ...fields })}\n\n`;
const delta = (content: string) => event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
const finish = (reason: string) => event({ choices: [{ index: 0, delta: {}, finish_reason: reason }] });
const usage = (prompt: number, completion: number) =>
  event({ choices: [], usage: { prompt_tokens: prompt, completion_tokens: completion } });

function readerOf(response: Response): { next(): Promise<string>; rest(): Promise<string> } {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  const next = async () => {
    const { value } = (await reader?.read()) ?? {};
    return value === undefined ? "" : decoder.decode(value, { stream: true });
  };
  return {
    next,
    rest: async () => {
      const pieces: string[] = [];
      for (let piece = await next(); piece !== ""; piece = await next()) pieces.push(piece);
      return pieces.join("");
    },
  };
}
