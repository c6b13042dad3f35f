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
  { code: undefined, message: "max_tokens exceeds the allowed range", cause: "max_tokens" },
  {
    code: "invalid_request_error",
    message: "max_tokens: 100000 > 8192, which is the maximum allowed number of output tokens for claude-3-5",
    cause: "max_tokens",
  },
  { code: "ValidationException", message: "Input is too long for requested model.", cause: "context_length" },
  { code: undefined, message: "too many tokens: size limit exceeded by 1200 tokens", cause: "context_length" },
  { code: "invalid_image_url", message: "Failed to download image", cause: "image_unreachable" },
  { code: undefined, message: "Unable to download the file. Please verify the URL", cause: "image_unreachable" },
  { code: undefined, message: "image exceeds 5 MB maximum: 7000000 bytes > 5242880 bytes", cause: "image_too_large" },
  { code: "INVALID_ARGUMENT", message: "Unsupported MIME type: image/bmp", cause: "image_unsupported" },
  { code: "INVALID_ARGUMENT", message: "Unable to process input image. Please retry", cause: "image_invalid" },
  { code: "data_inspection_failed", message: "Input data may contain inappropriate content", cause: "content_policy" },
])("$code: $message is about $cause", ({ code, message, cause }) => {
  expect(failureCauseOf(400, code, message)).toBe(cause);
});

test.each([429, 500, 503, 404])("a %i is about nothing in the request", (status) => {
  expect(failureCauseOf(status, "context_length_exceeded", "maximum context length")).toBeUndefined();
});

test("a 403 is about the prompt only when moderation says so", () => {
  expect(failureCauseOf(403, undefined, "Content violates usage guidelines.")).toBe("content_policy");
  expect(failureCauseOf(403, "permission_denied", "your key's maximum context length is small")).toBeUndefined();
});
