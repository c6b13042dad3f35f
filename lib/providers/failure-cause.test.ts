import { expect, test } from "vitest";
import { failureCauseOf } from "./failure-cause";

test.each([
  { code: "context_length_exceeded", message: "too many", cause: "context_length" },
  {
    code: "invalid_request_error",
    message: "prompt is too long: 210000 tokens > 200000 maximum",
    cause: "context_length",
  },
  {
    code: "INVALID_ARGUMENT",
    message: "The input token count (1300000) exceeds the maximum number of tokens allowed (1048576).",
    cause: "context_length",
  },
  {
    code: undefined,
    message: "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens",
    cause: "context_length",
  },
  { code: "BadRequestError", message: "The input exceeds the model's context window", cause: "context_length" },
  { code: "content_filter", message: "The response was filtered", cause: "content_policy" },
  { code: "content_policy_violation", message: "Refused", cause: "content_policy" },
  { code: undefined, message: "temperature must be at most 2", cause: undefined },
  { code: undefined, message: "max_tokens exceeds the allowed range", cause: undefined },
])("$code: $message is about $cause", ({ code, message, cause }) => {
  expect(failureCauseOf(400, code, message)).toBe(cause);
});

test.each([429, 500, 503, 404])("a %i is about nothing in the request", (status) => {
  expect(failureCauseOf(status, "context_length_exceeded", "maximum context length")).toBeUndefined();
});
