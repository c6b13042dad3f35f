import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ApiCall, callApi } from "@/e2e/fixtures/call-api";
import { ADMINISTRATOR, type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { errorResponseSchema } from "@/lib/schemas/chat-completion";
import { chatRequestSchema } from "@/lib/schemas/chat-request";
import { runSql } from "@/lib/testing/run-sql";
import { chatBody, MODELS, startUpstreams, type Upstreams } from "./protocols";
import { WRONG_FIELDS } from "./wrong-fields";

const CHAT = "/chat/completions";
const [{ model: MODEL }] = MODELS;
const MANAGER = ADMINISTRATOR.ADMIN_PROVISIONING_KEY;
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

// Nothing of what this file sends may reach a provider or cost anything.
afterAll(async () => {
  const reached = upstreams.requestCount();
  const usageAfter = await totalUsage();
  const [ledger] = await runSql(
    server.databaseUrl,
    `select count(*)::int as entries from "LedgerEntry" where "kind" = 'usage'`,
  );
  await server.stop();
  await upstreams.close();
  expect({ reached, usageAfter, ledger }).toEqual({ reached: 0, usageAfter: usageBefore, ledger: { entries: 1 } });
});

async function totalUsage(): Promise<number> {
  const { json } = await callApi(server, "/credits");
  return z.object({ data: z.object({ total_usage: z.number() }) }).parse(json).data.total_usage;
}

async function refusalOf(path: string, call: ApiCall) {
  const { status, headers, json } = await callApi(server, path, call);
  const { error } = errorResponseSchema.parse(json);
  expect(headers.get("content-type")).toMatch(/^application\/json/);
  expect(error.code).toBe(status);
  return { status, message: error.message, metadata: error.metadata };
}

describe("a wrong field is named, and nothing is charged or sent", () => {
  test.each(WRONG_FIELDS)("$field: $wrong", async ({ field, body }) => {
    const refusal = await refusalOf(CHAT, { body: { ...chatBody(MODEL), ...body } });

    expect(refusal).toMatchObject({ status: 400, metadata: { error_type: "invalid_request", field } });
    expect(refusal.message.startsWith(`${field}: `), refusal.message).toBe(true);
  });

  test("the table leaves no field of the request out", () => {
    const tested = new Set(WRONG_FIELDS.map(({ field }) => field.split(/[.[]/)[0]));

    expect(Object.keys(chatRequestSchema.shape).filter((field) => !tested.has(field))).toEqual([]);
  });

  test("the message does not repeat what was sent", async () => {
    const { message } = await refusalOf(CHAT, { body: chatBody(MODEL, { temperature: "my secret" }) });

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
    expect(await refusalOf(CHAT, { body })).toMatchObject({ status: 400, message: expect.stringMatching(message) });
  });

  test("no model that exists: 400 that says so", async () => {
    expect(await refusalOf(CHAT, { body: chatBody("nobody/nothing") })).toMatchObject({
      status: 400,
      message: "nobody/nothing is not a valid model ID",
    });
  });

  test("__proto__ and constructor are fields like others", async () => {
    const body = `{"model":"${MODEL}","messages":[{"role":"user","content":"a"}],"temperature":"x","__proto__":{"temperature":1},"constructor":{}}`;

    expect(await refusalOf(CHAT, { body })).toMatchObject({ status: 400, metadata: { field: "temperature" } });
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
    expect(await refusalOf(CHAT, { body })).toMatchObject({ status: 400, metadata: { field: "user" } });
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

describe("who may call", () => {
  const UNKNOWN = `sk-or-v1-${"0".repeat(64)}`;

  test("no key, a malformed one and an unknown one are refused alike with 401", async () => {
    const headers: Record<string, string>[] = [
      {},
      { authorization: "" },
      { authorization: "Bearer" },
      { authorization: "Bearer " },
      { authorization: "Basic dXNlcjpwYXNz" },
      { authorization: "Bearer sk-or-v1-short" },
      { authorization: `Bearer ${UNKNOWN}` },
      { authorization: `Bearer ${UNKNOWN.toUpperCase()}` },
      { authorization: UNKNOWN },
    ];
    const answers = await Promise.all(
      headers.map((given) => callApi(server, CHAT, { body: chatBody(MODEL), key: null, headers: given })),
    );

    for (const { status, text } of answers) expect([status, text]).toEqual([401, answers[0]?.text]);
  });

  test.each([
    { method: "GET", path: "/key" },
    { method: "GET", path: "/credits" },
    { method: "GET", path: "/keys" },
    { method: "POST", path: "/keys" },
    { method: "GET", path: `/keys/${"0".repeat(64)}` },
    { method: "PATCH", path: `/keys/${"0".repeat(64)}` },
    { method: "DELETE", path: `/keys/${"0".repeat(64)}` },
    { method: "GET", path: "/generation?id=gen-0" },
  ])("$method $path without a good key: 401", async ({ method, path }) => {
    for (const key of [null, UNKNOWN]) {
      expect(await refusalOf(path, { method, key })).toMatchObject({ status: 401 });
    }
  });

  test("the key is checked before the body, so that strangers learn nothing of what is right", async () => {
    expect(await refusalOf(CHAT, { body: "{", key: UNKNOWN })).toMatchObject({ status: 401 });
  });

  test("a provisioning key completes nothing: 403", async () => {
    expect(await refusalOf(CHAT, { body: chatBody(MODEL), key: MANAGER })).toMatchObject({ status: 403 });
  });

  test.each([
    { method: "GET", path: "/keys" },
    { method: "POST", path: "/keys" },
    { method: "GET", path: `/keys/${"0".repeat(64)}` },
    { method: "PATCH", path: `/keys/${"0".repeat(64)}` },
    { method: "DELETE", path: `/keys/${"0".repeat(64)}` },
  ])("an ordinary key manages nothing: $method $path 403", async ({ method, path }) => {
    expect(await refusalOf(path, { method })).toMatchObject({ status: 403 });
  });

  test("a revoked key and a disabled one are refused as one that never was", async () => {
    const unknown = await callApi(server, CHAT, { body: chatBody(MODEL), key: UNKNOWN });
    for (const change of [{ method: "PATCH", body: { disabled: true } }, { method: "DELETE" }]) {
      const made = await callApi(server, "/keys", { key: MANAGER, body: { name: "Doomed" } });
      const { key, data } = z.object({ key: z.string(), data: z.object({ hash: z.string() }) }).parse(made.json);
      expect((await callApi(server, "/key", { key })).status).toBe(200);
      await callApi(server, `/keys/${data.hash}`, { key: MANAGER, ...change });

      // The change travels over the database's notifications; it must have arrived within a second.
      await expect
        .poll(() => callApi(server, "/key", { key }), { timeout: 1_000, interval: 20 })
        .toMatchObject({ status: 401, text: unknown.text });
    }
  });
});

describe("paths and methods", () => {
  test.each([
    { method: "GET", path: CHAT, allow: "POST" },
    { method: "PUT", path: CHAT, allow: "POST" },
    { method: "DELETE", path: CHAT, allow: "POST" },
    { method: "POST", path: "/models", allow: "GET" },
    { method: "DELETE", path: "/key", allow: "GET" },
    { method: "PATCH", path: "/keys", allow: "GET, POST" },
    { method: "PUT", path: `/keys/${"0".repeat(64)}`, allow: "GET, PATCH, DELETE" },
  ])("$method $path: 405 that allows $allow", async ({ method, path, allow }) => {
    const { status, headers, json } = await callApi(server, path, { method });

    expect([status, headers.get("allow")]).toEqual([405, allow]);
    expect(errorResponseSchema.parse(json).error.code).toBe(405);
  });

  test.each(["", "/", "/nothing", "/chat", "/chat/completions/more", "/models/openai", "/%00", "/%E0%A4%A"])(
    "%s is not there: 404 as JSON",
    async (path) => {
      expect(await refusalOf(path, {})).toMatchObject({ status: 404, metadata: { error_type: "not_found" } });
    },
  );

  test("a slash at the end of a path changes nothing", async () => {
    expect((await callApi(server, "/models/count/")).json).toEqual((await callApi(server, "/models/count")).json);
    expect(await refusalOf(`${CHAT}/`, { body: {} })).toMatchObject({ status: 400, metadata: { field: "messages" } });
  });

  test("HEAD answers as GET without a body", async () => {
    const get = await callApi(server, "/models/count");
    const head = await callApi(server, "/models/count", { method: "HEAD" });

    expect([head.status, head.text, head.headers.get("content-length")]).toEqual([200, "", String(get.text.length)]);
    expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
  });
});

describe("browsers of other sites", () => {
  test("may ask first, and send whatever header they name", async () => {
    const { status, headers, text } = await callApi(server, CHAT, {
      method: "OPTIONS",
      key: null,
      headers: {
        origin: "https://app.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type,x-stainless-lang",
      },
    });

    expect([status, text]).toEqual([204, ""]);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-allow-methods")).toContain("POST");
    expect(headers.get("access-control-allow-headers")).toBe("authorization,content-type,x-stainless-lang");
    expect(headers.get("access-control-allow-credentials")).toBeNull();
  });

  test.each([
    { name: "answers", path: "/models/count", status: 200 },
    { name: "refusals", path: "/key", status: 401 },
    { name: "what is not there", path: "/nothing", status: 404 },
    { name: "a body too large", path: CHAT, status: 413, body: " ".repeat(MAX_BODY_MB * 1024 * 1024 + 1) },
  ])("may read $name, and the headers that matter", async ({ path, status, body }) => {
    const { headers, status: actual } = await callApi(server, path, {
      key: null,
      headers: { origin: "https://app.example" },
      ...(body === undefined ? {} : { body }),
    });

    expect(actual).toBe(status);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-expose-headers")?.toLowerCase()).toContain("x-generation-id");
  });
});
