import { type Call, type Failure, type FailureCause, WireRefusal } from "@/lib/sandbox/wire";

// Statuses are google.rpc.Code names. Messages: error bodies quoted in github.com/google-gemini/gemini-cli issues 5191
// and 15911 and github.com/continuedev/continue/issues/10560, read 2026-11-21.
const BY_STATUS: Readonly<Record<number, { status: string; message: string }>> = {
  400: { status: "INVALID_ARGUMENT", message: "Request contains an invalid argument." },
  401: { status: "UNAUTHENTICATED", message: "Request had invalid authentication credentials." },
  403: { status: "PERMISSION_DENIED", message: "The caller does not have permission" },
  404: { status: "NOT_FOUND", message: "Requested entity was not found." },
  408: { status: "DEADLINE_EXCEEDED", message: "Deadline expired before operation could complete." },
  413: { status: "INVALID_ARGUMENT", message: "Request payload size exceeds the limit." },
  429: { status: "RESOURCE_EXHAUSTED", message: "Resource has been exhausted (e.g. check quota)." },
  500: { status: "INTERNAL", message: "An internal error has occurred. Please retry." },
  503: { status: "UNAVAILABLE", message: "The model is overloaded. Please try again later." },
  504: { status: "DEADLINE_EXCEEDED", message: "Deadline expired before operation could complete." },
};

/** `{error: {code, message, status, details?}}`. */
export function geminiErrorBody(code: number, message: string, status: string, details: readonly unknown[] = []) {
  return { error: { code, message, status, ...(details.length > 0 ? { details } : {}) } };
}

/** The body of an error that is known by its status alone. */
export function geminiStatusBody(status: number, retryAfterSeconds: number | null = null) {
  const known = BY_STATUS[status] ?? {
    status: status < 500 ? "INVALID_ARGUMENT" : "UNKNOWN",
    message: `The provider answered ${status}.`,
  };
  // Google says in the body, not in a header, when to come back.
  const retry =
    retryAfterSeconds === null
      ? []
      : [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${retryAfterSeconds}s` }];
  return geminiErrorBody(status, known.message, known.status, retry);
}

/** The 400 for a request that Gemini would not accept. */
export function geminiRefusal(message: string, call: Call, details: readonly unknown[] = []): WireRefusal {
  const body = geminiErrorBody(400, message, "INVALID_ARGUMENT", details);
  return new WireRefusal({ status: 400, headers: {}, body: isArrayStream(call) ? [body] : body });
}

/** Without `alt=sse` a stream is one JSON array, and so are its errors. */
export function isArrayStream(call: Call): boolean {
  return call.isStreamPath && call.query.get("alt") !== "sse";
}

export function geminiFailureOf(cause: FailureCause, call: Call): Failure {
  const failure = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Failure => ({
    status,
    headers,
    body: isArrayStream(call) ? [body] : body,
  });
  switch (cause.kind) {
    // 403, not 401: Google takes a call without a key for one without an identity.
    // Source: github.com/UnityGameStudio/Gemini-Unity-Package/issues/1, read 2026-11-21.
    case "missingKey":
      return failure(
        403,
        geminiErrorBody(
          403,
          "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
          "PERMISSION_DENIED",
        ),
      );
    case "unknownPath":
    case "wrongMethod":
      return failure(404, geminiStatusBody(404));
    case "bodyTooLarge":
      return failure(413, geminiStatusBody(413));
    case "invalidJson":
      return failure(400, geminiErrorBody(400, `Invalid JSON payload received. ${cause.detail}`, "INVALID_ARGUMENT"));
    case "sandboxHeader":
      return failure(
        400,
        geminiErrorBody(400, `x-sandbox-fault: the sandbox does not understand "${cause.header}"`, "INVALID_ARGUMENT"),
      );
    case "status": {
      const retry = cause.retryAfterSeconds;
      return failure(
        cause.status,
        geminiStatusBody(cause.status, retry),
        retry === null ? {} : { "retry-after": String(retry) },
      );
    }
  }
}
