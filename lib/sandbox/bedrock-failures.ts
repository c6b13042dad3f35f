import { type Call, type Failure, type FailureCause, WireRefusal } from "@/lib/sandbox/wire";

// Exceptions by status: docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html, Errors, as known in
// 2026-11.
const BY_STATUS: Readonly<Record<number, { type: string; message: string }>> = {
  400: { type: "ValidationException", message: "The model returned the following errors: Malformed input request." },
  401: { type: "UnrecognizedClientException", message: "The security token included in the request is invalid." },
  403: {
    type: "AccessDeniedException",
    message: "You don't have access to the model with the specified model ID.",
  },
  404: { type: "ResourceNotFoundException", message: "Could not resolve the foundation model from the model ID." },
  408: { type: "ModelTimeoutException", message: "The model took too long to respond." },
  424: { type: "ModelErrorException", message: "The model had an error while it processed the request." },
  429: { type: "ThrottlingException", message: "Too many requests, please wait before trying again." },
  500: { type: "InternalServerException", message: "The system had an unexpected error. Please try again." },
  503: { type: "ServiceUnavailableException", message: "Bedrock is unable to process your request." },
};

/** The exception that a status stands for. */
export function bedrockExceptionOf(status: number): { type: string; message: string } {
  const known = BY_STATUS[status];
  if (known !== undefined) return known;
  const type = status < 500 ? "ValidationException" : "InternalServerException";
  return { type, message: `The provider answered ${status}.` };
}

/** The 400 for a request that Bedrock would not accept. */
export function bedrockRefusal(message: string): WireRefusal {
  return new WireRefusal(failure(400, "ValidationException", message));
}

export function bedrockFailureOf(cause: FailureCause, call: Call): Failure {
  switch (cause.kind) {
    case "missingKey":
      return failure(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
    case "unknownPath":
      return failure(404, "UnknownOperationException", `No operation at ${call.path}`);
    case "wrongMethod":
      return failure(405, "UnknownOperationException", `No ${call.method} at ${call.path}`);
    case "bodyTooLarge":
      return failure(413, "ValidationException", "Input is too long for requested model.");
    case "invalidJson":
      return failure(400, "SerializationException", cause.detail);
    case "sandboxHeader":
      return failure(400, "ValidationException", `x-sandbox-fault: the sandbox does not understand "${cause.header}"`);
    case "status": {
      const { type, message } = bedrockExceptionOf(cause.status);
      const retry = cause.retryAfterSeconds;
      return failure(cause.status, type, message, retry === null ? {} : { "retry-after": String(retry) });
    }
  }
}

function failure(status: number, type: string, message: string, headers: Record<string, string> = {}): Failure {
  return { status, headers: { ...headers, "x-amzn-errortype": type }, body: { message } };
}
