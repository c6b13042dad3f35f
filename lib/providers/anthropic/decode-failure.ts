import { type ErrorFields, readFailure } from "../failure";
import { isRecord, type JsonRecord, recordOf, textOf } from "../json";
import type { UpstreamFailure } from "../types";

// Source: platform.claude.com/docs/en/api/errors, read 2026-11-20.
const STATUS_BY_TYPE: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  conflict_error: 409,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

/** Reads the body of a refusal. */
export function decodeFailure(status: number, body: string): UpstreamFailure {
  return readFailure(status, body, (json) => {
    const { status: _, ...fields } = readErrorFields(json);
    return fields;
  });
}

/** What `{type: "error", error: {type, message}}` says. */
export function readErrorFields(json: JsonRecord): ErrorFields {
  const error = recordOf(json.error) ?? json;
  const fields: ErrorFields = { message: textOf(error.message) ?? textOf(json.error) ?? textOf(json.detail) ?? "" };
  const type = textOf(error.type);
  if (type !== undefined && type !== "error") {
    fields.code = type;
    const status = STATUS_BY_TYPE[type];
    if (status !== undefined) fields.status = status;
  }
  // Finer than the type where there is one. Source: types of npm @anthropic-ai/sdk 1.11.0, read 2026-11-20.
  const details = isRecord(error.details) ? textOf(error.details.error_code) : undefined;
  if (details !== undefined) fields.code = details;
  return fields;
}
