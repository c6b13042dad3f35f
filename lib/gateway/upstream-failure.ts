import { renderAttempt } from "@/lib/activity/render-route";
import { AppError, type ErrorCode } from "@/lib/errors";
import { type FailureCause, UpstreamError, type UpstreamFailure } from "@/lib/providers/types";
import type { RouteRecord } from "@/lib/schemas/route-record";
import type { PaidCandidate } from "./reserve-credit";

/** What a failed attempt amounts to, whatever threw. */
export function failureOf(error: unknown): UpstreamFailure {
  if (error instanceof UpstreamError) return error.failure;
  if (error instanceof AppError) {
    const failure = { status: error.status, providerCode: undefined, message: error.message };
    return error.code === "context_length_exceeded" ? { ...failure, cause: "context_length" } : failure;
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  if (code === "UND_ERR_CONNECT_TIMEOUT")
    return { status: 408, providerCode: undefined, message: "no connection within the time allowed" };
  return {
    status: 502,
    providerCode: undefined,
    message: `the connection failed${code === undefined ? "" : ` (${code})`}`,
  };
}

/** The failure with the provider's `Retry-After`, which is a number of seconds or a date. */
export function withRetryAfter(failure: UpstreamFailure, headers: Readonly<Record<string, unknown>>): UpstreamFailure {
  const value = headers["retry-after"];
  if (typeof value !== "string" || value === "") return failure;
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1_000;
  return Number.isFinite(seconds) && seconds > 0 ? { ...failure, retryAfterSeconds: Math.ceil(seconds) } : failure;
}

/** The request itself is at fault: the model's other endpoints would say the same. */
export function isAboutTheRequest(status: number): boolean {
  return status === 400 || status === 413 || status === 422;
}

/** Counts against the endpoint's health: timeouts, broken connections, overload. Nothing that our key or the caller did. */
export function isProvidersFault(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

const CODE_BY_CAUSE = {
  context_length: "context_length_exceeded",
  max_tokens: "max_tokens_exceeded",
  content_policy: "content_refused",
  image_unreachable: "image_download_failed",
  image_too_large: "image_too_large",
  image_too_small: "image_too_small",
  image_unsupported: "unsupported_image_format",
  image_invalid: "invalid_image",
} as const satisfies Record<FailureCause, ErrorCode>;

/** What the caller is told when nobody answered. */
export function errorOf(
  failure: UpstreamFailure,
  { endpoint, model, ownKey }: PaidCandidate,
  route: RouteRecord,
): AppError {
  const metadata = {
    provider_name: endpoint.provider.name,
    model_slug: model.id,
    raw: failure.message,
    // Under its older name too, which clients that were written for it read.
    ...(failure.providerCode === undefined
      ? {}
      : { provider_code: failure.providerCode, provider_error_code: failure.providerCode }),
    ...(failure.retryAfterSeconds === undefined ? {} : { retry_after_seconds: failure.retryAfterSeconds }),
    is_byok: ownKey !== undefined,
    attempts: route.attempts.map(renderAttempt),
  };
  const { status } = failure;
  const message = `${whatHappened(endpoint.provider.name, ownKey?.name, status)}: ${failure.message}`;
  if (status === 429) {
    const retryAfterSeconds = failure.retryAfterSeconds ?? 1;
    return new AppError("rate_limited", message, { metadata, retryAfterSeconds });
  }
  if (status === 408)
    return new AppError("provider_timeout", `${endpoint.provider.name} did not answer in time`, { metadata });
  if (failure.cause === "content_policy") {
    const reasons = failure.providerCode === undefined ? [] : [failure.providerCode];
    return new AppError("content_refused", message, { metadata: { ...metadata, reasons } });
  }
  if (failure.cause !== undefined) return new AppError(CODE_BY_CAUSE[failure.cause], message, { metadata });
  if (status === 413) return new AppError("payload_too_large", message, { metadata });
  if (status === 422) return new AppError("unprocessable", message, { metadata });
  if (status === 400) return new AppError("invalid_request", message, { metadata });
  return new AppError("provider_failed", message, { metadata });
}

/** An account can mend its own key, so it is told which one. */
function whatHappened(provider: string, ownKey: string | undefined, status: number): string {
  if (ownKey === undefined) return `${provider} returned an error`;
  if (status !== 401 && status !== 403) return `${provider} returned an error for your key "${ownKey}"`;
  return `${provider} refused your key "${ownKey}" (status ${status}; correct it at /settings/integrations)`;
}

/**
 * What the record keeps of a failure: never the provider's own text, which may quote the prompt. The caller sees it in
 * the answer (`metadata.raw`).
 */
export function storedMessageOf({ quoted, message, providerCode }: UpstreamFailure): string {
  if (quoted !== true) return message;
  return providerCode === undefined
    ? "the provider returned an error"
    : `the provider returned an error (${providerCode})`;
}
