import { expect, test } from "vitest";
import { testSandbox } from "@/lib/sandbox/test-sandbox";

const sandbox = testSandbox({ controlToken: "let me" });

async function control(method: string, body?: unknown, token = "let me") {
  const response = await fetch(`${sandbox.running().baseUrl}/.faults`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

const ask = () => sandbox.post("/acme/chat/completions", { model: "m", messages: [{ role: "user", content: "Hi" }] });

test("what is turned strikes the next request, and is gone when it is turned back", async () => {
  expect((await ask()).status).toBe(200);
  const down = { error: { status: 503 } };
  expect(await control("PATCH", { acme: down })).toEqual({ status: 200, body: { acme: down } });
  expect((await ask()).status).toBe(503);
  expect(await control("PATCH", { other: { refuse: {} } })).toMatchObject({
    body: { acme: down, other: { refuse: {} } },
  });
  expect(await control("PATCH", { acme: {} })).toEqual({ status: 200, body: { other: { refuse: {} } } });
  expect((await ask()).status).toBe(200);
  expect(await control("PUT", { acme: down })).toEqual({ status: 200, body: { acme: down } });
  expect(await control("PUT", {})).toEqual({ status: 200, body: {} });
  expect(await control("GET")).toEqual({ status: 200, body: {} });
});

test.each([
  ["another token", "GET", undefined, "let us in", 401],
  ["a fault that nobody knows", "PATCH", { acme: { stutter: {} } }, "let me", 400],
  ["a status that is no error", "PUT", { acme: { error: { status: 200 } } }, "let me", 400],
  ["no body", "PUT", undefined, "let me", 400],
  ["another method", "DELETE", undefined, "let me", 405],
])("%s is refused and changes nothing", async (_name, method, body, token, status) => {
  expect((await control(method, body, token)).status).toBe(status);
  expect((await control("GET")).body).toEqual({});
});
