import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { callApi } from "@/e2e/fixtures/call-api";
import { ADMINISTRATOR, type RunningServer, startServer } from "@/e2e/fixtures/start-server";
import { errorResponseSchema } from "@/lib/schemas/chat-completion";
import { chatBody, MODELS, startUpstreams, type Upstreams } from "./protocols";
import { CHAT, refusalOf } from "./read-answers";

const [{ model: MODEL }] = MODELS;
const MANAGER = ADMINISTRATOR.ADMIN_PROVISIONING_KEY;
const MAX_BODY_MB = 1;

let upstreams: Upstreams;
let server: RunningServer;

beforeAll(async () => {
  upstreams = await startUpstreams();
  server = await startServer({ env: { ...upstreams.env, ...ADMINISTRATOR, MAX_BODY_MB: String(MAX_BODY_MB) } });
});

afterAll(async () => {
  await server.stop();
  await upstreams.close();
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
      expect(await refusalOf(server, path, { method, key })).toMatchObject({ status: 401 });
    }
  });

  test("the key is checked before the body, so that strangers learn nothing of what is right", async () => {
    expect(await refusalOf(server, CHAT, { body: "{", key: UNKNOWN })).toMatchObject({ status: 401 });
  });

  test("a provisioning key completes nothing: 403", async () => {
    expect(await refusalOf(server, CHAT, { body: chatBody(MODEL), key: MANAGER })).toMatchObject({ status: 403 });
  });

  test.each([
    { method: "GET", path: "/keys" },
    { method: "POST", path: "/keys" },
    { method: "GET", path: `/keys/${"0".repeat(64)}` },
    { method: "PATCH", path: `/keys/${"0".repeat(64)}` },
    { method: "DELETE", path: `/keys/${"0".repeat(64)}` },
  ])("an ordinary key manages nothing: $method $path 403", async ({ method, path }) => {
    expect(await refusalOf(server, path, { method })).toMatchObject({ status: 403 });
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
      expect(await refusalOf(server, path, {})).toMatchObject({ status: 404, metadata: { error_type: "not_found" } });
    },
  );

  test("a slash at the end of a path changes nothing", async () => {
    expect((await callApi(server, "/models/count/")).json).toEqual((await callApi(server, "/models/count")).json);
    expect(await refusalOf(server, `${CHAT}/`, { body: {} })).toMatchObject({
      status: 400,
      metadata: { field: "messages" },
    });
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

// Stands last: it looks back on all that was sent above.
test("nothing of all this reached a provider", () => {
  expect(upstreams.requestCount()).toBe(0);
});
