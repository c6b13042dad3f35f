import type { Call, Failure, FailureCause } from "@/lib/sandbox/wire";
import { WireRefusal } from "@/lib/sandbox/wire";

type ErrorFields = { type?: string; param?: string | null; code?: string | null };

// The two 401 bodies are quoted in github.com/syuchua/QFurina/issues/9 and github.com/continuedev/continue/issues/9634,
// read 2026-11-21; the others keep that shape, with the types and codes that OpenAI's SDK documents for their statuses.
const BY_STATUS: Readonly<Record<number, ErrorFields & { message: string }>> = {
  400: { message: "Invalid request.", type: "invalid_request_error" },
  401: {
    message:
      "Incorrect API key provided: sandbox. You can find your API key at https://platform.openai.com/account/api-keys.",
    type: "invalid_request_error",
    code: "invalid_api_key",
  },
  402: { message: "Insufficient balance.", type: "insufficient_quota", code: "insufficient_quota" },
  403: {
    message: "Country, region, or territory not supported",
    type: "request_forbidden",
    code: "unsupported_country_region_territory",
  },
  404: {
    message: "The model does not exist or you do not have access to it.",
    type: "invalid_request_error",
    code: "model_not_found",
  },
  408: { message: "Request timed out.", type: "timeout" },
  413: { message: "Request body too large.", type: "invalid_request_error", code: "request_too_large" },
  422: { message: "Unprocessable request.", type: "invalid_request_error" },
  429: {
    message: "Rate limit reached for requests. Please try again later.",
    type: "requests",
    code: "rate_limit_exceeded",
  },
  500: { message: "The server had an error while processing your request. Sorry about that!", type: "server_error" },
  502: { message: "Bad gateway.", type: "server_error" },
  503: { message: "The engine is currently overloaded, please try again later.", type: "server_error" },
  504: { message: "Gateway timeout.", type: "server_error" },
};

/** `{error: {message, type, param, code}}`. */
export function openAiErrorBody(message: string, fields: ErrorFields) {
  return {
    error: {
      message,
      type: fields.type ?? "invalid_request_error",
      param: fields.param ?? null,
      code: fields.code ?? null,
    },
  };
}

/** The body of an error that is known by its status alone. */
export function openAiStatusBody(status: number) {
  const known = BY_STATUS[status] ?? {
    message: `The provider answered ${status}.`,
    type: status < 500 ? "invalid_request_error" : "server_error",
  };
  return openAiErrorBody(known.message, known);
}

/** The 400 for a field that OpenAI would not accept. */
export function openAiRefusal(message: string, param: string | null, code: string | null): WireRefusal {
  return new WireRefusal({ status: 400, headers: {}, body: openAiErrorBody(message, { param, code }) });
}

export function openAiFailureOf(cause: FailureCause, call: Call): Failure {
  const failure = (status: number, message: string, fields: ErrorFields = {}): Failure => ({
    status,
    headers: {},
    body: openAiErrorBody(message, fields),
  });
  switch (cause.kind) {
    case "missingKey":
      return failure(
        401,
        "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing the API from your browser and are prompted for a username and password. You can obtain an API key from https://platform.openai.com/account/api-keys.",
      );
    case "unknownPath":
      return failure(404, `Invalid URL (${call.method} ${call.path})`);
    case "wrongMethod":
      return failure(
        405,
        `Not allowed to ${call.method} on ${call.path} (HINT: Perhaps you meant to use a different HTTP method?)`,
        { code: "method_not_supported" },
      );
    case "bodyTooLarge":
      return { status: 413, headers: {}, body: openAiStatusBody(413) };
    case "invalidJson":
      return failure(400, `We could not parse the JSON body of your request: ${cause.detail}`);
    case "sandboxHeader":
      return failure(400, `The sandbox does not understand the fault "${cause.header}".`, { param: "x-sandbox-fault" });
    case "status": {
      const retry = cause.retryAfterSeconds;
      return {
        status: cause.status,
        headers: retry === null ? {} : { "retry-after": String(retry) },
        body: openAiStatusBody(cause.status),
      };
    }
  }
}
