import { type Call, type Failure, type FailureCause, WireRefusal } from "@/lib/sandbox/wire";

// Source: docs.cohere.com/reference/errors, as known in 2026-11.
const BY_STATUS: Readonly<Record<number, string>> = {
  400: "invalid request",
  401: "invalid api token",
  402: "Please add or update your payment method to continue",
  403: "forbidden",
  404: "model not found",
  422: "unprocessable entity",
  429: "You are past the per minute request limit, please wait and try again later.",
  498: "invalid or blocked token",
  499: "request cancelled",
  500: "internal server error, this has been reported to our developers.",
  503: "service unavailable",
  504: "gateway timeout",
};

/** What Cohere says of a status. */
export function cohereMessageOf(status: number): string {
  return BY_STATUS[status] ?? `The provider answered ${status}.`;
}

/** The 400 for a request that Cohere would not accept. */
export function cohereRefusal(message: string, call: Call): WireRefusal {
  return new WireRefusal({ status: 400, headers: {}, body: { id: call.requestId, message } });
}

export function cohereFailureOf(cause: FailureCause, call: Call): Failure {
  const failure = (status: number, message: string, headers: Record<string, string> = {}): Failure => ({
    status,
    headers,
    body: { id: call.requestId, message },
  });
  switch (cause.kind) {
    case "missingKey":
      return failure(401, "no api key supplied");
    case "unknownPath":
      return failure(404, `not found: ${call.path}`);
    case "wrongMethod":
      return failure(405, `method ${call.method} not allowed`);
    case "bodyTooLarge":
      return failure(413, "request body too large");
    case "invalidJson":
      return failure(400, `invalid request: ${cause.detail}`);
    case "sandboxHeader":
      return failure(400, `x-sandbox-fault: the sandbox does not understand "${cause.header}"`);
    case "status": {
      const retry = cause.retryAfterSeconds;
      return failure(cause.status, cohereMessageOf(cause.status), retry === null ? {} : { "retry-after": `${retry}` });
    }
  }
}
