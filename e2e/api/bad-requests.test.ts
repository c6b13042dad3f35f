import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { callApi } from "@/e2e/fixtures/call-api";
import { ADMINISTRATOR, type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { errorResponseSchema } from "@/lib/schemas/chat-completion";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { runSql } from "@/lib/testing/run-sql";
import { chatBody, MODELS, startUpstreams, type Upstreams } from "./protocols";
import { CHAT, refusalOf } from "./read-answers";
import { WRONG_FIELDS } from "./wrong-fields";

const [{ model: MODEL }] = MODELS;
const MAX_BODY_MB = 2;

let upstreams: Upstreams;
let server: RunningServer;
let usageBefore: number;

beforeAll(async () => {
  upstreams = await startUpstreams();
  server = await startServer({ env: { ...upstreams.env, ...ADMINISTRATOR, MAX_BODY_MB: String(MAX_BODY_MB) } });
  // A request that works: what follows is refused for what is wrong with it, and not because nothing works here.
  const { status } = await callApi(server, CHAT, { body: chatBody(MODEL) });
  expect(status).toBe(200);
  upstreams.reset();
  usageBefore = await totalUsage();
});

afterAll(async () => {
  await server.stop();
  await upstreams.close();
});

async function totalUsage(): Promise<number> {
  const { json } = await callApi(server, "/credits");
  return z.object({ data: z.object({ total_usage: z.number() }) }).parse(json).data.total_usage;
}

describe("a wrong field is named, and nothing is charged or sent", () => {
  test.each(WRONG_FIELDS)("$field: $wrong", async ({ field, body }) => {
    const refusal = await refusalOf(server, CHAT, { body: { ...chatBody(MODEL), ...body } });

    expect(refusal).toMatchObject({ status: 400, metadata: { error_type: "invalid_request", field } });
    expect(refusal.message.startsWith(`${field}: `), refusal.message).toBe(true);
  });

  test("the table leaves no field of the request out", () => {
    const tested = new Set(WRONG_FIELDS.map(({ field }) => field.split(/[.[]/)[0]));

    expect(Object.keys(chatRequestSchema.shape).filter((field) => !tested.has(field))).toEqual([]);
  });

  test("the message does not repeat what was sent", async () => {
    const { message } = await refusalOf(server, CHAT, { body: chatBody(MODEL, { temperature: "my secret" }) });

    expect(message).not.toContain("secret");
  });
});

describe("a body that is no request", () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

  test.each([
    { name: "malformed JSON", body: '{"model": ', message: /not valid JSON/ },
    { name: "JSON with a trailing comma", body: '{"model": "a",}', message: /not valid JSON/ },
    { name: "an empty body", body: "", message: /empty/ },
    { name: "blanks", body: " \n ", message: /empty/ },
    { name: "an array", body: "[]", message: /must be a JSON object/ },
    { name: "null", body: "null", message: /must be a JSON object/ },
    { name: "a string", body: '"hello"', message: /must be a JSON object/ },
    { name: "a number", body: "1", message: /must be a JSON object/ },
    { name: "deep objects", body: `{"metadata":${deep(200)}}`, message: /nested/ },
    { name: "objects so deep that they would exhaust a stack", body: deep(100_000), message: /nested|not valid JSON/ },
    {
      name: "deep lists",
      body: `{"messages":${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
      message: /nested|not valid JSON/,
    },
    { name: "bytes of no encoding", body: "\uFFFD{}", message: /not valid JSON/ },
  ])("$name: 400", async ({ body, message }) => {
    expect(await refusalOf(server, CHAT, { body })).toMatchObject({
      status: 400,
      message: expect.stringMatching(message),
    });
  });

  test("no model that exists: 400 that says so", async () => {
    expect(await refusalOf(server, CHAT, { body: chatBody("nobody/nothing") })).toMatchObject({
      status: 400,
      message: "nobody/nothing is not a valid model ID",
    });
  });

  test("__proto__ and constructor are fields like others", async () => {
    const body = `{"model":"${MODEL}","messages":[{"role":"user","content":"a"}],"temperature":"x","__proto__":{"temperature":1},"constructor":{}}`;

    expect(await refusalOf(server, CHAT, { body })).toMatchObject({ status: 400, metadata: { field: "temperature" } });
  });
});

describe("a body over the limit: 413, without reading it to its end", () => {
  const tooLarge = MAX_BODY_MB * 1024 * 1024 + 1;

  test.each([
    { name: "said in content-length", headers: { "content-length": String(tooLarge) } },
    { name: "chunked, so that the size is not known before", headers: { "transfer-encoding": "chunked" } },
  ])("$name", async ({ headers }) => {
    const { status, text } = await sendEndless({ ...headers, authorization: `Bearer ${server.key}` });

    expect(status).toBe(413);
    const { error } = errorResponseSchema.parse(JSON.parse(text));
    expect(error).toMatchObject({ code: 413, metadata: { error_type: "payload_too_large" } });
    expect(error.message).toContain(`${MAX_BODY_MB} MB`);
  });

  test("exactly the limit is read", async () => {
    const frame = JSON.stringify(chatBody(MODEL, { user: "" }));
    const body = frame.replace('"user":""', `"user":"${"x".repeat(tooLarge - 1 - frame.length)}"`);

    expect(body.length).toBe(tooLarge - 1);
    expect(await refusalOf(server, CHAT, { body })).toMatchObject({ status: 400, metadata: { field: "user" } });
  });

  /** Sends blanks until there is an answer; the end of the body never comes. */
  function sendEndless(headers: Record<string, string>): Promise<{ status: number | undefined; text: string }> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(`${server.url}/api/v1${CHAT}`, { method: "POST", headers });
      let answered = false;
      outgoing.on("response", (response) => {
        answered = true;
        let text = "";
        response.setEncoding("utf8").on("data", (piece: string) => {
          text += piece;
        });
        response.on("end", () => {
          outgoing.destroy();
          resolve({ status: response.statusCode, text });
        });
      });
      // The server closes the connection behind its answer; what is still being sent then has nowhere to go.
      outgoing.on("error", (error) => {
        if (!answered) reject(error);
      });
      const piece = " ".repeat(64 * 1024);
      let sent = 0;
      const send = () => {
        while (!answered && sent < tooLarge - 1) {
          const size = Math.min(piece.length, tooLarge - 1 - sent);
          sent += size;
          if (!outgoing.write(piece.slice(0, size))) {
            outgoing.once("drain", send);
            return;
          }
        }
        if (!answered && headers["transfer-encoding"] !== undefined) outgoing.write("  ");
      };
      send();
    });
  }
});

// Stands last: it looks back on all that was sent above.
test("nothing of all this reached a provider or cost anything", async () => {
  expect(upstreams.requestCount()).toBe(0);
  expect(await totalUsage()).toBe(usageBefore);
  const sql = `select count(*)::int as entries from "LedgerEntry" where "kind" = 'usage'`;
  expect(await runSql(server.databaseUrl, sql)).toEqual([{ entries: 1 }]);
});
