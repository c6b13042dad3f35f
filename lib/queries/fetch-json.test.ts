import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { fetchJson } from "./fetch-json";
import { RequestError } from "./request-error";

const schema = z.object({ name: z.string() });

/** Answers one request and keeps what was asked. */
function answerWith(status: number, body: string): { asked: [path: string, init: RequestInit][] } {
  const asked: [string, RequestInit][] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push([path, init]);
    return new Response(body, { status });
  });
  return { asked };
}

afterEach(() => vi.unstubAllGlobals());

test("gives what the schema makes of the answer", async () => {
  answerWith(200, '{"name":"CI","secret":"x"}');
  expect(await fetchJson("/things", { schema })).toEqual({ name: "CI" });
});

test("leaves absent values out of the query and escapes the others", async () => {
  const { asked } = answerWith(200, '{"name":"CI"}');
  await fetchJson("/things", { schema, query: { cursor: "a&b", filter: undefined } });
  expect(asked[0]?.[0]).toBe("/things?cursor=a%26b");
});

test("a refusal carries status, code, message and field", async () => {
  answerWith(400, '{"error":{"code":"invalid_request","message":"must not be empty","field":"name"}}');
  const error = await fetchJson("/things", { method: "POST", body: {}, schema }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(RequestError);
  expect(error).toMatchObject({ status: 400, code: "invalid_request", message: "must not be empty", field: "name" });
});

test.each([
  { name: "an error page", status: 502, body: "<html>" },
  { name: "a success that is no JSON", status: 200, body: "<html>" },
])("$name is a refusal with its status", async ({ status, body }) => {
  answerWith(status, body);
  await expect(fetchJson("/things", { schema })).rejects.toMatchObject({ name: "RequestError", status });
});

test("an answer of another shape than agreed is not let through", async () => {
  answerWith(200, '{"name":7}');
  await expect(fetchJson("/things", { schema })).rejects.toBeInstanceOf(z.ZodError);
});
