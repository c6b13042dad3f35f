import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ApiAnswer, type ApiCall, callApi, openApi } from "@/e2e/fixtures/call-api";
import {
  ADMINISTRATOR,
  type NextDoor,
  type RunningServer,
  startNextDoor,
  startServer,
} from "@/e2e/fixtures/start-server";
import type { Behaviour } from "@/e2e/fixtures/start-upstream";
import { waitFor } from "@/lib/testing/wait-for";
import { chatBody, MODELS, startUpstreams, type Upstreams } from "./protocols";

const CHAT = "/chat/completions";
const [{ model: MODEL }] = MODELS;
const MANAGER = ADMINISTRATOR.ADMIN_PROVISIONING_KEY;
const TOOLS = [{ type: "function", function: { name: "look", parameters: { type: "object" } } }];

let upstreams: Upstreams;
let server: RunningServer;
let next: NextDoor;

beforeAll(async () => {
  upstreams = await startUpstreams();
  const env = { ...upstreams.env, MAX_BODY_MB: "1" };
  server = await startServer({ env: { ...env, ...ADMINISTRATOR } });
  next = await startNextDoor(server, env);
});

afterAll(async () => {
  await next.stop();
  await server.stop();
  await upstreams.close();
});

beforeEach(() => upstreams.reset());

type Row = { name: string; path: string; call?: ApiCall; upstream?: Behaviour };

const chat = (name: string, body: unknown, upstream?: Behaviour): Row => ({
  name,
  path: CHAT,
  call: { body },
  ...(upstream === undefined ? {} : { upstream }),
});

const ROWS: Row[] = [
  ...MODELS.flatMap(({ protocol, model }) => [
    chat(`a completion (${protocol})`, chatBody(model)),
    chat(`a stream (${protocol})`, chatBody(model, { stream: true })),
  ]),
  ...["whole", "streamed"].flatMap((way): Row[] => {
    const stream = way === "streamed";
    const message = { role: "user", content: "Say hello" };
    return [
      {
        name: `a text completion (${way})`,
        path: "/completions",
        call: { body: { model: MODEL, prompt: "Say", stream } },
      },
      {
        name: `a message (${way})`,
        path: "/messages",
        call: { body: { model: MODEL, max_tokens: 50, messages: [message], stream } },
      },
      { name: `a response (${way})`, path: "/responses", call: { body: { model: MODEL, input: "Say", stream } } },
    ];
  }),
  { name: "a wrong message", path: "/messages", call: { body: { model: MODEL, messages: [] } } },
  { name: "a message without a key", path: "/messages", call: { body: {}, key: null } },
  { name: "a count of tokens", path: "/messages/count_tokens", call: { body: chatBody(MODEL) } },
  { name: "another method for messages", path: "/messages", call: { method: "PUT", body: {} } },
  { name: "embeddings by a model that makes none", path: "/embeddings", call: { body: { model: MODEL, input: "a" } } },
  { name: "models of embeddings", path: "/embeddings/models" },
  chat("tool calls", chatBody(MODEL, { tools: TOOLS }), {
    kind: "answer",
    toolCalls: [{ id: "call_1", name: "look", arguments: { at: "ü" } }],
  }),
  chat("streamed tool calls", chatBody(MODEL, { tools: TOOLS, stream: true }), {
    kind: "answer",
    toolCalls: [{ id: "call_1", name: "look", arguments: { at: "ü" } }],
  }),
  chat("letters of several bytes", chatBody(MODEL, { stream: true }), { kind: "answer", pieces: ["é", "漢字", "🚂"] }),
  chat("a failed provider", chatBody(MODEL), { kind: "status", status: 500 }),
  chat("a busy provider", chatBody(MODEL), { kind: "status", status: 429, headers: { "retry-after": "3" } }),
  chat("a stream that breaks", chatBody(MODEL, { stream: true }), { kind: "stream-error", afterChunks: 1 }),
  chat("a wrong field", chatBody(MODEL, { temperature: "warm" })),
  chat("an unknown model", chatBody("nobody/nothing")),
  chat("no JSON", "{"),
  chat("nothing", ""),
  chat("a body that is too large", chatBody(MODEL, { user: "x".repeat(1_100_000) })),
  { name: "no key", path: CHAT, call: { body: chatBody(MODEL), key: null } },
  { name: "a provisioning key", path: CHAT, call: { body: chatBody(MODEL), key: MANAGER } },
  { name: "a wrong method", path: CHAT, call: { method: "PUT", body: {} } },
  { name: "an unknown path", path: "/nothing" },
  { name: "an unknown path with a body", path: "/nothing/at/all", call: { body: {} } },
  { name: "a slash at the end", path: "/models/count/" },
  { name: "a percent-encoded path", path: "/models/openai/gpt%2D4o-mini/endpoints" },
  { name: "an encoded variant", path: "/models/openai/gpt-oss-20b%3Afree/endpoints" },
  { name: "an encoded slash", path: "/models/openai%2Fgpt-4o-mini/endpoints" },
  { name: "a query", path: "/models?q=gpt-4o-mini&limit=2&offset=1" },
  { name: "a wrong query", path: "/models?limit=0" },
  { name: "models", path: "/models" },
  { name: "endpoints", path: "/models/openai/gpt-4o-mini/endpoints" },
  { name: "providers", path: "/providers" },
  { name: "the key", path: "/key" },
  { name: "the credits", path: "/credits" },
  { name: "no generation", path: "/generation?id=gen-0" },
  { name: "the keys", path: "/keys", call: { key: MANAGER } },
  { name: "the keys, with an ordinary key", path: "/keys" },
  { name: "a preflight", path: CHAT, call: { method: "OPTIONS", headers: { origin: "https://a.example" } } },
  { name: "only the head", path: "/models", call: { method: "HEAD" } },
];

test.each(ROWS)("both doors answer alike: $name", async ({ path, call, upstream }) => {
  if (upstream !== undefined) upstreams.openai.behave(upstream);

  const direct = await callApi(server, path, call);
  const throughNext = await callApi({ url: next.url, key: server.key }, path, call);

  expect(comparable(throughNext)).toEqual(comparable(direct));
});

test.each(["direct", "next"] as const)(
  "a client that goes away takes the provider with it (%s)",
  { retry: 2 },
  async (door) => {
    upstreams.openai.behave({ kind: "hang", afterChunks: 2 });
    const client = new AbortController();
    const target = { url: door === "direct" ? server.url : next.url, key: server.key };
    const call = { body: chatBody(MODEL, { stream: true }), signal: client.signal };
    const response = await openApi(target, CHAT, call);
    await response.body?.getReader().read();
    const request = await upstreams.openai.nextRequest(0);
    const leftMs = performance.now();
    client.abort();
    await request.closed;
    expect(request.aborted).toBe(true);
    expect((request.closedAtMs ?? Number.POSITIVE_INFINITY) - leftMs).toBeLessThan(100);
    // What was generated is charged, by whichever door the client left.
    const generation = `/generation?id=${response.headers.get("x-generation-id")}`;
    const found = await waitFor("the record", async () => {
      const answer = await callApi(server, generation);
      return answer.status === 200 && answer;
    });
    expect(found.json).toMatchObject({ data: { cancelled: true, native_tokens_completion: 2 } });
  },
);

/** How the bytes travel, and what Next adds about its own pages; neither says anything about the answer. */
const TRANSPORT_HEADERS = ["connection", "keep-alive", "transfer-encoding", "content-length", "date", "vary"];

function comparable({ status, headers, text }: ApiAnswer) {
  return {
    status,
    headers: [...headers]
      .filter(([name]) => !TRANSPORT_HEADERS.includes(name))
      .map(([name, value]) => [name, withoutIds(value)]),
    text: withoutIds(text),
  };
}

function withoutIds(text: string): string {
  return (
    text
      .replace(/gen-\d{10}-[A-Za-z0-9]{20}/g, "gen-id")
      .replace(/"created":\d{10}(?=,"model":"[^"]+","provider")/g, '"created":0')
      .replace(/"(created|completed)_at":\d{10}/g, '"$1_at":0')
      .replace(/"(item_)?id":"msg_[A-Za-z0-9]{20}_/g, '"$1id":"msg_')
      // What was measured a moment ago is passed from process to process, and takes that moment.
      .replace(/"(latency_last_30m|throughput_last_30m)":(null|\{[^}]*\})/g, '"$1":null')
      .replace(/"(uptime_last_\w+)":(null|[\d.]+)/g, '"$1":null')
      .replace(/"latency(Ms|_ms)?":\d+/g, '"latency$1":0')
  );
}
