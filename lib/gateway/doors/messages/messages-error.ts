import type { AppError, ErrorCode } from "@/lib/errors";

/**
 * Our refusals in the words of Anthropic's API, of which its clients know these nine.
 * Source: OpenRouter's OpenAPI document of 2026-08-22, AnthropicMessagesErrorResponse.
 */
const TYPES = {
  invalid_request: "invalid_request_error",
  context_length_exceeded: "invalid_request_error",
  max_tokens_exceeded: "invalid_request_error",
  image_download_failed: "invalid_request_error",
  image_too_large: "invalid_request_error",
  image_too_small: "invalid_request_error",
  invalid_image: "invalid_request_error",
  unsupported_image_format: "invalid_request_error",
  unauthenticated: "authentication_error",
  insufficient_credits: "billing_error",
  key_limit_reached: "billing_error",
  forbidden: "permission_error",
  content_refused: "permission_error",
  not_found: "not_found_error",
  no_endpoints: "not_found_error",
  method_not_allowed: "invalid_request_error",
  provider_timeout: "timeout_error",
  conflict: "invalid_request_error",
  payload_too_large: "invalid_request_error",
  unprocessable: "invalid_request_error",
  rate_limited: "rate_limit_error",
  client_closed_request: "api_error",
  internal: "api_error",
  provider_failed: "api_error",
  unavailable: "overloaded_error",
} as const satisfies Record<ErrorCode, string>;

/**
 * A refusal as Anthropic's clients read it, as the body of a response and as the data of an `error` event. `details` in
 * its metadata stand where those clients look for them.
 */
export function renderMessagesError(error: AppError) {
  const { details, ...metadata } = error.metadata ?? {};
  return {
    type: "error",
    error: {
      type: TYPES[error.code],
      message: error.message,
      error_type: error.type,
      ...(details === undefined ? {} : { details }),
    },
    request_id: error.headers["x-generation-id"] ?? null,
    ...(error.metadata === undefined ? {} : { metadata }),
    ...error.supplement,
  };
}
