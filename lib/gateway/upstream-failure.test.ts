import { expect, test } from "vitest";
import { UpstreamError } from "@/lib/providers/types";
import { failureOf, isAboutTheRequest, isProvidersFault, storedMessageOf, withRetryAfter } from "./upstream-failure";

test.each([
  { status: 400, request: true, provider: false },
  { status: 401, request: false, provider: false },
  { status: 404, request: false, provider: false },
  { status: 408, request: false, provider: true },
  { status: 413, request: true, provider: false },
  { status: 422, request: true, provider: false },
  { status: 429, request: false, provider: true },
  { status: 500, request: false, provider: true },
  { status: 529, request: false, provider: true },
])("$status: about the request $request, the provider's fault $provider", ({ status, request, provider }) => {
  expect([isAboutTheRequest(status), isProvidersFault(status)]).toEqual([request, provider]);
});

test("the provider's own text is not kept, its code is; our own words are", () => {
  const failure = { status: 400, providerCode: "bad_prompt", message: "cannot answer: my secret prompt" };
  expect(storedMessageOf({ ...failure, quoted: true })).toBe("the provider returned an error (bad_prompt)");
  expect(storedMessageOf({ ...failure, quoted: true, providerCode: undefined })).toBe("the provider returned an error");
  expect(storedMessageOf({ status: 408, providerCode: undefined, message: "no content within 5 ms" })).toBe(
    "no content within 5 ms",
  );
});

test.each([
  { header: "7", seconds: 7 },
  { header: "0.2", seconds: 1 },
  { header: "0", seconds: undefined },
  { header: "soon", seconds: undefined },
  { header: new Date(Date.now() + 90_000).toUTCString(), seconds: expect.closeTo(90, -1) },
])("Retry-After: $header", ({ header, seconds }) => {
  const failure = { status: 429, providerCode: undefined, message: "slow down" };
  expect(withRetryAfter(failure, { "retry-after": header }).retryAfterSeconds).toEqual(seconds);
});

test.each([
  { name: "a broken connection", thrown: Object.assign(new Error("x"), { code: "ECONNRESET" }), status: 502 },
  {
    name: "a slow connection",
    thrown: Object.assign(new Error("x"), { code: "UND_ERR_CONNECT_TIMEOUT" }),
    status: 408,
  },
  {
    name: "a reported failure",
    thrown: new UpstreamError({ status: 429, providerCode: "a", message: "b" }),
    status: 429,
  },
])("$name is a $status", ({ thrown, status }) => expect(failureOf(thrown).status).toBe(status));
