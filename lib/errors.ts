/**
 * Every way a request can be refused: HTTP status and the public `error_type` word it is reported with.
 * The words are the vocabulary that OpenRouter's clients know (API reference, errors, read 2026-11).
 */
export const ERRORS = {
  invalid_request: { status: 400, type: "invalid_request" },
  context_length_exceeded: { status: 400, type: "context_length_exceeded" },
  max_tokens_exceeded: { status: 400, type: "max_tokens_exceeded" },
  invalid_image: { status: 400, type: "invalid_image" },
  image_too_small: { status: 400, type: "image_too_small" },
  image_download_failed: { status: 400, type: "image_download_failed" },
  image_too_large: { status: 400, type: "image_too_large" },
  unsupported_image_format: { status: 400, type: "unsupported_image_format" },
  unauthenticated: { status: 401, type: "authentication" },
  insufficient_credits: { status: 402, type: "payment_required" },
  key_limit_reached: { status: 402, type: "payment_required" },
  forbidden: { status: 403, type: "permission_denied" },
  content_refused: { status: 403, type: "content_policy_violation" },
  not_found: { status: 404, type: "not_found" },
  no_endpoints: { status: 404, type: "not_found" },
  method_not_allowed: { status: 405, type: "invalid_request" },
  provider_timeout: { status: 408, type: "timeout" },
  conflict: { status: 409, type: "precondition_failed" },
  payload_too_large: { status: 413, type: "payload_too_large" },
  unprocessable: { status: 422, type: "unprocessable" },
  rate_limited: { status: 429, type: "rate_limit_exceeded" },
  client_closed_request: { status: 499, type: "unmapped" },
  internal: { status: 500, type: "server" },
  provider_failed: { status: 502, type: "provider_unavailable" },
  unavailable: { status: 503, type: "provider_overloaded" },
} as const satisfies Record<string, { status: number; type: string }>;

export type ErrorCode = keyof typeof ERRORS;

export type ErrorOptions = {
  /** Private detail: logged, never shown. */
  cause?: unknown;
  /** Shown to the caller in `error.metadata`. */
  metadata?: Record<string, unknown>;
  /** Seconds after which a retry makes sense; becomes `Retry-After`. */
  retryAfterSeconds?: number;
  headers?: Record<string, string>;
};

/** What an error response may say beside `error`. */
export type ErrorSupplement = { openrouter_metadata?: unknown };

const BRAND = Symbol.for("signalbox.AppError");

/**
 * A refusal whose message is safe to show the caller. Private detail goes in `cause`, which is only logged.
 *
 * Recognised by a brand and not by its class: the server and Next's bundles each hold a copy of this module, and an
 * error thrown by one must be understood by the other.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly metadata: Record<string, unknown> | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly headers: Record<string, string>;
  /** Shown beside `error`; added by stages that know more than the one that refused. */
  readonly supplement: ErrorSupplement = {};
  readonly [BRAND] = true;

  constructor(code: ErrorCode, publicMessage: string, options: ErrorOptions = {}) {
    super(publicMessage, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.metadata = options.metadata;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get type(): string {
    return ERRORS[this.code].type;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }
}

/** A 400 that names the wrong field. */
export function invalidField(field: string, problem: string): AppError {
  return new AppError("invalid_request", `${field}: ${problem}`, { metadata: { field } });
}

/** A 503 for what only the database's absence prevents. */
export function databaseUnavailable(cause: unknown): AppError {
  return new AppError("unavailable", "The service is temporarily unavailable; try again shortly", {
    ...(cause === undefined ? {} : { cause }),
    retryAfterSeconds: 5,
  });
}
