import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callApi, openApi } from "@/e2e/fixtures/call-api";
import { type Account, booksOf, type Gateway, startGateway } from "@/e2e/fixtures/start-gateway";
import { type Behaviour, startUpstream, type Upstream, type UpstreamRequest } from "@/e2e/fixtures/start-upstream";
import { countTokens } from "@/lib/gateway/count-tokens";
import { waitFor } from "@/lib/testing/wait-for";

const CHAT = "/chat/completions";
const MODEL = "openai/gpt-4o-mini";
/** A busy machine may hold up a measurement; a server that is too slow is so three times in a row. */
const MEASURED = { retry: 2 };
const PIECES = ["Once upon a time", " there was a router", " that let nobody down,", " and so on"];

let upstream: Upstream;
let gateway: Gateway;
let account: Account;

beforeAll(async () => {
  upstream = await startUpstream("openai");
  gateway = await startGateway({ providers: { openai: upstream } });
  // What is loaded on first use is not what is measured.
  account = await gateway.newAccount("1");
  await callApi(gateway.as(account), CHAT, { body: bodyOf({}) });
});

afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

beforeEach(async () => {
  upstream.reset();
  account = await gateway.newAccount("10");
});

describe("a client that goes away before the first content", () => {
  test.each([
    { way: "streamed", extra: { stream: true } },
    { way: "whole", extra: {} },
    { way: "whole and short", extra: { max_tokens: 50 } },
  ])("takes the provider with it at once, and nothing is charged ($way)", MEASURED, async ({ extra }) => {
    upstream.behave({ kind: "hang" });
    const call = open({ ...extra });
    const request = await upstream.nextRequest(0);
    expect(await millisecondsToClose(call, request)).toBeLessThan(100);
    expect(await settled()).toMatchObject({ state: "aborted", costNanoUsd: "0", entryState: null });
  });

  test("while it listens to comments, too", MEASURED, async () => {
    upstream.behave({ kind: "hang" });
    const call = open({ stream: true });
    const response = await call.response;
    const first = await response.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value)).toContain("PROCESSING");
    expect(await millisecondsToClose(call, await upstream.nextRequest(0))).toBeLessThan(100);
    expect(await settled()).toMatchObject({ state: "aborted", costNanoUsd: "0", entryState: null });
  });

  test("gives its credit back for the next request", async () => {
    // The most that one such request can cost is more than half of it.
    account = await gateway.newAccount("0.01");
    upstream.behave({ kind: "hang" });
    const call = open({ stream: true, max_tokens: 12_000 });
    const request = await upstream.nextRequest(0);
    call.leave();
    await request.closed;
    await settled();

    upstream.behave({ kind: "answer" });
    const next = await callApi(gateway.as(account), CHAT, { body: bodyOf({ max_tokens: 12_000 }) });
    expect(next.status, next.text).toBe(200);
    expect(next.headers.get("x-max-tokens-clamped")).toBeNull();
  });
});

describe("a client that goes away in the middle", () => {
  const PROMPT = "Tell me a story <|endoftext|> please";

  test.each([
    { way: "streamed", extra: { stream: true } },
    { way: "whole", extra: {} },
  ])("takes the provider with it at once and pays for what was generated ($way)", MEASURED, async ({ extra }) => {
    upstream.behave({ kind: "hang", afterChunks: 3, pieces: PIECES });
    const call = open({ ...extra, messages: [{ role: "user", content: PROMPT }] });
    const request = await upstream.nextRequest(0);
    // Without a stream the client cannot see when the text has come to us.
    if ("stream" in extra) await untilText(await call.response, "down");
    else await sleep(100);
    expect(await millisecondsToClose(call, request)).toBeLessThan(100);

    const completionTokens = await countTokens(PIECES.slice(0, 3).join(""));
    const promptTokens = (await countTokens(PROMPT)) + 4;
    const row = await settled();
    expect(row).toMatchObject({
      state: "aborted",
      entryState: "aborted",
      estimated: true,
      completionTokens,
      promptTokens,
    });
    // 0.15 and 0.60 USD per million tokens.
    expect(Number(row.costNanoUsd)).toBe(promptTokens * 150 + completionTokens * 600);
    const books = await booksOf(gateway, account.id);
    expect(books.charged).toBe(BigInt(Number(row.costNanoUsd)));
    expect(books.entries).toBe(books.balance);
    expect(books.holds).toBe(0);
  });

  test("pays what the provider counted when it had said its last word already", async () => {
    const event = (fields: Record<string, unknown>) =>
      `data: ${JSON.stringify({ id: "up", object: "x", ...fields })}\n\n`;
    upstream.behave(
      raw((response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(event({ choices: [{ index: 0, delta: { content: "All of it" }, finish_reason: "stop" }] }));
        response.write(event({ choices: [], usage: { prompt_tokens: 1_000, completion_tokens: 500 } }));
      }),
    );
    const call = open({ stream: true });
    const request = await upstream.nextRequest(0);
    await untilText(await call.response, "All of it");
    await sleep(50); // the usage follows the text, and the client cannot see when it has come
    call.leave();
    await request.closed;
    expect(await settled()).toMatchObject({ entryState: "aborted", estimated: false, costNanoUsd: "450000" });
  });

  test("pays for the whole text when the provider's running count lags behind it", async () => {
    const event = (fields: Record<string, unknown>) =>
      `data: ${JSON.stringify({ id: "up", object: "x", ...fields })}\n\n`;
    const text = "word ".repeat(300);
    upstream.behave(
      raw((response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        const usage = { prompt_tokens: 20, completion_tokens: 1 };
        response.write(event({ choices: [{ index: 0, delta: { content: text } }], usage }));
      }),
    );
    const call = open({ stream: true });
    await untilText(await call.response, "word");
    call.leave();
    const row = await settled();
    expect(row).toMatchObject({ entryState: "aborted", estimated: true, promptTokens: 20 });
    expect(Number(row.completionTokens)).toBeGreaterThanOrEqual(300);
  });
});

test("a hundred clients that leave at the same moment leave nothing behind", async () => {
  upstream.behave({ kind: "hang", afterChunks: 2, pieces: PIECES });
  const calls = Array.from({ length: 100 }, () => open({ stream: true, max_tokens: 100 }));
  await Promise.all(calls.map(async (call) => untilText(await call.response, "router")));
  const left = performance.now();
  for (const call of calls) call.leave();
  await Promise.all(upstream.requests.map((request) => request.closed));
  const closedAfterMs = upstream.requests.map((request) => (request.closedAtMs ?? Number.POSITIVE_INFINITY) - left);
  expect(upstream.requests).toHaveLength(100);
  // All at once on a busy machine; one alone is told above.
  expect(Math.max(...closedAfterMs)).toBeLessThan(1_000);
  const books = await waitFor("all to be settled", async () => {
    const now = await booksOf(gateway, account.id);
    return now.holds === 0 && (await entryCount()) === 100 ? now : undefined;
  });
  expect(books.entries).toBe(books.balance);
  expect(books.charged).toBeGreaterThan(0n);
});

function bodyOf(extra: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { model: MODEL, messages: [{ role: "user", content: "Say hello" }], ...extra };
}

type OpenCall = { response: Promise<Response>; leave(): void };

function open(extra: Readonly<Record<string, unknown>>): OpenCall {
  const controller = new AbortController();
  const response = openApi(gateway.as(account), CHAT, { body: bodyOf(extra), signal: controller.signal });
  response.catch(() => undefined); // leaving is what is tested
  return { response, leave: () => controller.abort() };
}

async function millisecondsToClose(call: OpenCall, request: UpstreamRequest): Promise<number> {
  const left = performance.now();
  call.leave();
  await request.closed;
  expect(request.aborted).toBe(true);
  return (request.closedAtMs ?? Number.POSITIVE_INFINITY) - left;
}

/** Reads until the text has come, and leaves the rest unread. */
async function untilText(response: Response, text: string): Promise<void> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let seen = "";
  while (!seen.includes(text)) {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
    if (done) throw new Error(`the stream ended before ${text}: ${seen}`);
    seen += decoder.decode(value, { stream: true });
  }
}

const raw = (serve: Extract<Behaviour, { kind: "raw" }>["serve"]): Behaviour => ({ kind: "raw", serve });

/** The record of the account's only generation with its entry, as soon as it is there and its hold is gone. */
async function settled(): Promise<Record<string, unknown>> {
  return waitFor("the generation to be recorded", async () => {
    const [row] = await gateway.sql(`
      select g.*, e."state" as "entryState" from "Generation" g
      left join "LedgerEntry" e on e."generationId" = g."id"
      where g."accountId" = '${account.id}'`);
    return row;
  });
}

async function entryCount(): Promise<number> {
  const [row] = await gateway.sql(
    `select count(*) as count from "LedgerEntry" where "kind" = 'usage' and "accountId" = '${account.id}'`,
  );
  return Number(row?.count);
}
