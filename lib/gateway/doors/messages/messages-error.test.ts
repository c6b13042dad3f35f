import { expect, test } from "vitest";
import { AppError, type ErrorCode, invalidField } from "@/lib/errors";
import { renderMessagesError } from "./messages-error";

test("a refusal has the protocol's word, ours beside it, and names the field", () => {
  const error = invalidField("max_tokens", "must be more");
  expect(renderMessagesError(error)).toEqual({
    type: "error",
    error: { type: "invalid_request_error", message: "max_tokens: must be more", error_type: "invalid_request" },
    request_id: null,
    metadata: { field: "max_tokens" },
  });
});

test("the refusal of a generation carries its id", () => {
  const error = new AppError("provider_failed", "x", { headers: { "x-generation-id": "gen-1" } });
  expect(renderMessagesError(error)).toMatchObject({ request_id: "gen-1", error: { type: "api_error" } });
});

test("details stand where the protocol's clients look for them", () => {
  const error = new AppError("invalid_request", "x", { metadata: { field: "thread", details: { error_code: "c" } } });
  expect(renderMessagesError(error)).toMatchObject({
    error: { details: { error_code: "c" } },
    metadata: { field: "thread" },
  });
});

// Clients choose by these whether they try again.
test.each<{ code: ErrorCode; type: string }>([
  { code: "unauthenticated", type: "authentication_error" },
  { code: "insufficient_credits", type: "billing_error" },
  { code: "forbidden", type: "permission_error" },
  { code: "not_found", type: "not_found_error" },
  { code: "rate_limited", type: "rate_limit_error" },
  { code: "provider_timeout", type: "timeout_error" },
  { code: "unavailable", type: "overloaded_error" },
  { code: "internal", type: "api_error" },
])("$code is $type", ({ code, type }) => {
  expect(renderMessagesError(new AppError(code, "x")).error.type).toBe(type);
});
