import { type Call, type Failure, type FailureCause, WireRefusal } from "@/lib/sandbox/wire";

// Types by status: github.com/Piebald-AI/claude-code-system-prompts, system-prompts/data-http-error-codes-reference.md,
// and the `@anthropic-ai/sdk` 1.11 error classes, read 2026-11-21.
const BY_STATUS: Readonly<Record<number, { type: string; message: string }>> = {
  400: { type: "invalid_request_error", message: "Invalid request." },
  401: { type: "authentication_error", message: "invalid x-api-key" },
  402: { type: "billing_error", message: "Your credit balance is too low to access the Anthropic API." },
  403: { type: "permission_error", message: "Your API key does not have permission to use the specified resource." },
  404: { type: "not_found_error", message: "Not Found" },
  408: { type: "timeout_error", message: "Request timed out." },
  413: { type: "request_too_large", message: "Request exceeds the maximum size" },
  429: {
    type: "rate_limit_error",
    message: "This request would exceed your organization's rate limit. Please try again later.",
  },
  500: { type: "api_error", message: "Internal server error" },
  503: { type: "overloaded_error", message: "Overloaded" },
  504: { type: "timeout_error", message: "Request timed out." },
  529: { type: "overloaded_error", message: "Overloaded" },
};

/** `{type: "error", error: {type, message}, request_id}`. */
export function anthropicErrorBody(type: string, message: string, requestId: string) {
  return { type: "error", error: { type, message }, request_id: `req_${requestId}` };
}

/** The body of an error that is known by its status alone. */
export function anthropicStatusBody(status: number, requestId: string) {
  const known = BY_STATUS[status] ?? {
    type: status < 500 ? "invalid_request_error" : "api_error",
    message: `The provider answered ${status}.`,
  };
  return anthropicErrorBody(known.type, known.message, requestId);
}

/** The 400 for a request that Anthropic would not accept. */
export function anthropicRefusal(message: string, call: Call): WireRefusal {
  const body = anthropicErrorBody("invalid_request_error", message, call.requestId);
  return new WireRefusal({ status: 400, headers: {}, body });
}

export function anthropicFailureOf(cause: FailureCause, call: Call): Failure {
  const failure = (status: number, type: string, message: string): Failure => ({
    status,
    headers: {},
    body: anthropicErrorBody(type, message, call.requestId),
  });
  switch (cause.kind) {
    case "missingKey":
      return failure(401, "authentication_error", "x-api-key header is required");
    case "unknownPath":
      return failure(404, "not_found_error", "Not Found");
    case "wrongMethod":
      return failure(405, "invalid_request_error", "Method Not Allowed");
    case "bodyTooLarge":
      return { status: 413, headers: {}, body: anthropicStatusBody(413, call.requestId) };
    case "invalidJson":
      return failure(400, "invalid_request_error", `The request body is not valid JSON: ${cause.detail}`);
    case "sandboxHeader":
      return failure(
        400,
        "invalid_request_error",
        `x-sandbox-fault: the sandbox does not understand "${cause.header}"`,
      );
    case "status": {
      const retry = cause.retryAfterSeconds;
      return {
        status: cause.status,
        headers: retry === null ? {} : { "retry-after": String(retry) },
        body: anthropicStatusBody(cause.status, call.requestId),
      };
    }
  }
}
