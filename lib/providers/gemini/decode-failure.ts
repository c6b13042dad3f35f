import { type ErrorFields, readFailure } from "../failure";
import { type JsonRecord, listOf, recordOf, textOf } from "../json";
import type { UpstreamFailure } from "../types";

// Source: cloud.google.com/apis/design/errors, canonical codes, as known in 2026-11.
const STATUS_BY_NAME: Readonly<Record<string, number>> = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  OUT_OF_RANGE: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ABORTED: 409,
  ALREADY_EXISTS: 409,
  RESOURCE_EXHAUSTED: 429,
  CANCELLED: 499,
  INTERNAL: 500,
  UNKNOWN: 500,
  UNIMPLEMENTED: 501,
  UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
};

// A wrong key is answered with 400 INVALID_ARGUMENT, which elsewhere means that the request is at fault.
// Source: error of generativelanguage.googleapis.com for a made-up key, as known in 2026-11.
const KEY_REASONS: ReadonlySet<string> = new Set(["API_KEY_INVALID", "API_KEY_EXPIRED"]);

/** Reads the body of a refusal. A key that is refused counts as 401, whatever the status says. */
export function decodeFailure(status: number, body: string): UpstreamFailure {
  return readFailure(status, body, (json) => {
    const { status: named, ...fields } = readErrorFields(json);
    return named === 401 ? { ...fields, status: named } : fields;
  });
}

/** What `{error: {code, message, status, details}}` says. */
export function readErrorFields(json: JsonRecord): ErrorFields {
  const error = recordOf(json.error) ?? json;
  const fields: ErrorFields = { message: textOf(error.message) ?? textOf(json.error) ?? "" };
  const name = textOf(error.status);
  const reason = listOf(error.details).flatMap((detail) => textOf(recordOf(detail)?.reason) ?? [])[0];
  const code = reason ?? name;
  if (code !== undefined) fields.code = code;

  const number = typeof error.code === "number" && error.code >= 400 && error.code < 600 ? error.code : undefined;
  const status =
    reason !== undefined && KEY_REASONS.has(reason)
      ? 401
      : (number ?? (name === undefined ? name : STATUS_BY_NAME[name]));
  if (status !== undefined) fields.status = status;
  return fields;
}
