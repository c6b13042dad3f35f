import { type ErrorFields, readFailure } from "../failure";
import { isRecord, type JsonRecord, recordOf, textOf } from "../json";
import type { UpstreamFailure } from "../types";

/** Reads the body of a refusal by a server that speaks the OpenAI protocol, more or less. */
export function decodeFailure(status: number, body: string): UpstreamFailure {
  return readFailure(status, body, (json) => {
    const { status: _, ...fields } = readErrorFields(json) ?? looseFields(json);
    return fields;
  });
}

// Statuses of errors that arrive in a stream or a 200 body.
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  bad_request: 400,
  context_length_exceeded: 400,
  content_policy_violation: 400,
  content_filter: 400,
  invalid_api_key: 401,
  authentication_error: 401,
  unauthorized: 401,
  insufficient_balance: 402,
  permission_error: 403,
  permission_denied: 403,
  model_not_found: 404,
  not_found_error: 404,
  not_found: 404,
  request_too_large: 413,
  insufficient_quota: 429,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  tokens: 429,
  server_error: 500,
  internal_server_error: 500,
  internal_error: 500,
  api_error: 500,
  service_unavailable: 503,
  overloaded: 503,
  overloaded_error: 503,
  timeout: 504,
};

/**
 * What an object says of an error: `{error: {…}}`, `{error: "…"}` or `{object: "error", …}`. `undefined` when it reports
 * none; `error: null` reports none.
 */
export function readErrorFields(json: JsonRecord): ErrorFields | undefined {
  if (typeof json.error === "string" && json.error !== "") return withStatus(json.error, json);
  if (isRecord(json.error)) return withStatus(messageOf(json.error), json.error, json);
  // vLLM and TGI put the error itself at the top.
  if (json.object === "error" || json.type === "error") return withStatus(messageOf(json), json);
  return undefined;
}

/** Refusals without a word `error`: FastAPI's `detail`, gateways' `message`. */
function looseFields(json: JsonRecord): ErrorFields {
  return withStatus(messageOf(json), json);
}

function messageOf(error: JsonRecord): string {
  const message =
    textOf(error.message) ?? textOf(error.detail) ?? textOf(error.error_description) ?? textOf(error.title);
  // An aggregator's own message says only that somebody behind it failed; what that one said is in the metadata.
  const raw = textOf(recordOf(error.metadata)?.raw);
  if (message !== undefined) return raw === undefined ? message : `${message}: ${raw}`;
  return raw ?? (error.detail === undefined ? "" : JSON.stringify(error.detail));
}

function withStatus(message: string, ...sources: readonly JsonRecord[]): ErrorFields {
  const fields: ErrorFields = { message };
  const [error] = sources;
  const word = textOf(error?.code) ?? textOf(error?.type);
  const code = word ?? (typeof error?.code === "number" ? String(error.code) : undefined);
  if (code !== undefined && code !== "error") fields.code = code;

  const numbers = sources.flatMap(({ code, status, status_code }) => [status_code, status, code]).map(Number);
  const status =
    numbers.find((number) => Number.isInteger(number) && number >= 400 && number < 600) ??
    [error?.code, error?.type].map((name) => STATUS_BY_CODE[String(name).toLowerCase()]).find(Boolean);
  if (status !== undefined) fields.status = status;
  return fields;
}
